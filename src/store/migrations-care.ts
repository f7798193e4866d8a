/** The tables of what people did to alerts besides their state. */

import type { Kysely } from 'kysely';

export async function care(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alert_care')
    .addColumn('alert_id', 'text', (c) => c.primaryKey())
    .addColumn('replied_by', 'text')
    .addColumn('replied_at', 'bigint')
    .addColumn('told_at', 'bigint')
    .execute();
  await db.schema
    .createTable('alert_worth')
    .addColumn('alert_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('worth', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('alert_worth_key', ['alert_id', 'user_id'])
    .execute();
  // A reply is asked for by the message that its thread hangs on; so is a doubtful post.
  await db.schema.createIndex('outbox_place').on('outbox').columns(['channel', 'ts']).execute();
  await db.schema.createIndex('alert_fired').on('alert').columns(['team', 'fired_at']).execute();
}
