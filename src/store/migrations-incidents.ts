/** The schema of incidents and their rooms. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const incidentMigrations: Record<string, Migration> = {
  '0050_incidents': { up: incidents },
};

async function incidents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('incident')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('number', 'integer', (c) => c.notNull().unique())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('channel', 'text')
    .addColumn('unfinished', 'integer', (c) => c.notNull())
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('incident_channel').on('incident').column('channel').execute();
  await db.schema
    .createIndex('incident_open')
    .on('incident')
    .column('id')
    .where(sql<boolean>`state not in ('cleared', 'completed')`)
    .execute();
  await db.schema
    .createTable('incident_key')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('incident_id', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('incident_event')
    .addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
    .addColumn('incident_id', 'integer', (c) => c.notNull())
    .addColumn('key', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('by', 'text')
    .addColumn('data', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('incident_event_of').on('incident_event').columns(['incident_id', 'at']).execute();
  await db.schema
    .createIndex('incident_event_key')
    .unique()
    .on('incident_event')
    .columns(['incident_id', 'key'])
    .where(sql.ref('key'), 'is not', null)
    .execute();
  await db.schema
    .createTable('incident_room')
    .addColumn('incident_id', 'integer', (c) => c.primaryKey())
    .addColumn('progress', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('thread_talk')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('thread_ts', 'text', (c) => c.notNull())
    .addColumn('last_ts', 'text', (c) => c.notNull())
    .addColumn('posts', 'integer', (c) => c.notNull())
    .addColumn('people', 'text', (c) => c.notNull())
    .addColumn('suggested', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('thread_talk_key', ['channel', 'thread_ts'])
    .execute();
}
