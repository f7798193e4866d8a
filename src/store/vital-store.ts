/** What the admins were told of, and whether the database can still be written. */

import { existsSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { VitalStore } from '../ports/vitals.ts';
import { filePath } from './database.ts';
import type { Database } from './database.ts';

const TRIAL = 'trial';
/** More than a page: a database that may not grow refuses it. */
const TRIAL_SIZE = 64 * 1024;

class TakeBack extends Error {}

export function createVitalStore(db: Database, url: string): VitalStore {
  const folder = dirname(resolve(filePath(url)));
  return {
    load: async () => {
      const rows = await db.selectFrom('vital').selectAll().where('key', '<>', TRIAL).execute();
      return rows.map(({ key, since, complaint }) => ({ key, since, is: complaint }));
    },
    save: async ({ key, since, is }) => {
      const values = { since, complaint: is };
      await db
        .insertInto('vital')
        .values({ key, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute();
    },
    remove: async (key) => {
      await db.deleteFrom('vital').where('key', '=', key).execute();
    },
    tryWriting: async () => {
      // Taken back, so that it costs no space and no write of the whole; the small row after it reaches the disk.
      await db
        .transaction()
        .execute(async (trx) => {
          await trx
            .insertInto('vital')
            .values({ key: `${TRIAL}.large`, since: 0, complaint: 'x'.repeat(TRIAL_SIZE) })
            .execute();
          throw new TakeBack();
        })
        .catch((error: unknown) => {
          if (!(error instanceof TakeBack)) throw error;
        });
      const values = { since: 0, complaint: '' };
      await db
        .insertInto('vital')
        .values({ key: TRIAL, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute();
    },
    freeBytes: () => {
      if (!existsSync(folder)) return 0;
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
  };
}
