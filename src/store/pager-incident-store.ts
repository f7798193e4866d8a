/** PagerDuty incidents as last seen, in the database. */

import { isOlder } from '../domain/pager-incident.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { PagerIncidentStore } from '../ports/stores.ts';
import type { Database } from './database.ts';

export function createPagerIncidentStore(db: Database): PagerIncidentStore {
  return {
    byId: async (id) => {
      const row = await db.selectFrom('pager_incident').select('snapshot').where('id', '=', id).executeTakeFirst();
      return row && (JSON.parse(row.snapshot) as PagerIncident);
    },
    keep: (next) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('pager_incident')
          .select('snapshot')
          .where('id', '=', next.id)
          .executeTakeFirst();
        const before = row && (JSON.parse(row.snapshot) as PagerIncident);
        if (before && isOlder(next, before)) return;
        const values = { status: next.status, changed_at: next.changedAt, snapshot: JSON.stringify(next) };
        await trx
          .insertInto('pager_incident')
          .values({ id: next.id, ...values })
          .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
          .execute();
      }),
    open: async () => {
      const rows = await db
        .selectFrom('pager_incident')
        .select('snapshot')
        .where('status', '<>', 'resolved')
        .orderBy('changed_at')
        .execute();
      return rows.map((row) => JSON.parse(row.snapshot) as PagerIncident);
    },
  };
}
