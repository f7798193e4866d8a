/** The timers' rows: set, claimed by one process, done. */

import { sql } from 'kysely';
import type { TimerStore } from '../ports/timers.ts';
import type { Database } from './database.ts';

export function createTimerStore(db: Database): TimerStore {
  return {
    set: async ({ key, kind, dueAt, payload }) => {
      const values = { kind, due_at: dueAt, payload, owner: null, lease_until: 0 };
      await db
        .insertInto('timer')
        .values({ key, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute();
    },
    cancel: async (key) => {
      await db.deleteFrom('timer').where('key', '=', key).execute();
    },
    cancelAll: async (prefix) => {
      await db
        .deleteFrom('timer')
        .where('key', '>=', prefix)
        .where(sql<boolean>`substr(key, 1, ${prefix.length}) = ${prefix}`)
        .execute();
    },
    claim: async (now, owner, leaseUntil, limit) => {
      const rows = await db
        .updateTable('timer')
        .set({ owner, lease_until: leaseUntil })
        .where(
          'key',
          'in',
          db
            .selectFrom('timer')
            .select('key')
            .where('due_at', '<=', now)
            .where('lease_until', '<=', now)
            .orderBy('due_at')
            .limit(limit),
        )
        .returningAll()
        .execute();
      return rows
        .map((row) => ({ key: row.key, kind: row.kind, dueAt: row.due_at, payload: row.payload }))
        .toSorted((a, b) => a.dueAt - b.dueAt);
    },
    done: async ({ key, dueAt, payload }, owner) => {
      await db
        .deleteFrom('timer')
        .where('key', '=', key)
        .where('owner', '=', owner)
        .where('due_at', '=', dueAt)
        .where('payload', '=', payload)
        .execute();
    },
    release: async (key, owner, notBefore) => {
      await db
        .updateTable('timer')
        .set({ owner: null, lease_until: notBefore })
        .where('key', '=', key)
        .where('owner', '=', owner)
        .execute();
    },
    nextDue: async () => {
      const row = await db
        .selectFrom('timer')
        .select(sql<number>`max(due_at, lease_until)`.as('at'))
        .orderBy(sql`max(due_at, lease_until)`)
        .limit(1)
        .executeTakeFirst();
      return row && Number(row.at);
    },
  };
}
