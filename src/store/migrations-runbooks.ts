/** The schema of what stands around an alert: ticks, changes, and the ways to alerts that ended. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const runbookMigrations: Record<string, Migration> = {
  '0080_thread': { up: threadTables },
  '0081_library': { up: libraryTables },
};

async function threadTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('checklist_tick')
    .addColumn('alert_id', 'text', (c) => c.notNull())
    .addColumn('list', 'text', (c) => c.notNull())
    .addColumn('item', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('checklist_tick_key', ['alert_id', 'list', 'item'])
    .execute();
  await db.schema
    .createTable('change')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('summary', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addPrimaryKeyConstraint('change_key', ['channel', 'ts'])
    .execute();
  await db.schema.createIndex('change_at').on('change').column('at').execute();
  await db.schema
    .createIndex('alert_ended_fingerprint')
    .on('alert')
    .columns(['team', 'fingerprint', 'fired_at'])
    .where(sql.ref('resolved_at'), 'is not', null)
    .execute();
  await db.schema
    .createIndex('alert_ended_team')
    .on('alert')
    .columns(['team', 'fired_at'])
    .where(sql.ref('resolved_at'), 'is not', null)
    .execute();
}

async function libraryTables(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('runbook_outcome')
    .addColumn('alert_id', 'text', (c) => c.primaryKey())
    .addColumn('path', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('runbook_outcome_at').on('runbook_outcome').column('at').execute();
}
