/** The part of the schema's history that the on-call features brought. */

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const oncallMigrations: Record<string, Migration> = {
  '0020_agenda': { up: agenda },
};

async function agenda(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agenda')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('pages', 'text', (c) => c.notNull())
    .execute();
}
