/** The part of the schema's history that announcements, timelines and postmortems brought. */

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const closingMigrations: Record<string, Migration> = {
  '0060_broadcast': { up: broadcast },
  '0061_postmortems': { up: postmortems },
  '0062_timeline_notes': { up: timelineNotes },
  '0063_announcements': { up: announcements },
};

async function broadcast(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('outbox')
    .addColumn('broadcast', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
}

async function postmortems(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('postmortem')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('incident_id', 'text', (c) => c.unique())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('created_by', 'text')
    .addColumn('owner', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('markdown', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('thread_ts', 'text')
    .addColumn('file_id', 'text')
    .addColumn('file_url', 'text')
    .addColumn('shared', 'integer', (c) => c.notNull())
    .addColumn('private', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('postmortem_created').on('postmortem').column('created_at').execute();
}

async function timelineNotes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('timeline_note')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text', (c) => c.notNull())
    .addColumn('incident_id', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('timeline_note_key', ['channel', 'ts'])
    .execute();
}

async function announcements(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('announcement')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('incident_id', 'integer', (c) => c.notNull())
    .addColumn('stage', 'text', (c) => c.notNull())
    .addColumn('fields', 'text', (c) => c.notNull())
    .addColumn('next_update_at', 'bigint')
    .addColumn('by', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
}
