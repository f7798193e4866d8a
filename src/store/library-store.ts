/** How the runbook library serves, in the database. */

import type { LibraryStore, Unmatched } from '../ports/library-store.ts';
import { readAlert } from './alert-row.ts';
import type { Database } from './database.ts';

/** A week of a very loud system; more would change no list of five. */
const MOST_ROWS = 5_000;

export function createLibraryStore(db: Database): LibraryStore {
  return {
    noteOutcome: async (alertId, path, at) => {
      const values = { path: path ?? null, at };
      await db
        .insertInto('runbook_outcome')
        .values({ alert_id: alertId, ...values })
        .onConflict((conflict) => conflict.column('alert_id').doUpdateSet(values))
        .execute();
    },
    unmatched: async (since, limit) => {
      const rows = await db
        .selectFrom('runbook_outcome')
        .innerJoin('alert', 'alert.id', 'runbook_outcome.alert_id')
        .selectAll('alert')
        .where('runbook_outcome.path', 'is', null)
        .where('runbook_outcome.at', '>=', since)
        .orderBy('alert.fired_at', 'desc')
        .limit(MOST_ROWS)
        .execute();
      const kinds = new Map<string, Unmatched>();
      for (const alert of rows.map(readAlert)) {
        const known = kinds.get(alert.reading.fingerprint);
        const count = (known?.count ?? 0) + 1;
        kinds.set(
          alert.reading.fingerprint,
          known ? { ...known, count } : { title: alert.reading.title, alertId: alert.id, count },
        );
      }
      return [...kinds.values()].toSorted((a, b) => b.count - a.count).slice(0, limit);
    },
    lastShown: async () => {
      const rows = await db
        .selectFrom('runbook_outcome')
        .select((eb) => ['path', eb.fn.max<number>('at').as('at')])
        .where('path', 'is not', null)
        .groupBy('path')
        .execute();
      return new Map(rows.flatMap(({ path, at }) => (path === null ? [] : [[path, Number(at)] as const])));
    },
    recent: async (channel, since, limit) => {
      const rows = await db
        .selectFrom('alert')
        .selectAll()
        .where('channel', '=', channel)
        .where('fired_at', '>=', since)
        .orderBy('fired_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(readAlert);
    },
    alike: async (alert, limit) => {
      const rows = await db
        .selectFrom('alert')
        .selectAll()
        .where('team', '=', alert.team)
        .where('fingerprint', '=', alert.reading.fingerprint)
        .orderBy('fired_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(readAlert);
    },
  };
}
