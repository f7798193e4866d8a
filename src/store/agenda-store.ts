/** Keeps the coming weeks over a restart, in one row. */

import type { AgendaStore } from '../ports/agenda.ts';
import type { Database } from './database.ts';

const ONLY = 'agenda';

export function createAgendaStore(db: Database): AgendaStore {
  return {
    load: async () => {
      const row = await db.selectFrom('agenda').select('pages').where('id', '=', ONLY).executeTakeFirst();
      return row?.pages;
    },
    save: async (pages) => {
      await db
        .insertInto('agenda')
        .values({ id: ONLY, pages })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ pages }))
        .execute();
    },
  };
}
