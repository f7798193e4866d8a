/** The thread of an alert in the database: ticks, changes, alerts like it. */

import type { ThreadStore } from '../ports/thread-store.ts';
import { readAlert } from './alert-row.ts';
import type { Database } from './database.ts';

/** How many past alerts of a team are compared by title and service. */
const COMPARED = 200;

export function createThreadStore(db: Database): ThreadStore {
  return {
    tick: async ({ alertId, list, item, text, userId, at }) => {
      const added = await db
        .insertInto('checklist_tick')
        .values({ alert_id: alertId, list, item, text, user_id: userId, at })
        .onConflict((conflict) => conflict.columns(['alert_id', 'list', 'item']).doNothing())
        .returning('item')
        .executeTakeFirst();
      return added ? 'added' : 'known';
    },
    untick: async (alertId, list, item) => {
      await db
        .deleteFrom('checklist_tick')
        .where('alert_id', '=', alertId)
        .where('list', '=', list)
        .where('item', '=', item)
        .execute();
    },
    ticks: async (alertId) => {
      const rows = await db
        .selectFrom('checklist_tick')
        .selectAll()
        .where('alert_id', '=', alertId)
        .orderBy('at')
        .execute();
      return rows.map((row) => ({
        alertId: row.alert_id,
        list: row.list,
        item: row.item,
        text: row.text,
        userId: row.user_id,
        at: row.at,
      }));
    },
    keepChange: async (channel, ts, { at, summary, url }) => {
      const values = { at, summary, url: url ?? null };
      await db
        .insertInto('change')
        .values({ channel, ts, ...values })
        .onConflict((conflict) => conflict.columns(['channel', 'ts']).doUpdateSet(values))
        .execute();
    },
    changes: async (since, until, limit) => {
      const rows = await db
        .selectFrom('change')
        .selectAll()
        .where('at', '>=', since)
        .where('at', '<=', until)
        .orderBy('at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ at, summary, url }) => ({ at, summary, ...(url === null ? {} : { url }) }));
    },
    forgetChanges: async (before) => {
      await db.deleteFrom('change').where('at', '<', before).execute();
    },
    similar: async (alert, since, limit) => {
      const ended = () =>
        db
          .selectFrom('alert')
          .selectAll()
          .where('team', '=', alert.team)
          .where('resolved_at', 'is not', null)
          .where('fired_at', '>=', since)
          .where('fired_at', '<', alert.firedAt)
          .orderBy('fired_at', 'desc');
      const same = await ended().where('fingerprint', '=', alert.reading.fingerprint).limit(limit).execute();
      if (same.length >= limit) return same.map(readAlert);
      const { title, service } = alert.reading;
      const alike = (await ended().limit(COMPARED).execute())
        .map(readAlert)
        .filter(({ id, reading }) => {
          if (same.some((row) => row.id === id)) return false;
          return reading.title === title || (service !== undefined && reading.service === service);
        })
        .toSorted((a, b) => Number(b.reading.title === title) - Number(a.reading.title === title));
      return [...same.map(readAlert), ...alike].slice(0, limit);
    },
  };
}
