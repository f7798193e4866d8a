/** The part of the schema's history that the on-call features brought. */

import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const oncallMigrations: Record<string, Migration> = {
  '0020_agenda': { up: agenda },
  '0021_feeds': { up: feeds },
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
