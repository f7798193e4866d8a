/** The part of the schema's history that the on-call features brought. */

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const oncallMigrations: Record<string, Migration> = {
  '0020_agenda': { up: agenda },
  '0021_feeds': { up: feeds },
  '0022_covers': { up: covers },
};

async function agenda(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agenda')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('pages', 'text', (c) => c.notNull())
    .execute();
}

/** A person has one feed a subject; only the hash of its token is kept. */
async function feeds(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('feed')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('issued_at', 'bigint', (c) => c.notNull())
    .addUniqueConstraint('feed_of', ['user_id', 'subject'])
    .execute();
}

async function covers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cover')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('asker', 'text', (c) => c.notNull())
    .addColumn('partner', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull())
    .addColumn('start_at', 'bigint', (c) => c.notNull())
    .addColumn('end_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('cover_end').on('cover').column('end_at').execute();
  await db.schema
    .createTable('cover_event')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('cover_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('what', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('cover_event_of').on('cover_event').column('cover_id').execute();
}
