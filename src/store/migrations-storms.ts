/** The tables of storms. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';

export async function storms(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alert').addColumn('callees', 'text').execute();
  await db.schema.alterTable('alert').addColumn('severity', 'integer').execute();
  await db.schema.alterTable('alert').addColumn('storm_id', 'text').execute();
  await db.schema.createIndex('alert_called').on('alert').columns(['callees', 'mentioned_at']).execute();
  await db.schema
    .createIndex('alert_of_storm')
    .on('alert')
    .columns(['storm_id', 'mentioned_at'])
    .where(sql.ref('storm_id'), 'is not', null)
    .execute();
  await db.schema
    .createTable('storm')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('callees', 'text', (c) => c.notNull())
    .addColumn('mention', 'text', (c) => c.notNull())
    .addColumn('severity', 'integer', (c) => c.notNull())
    .addColumn('began_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .execute();
  await db.schema
    .createIndex('storm_running')
    .on('storm')
    .columns(['channel', 'callees'])
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
}
