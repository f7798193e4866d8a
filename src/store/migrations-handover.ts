/** The schema of handovers: posts, turns, notes, and what was told of the plan. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const handoverMigrations: Record<string, Migration> = { '0010_handovers': { up: handovers } };

async function handovers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handover')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('post', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('report', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('handover_key', ['day', 'post'])
    .execute();
  await db.schema
    .createTable('handover_turn')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('post', 'text', (c) => c.notNull())
    .addColumn('confirmed_by', 'text')
    .addColumn('confirmed_name', 'text')
    .addColumn('confirmed_at', 'bigint')
    .addPrimaryKeyConstraint('handover_turn_key', ['day', 'team'])
    .execute();
  await db.schema.createIndex('handover_turn_team').on('handover_turn').columns(['team', 'day']).execute();
  await db.schema
    .createTable('handover_note')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('slack_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('written_at', 'bigint', (c) => c.notNull())
    .addColumn('closed_at', 'bigint')
    .addColumn('closed_by', 'text')
    .execute();
  await db.schema
    .createIndex('handover_note_open')
    .on('handover_note')
    .columns(['team', 'written_at'])
    .where(sql.ref('closed_at'), 'is', null)
    .execute();
  await db.schema
    .createTable('shift_told')
    .addColumn('team', 'text', (c) => c.primaryKey())
    .addColumn('shifts', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint', (c) => c.notNull())
    .addColumn('holders', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .execute();
}
