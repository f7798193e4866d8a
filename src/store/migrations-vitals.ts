/** The migrations of the self-watch. */

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const vitalMigrations: Record<string, Migration> = {
  '0070_vitals': { up: vitals },
};

async function vitals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('vital')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('complaint', 'text', (c) => c.notNull())
    .execute();
}
