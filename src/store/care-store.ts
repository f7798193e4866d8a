/** The care that alerts got, in the database. */

import { sql } from 'kysely';
import type { CareStore, WorthCount } from '../ports/care-store.ts';
import { calleesOf } from '../domain/alert.ts';
import { readAlert } from './alert-row.ts';
import { addDraft } from './outbox-store.ts';
import type { Database } from './database.ts';

export function createCareStore(db: Database): CareStore {
  const select = () => db.selectFrom('alert').selectAll('alert');
  return {
    unacknowledged: async (team, since, until) => {
      const rows = await select()
        .where('team', '=', team)
        .where('acknowledged_at', 'is', null)
        .where('fired_at', '>=', since)
        .where('fired_at', '<', until)
        .orderBy('fired_at')
        .execute();
      return rows.map(readAlert);
    },
    byThread: async (channel, threadTs) => {
      const row = await select()
        .innerJoin('alert_post', 'alert_post.alert_id', 'alert.id')
        .where('alert_post.channel', '=', channel)
        .where('alert_post.ts', '=', threadTs)
        .executeTakeFirst();
      if (row) return readAlert(row);
      const own = await db
        .selectFrom('outbox')
        .select('key')
        .where('channel', '=', channel)
        .where('ts', '=', threadTs)
        .executeTakeFirst();
      // The key of an alert's one message.
      const id = own?.key.startsWith('alert:') ? own.key.slice('alert:'.length) : undefined;
      const alert = id === undefined ? undefined : await select().where('id', '=', id).executeTakeFirst();
      return alert && readAlert(alert);
    },
    woken: (alertId, mention, at, drafts) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('alert')
          .set({
            mention: JSON.stringify(mention),
            callees: calleesOf(mention),
            level: mention.level,
            mentioned_at: at,
          })
          .where('id', '=', alertId)
          .where('resolved_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (!row) return undefined;
        const rows = [];
        for (const draft of drafts) rows.push(await addDraft(trx, draft, at));
        return { alert: readAlert(row), rows: rows.filter((one) => one !== undefined) };
      }),
    replied: async (alertId, { userId, at }) => {
      const row = await db
        .insertInto('alert_care')
        .values({ alert_id: alertId, replied_by: userId, replied_at: at, told_at: null })
        .onConflict((conflict) =>
          conflict
            .column('alert_id')
            .doUpdateSet({ replied_by: userId, replied_at: at })
            .where('alert_care.replied_by', 'is', null),
        )
        .returning('alert_id')
        .executeTakeFirst();
      return row ? 'added' : 'known';
    },
    reply: async (alertId) => {
      const row = await db.selectFrom('alert_care').selectAll().where('alert_id', '=', alertId).executeTakeFirst();
      if (!row || row.replied_by === null || row.replied_at === null) return undefined;
      return { userId: row.replied_by, at: row.replied_at };
    },
    told: async (alertId, at) => {
      await db
        .insertInto('alert_care')
        .values({ alert_id: alertId, replied_by: null, replied_at: null, told_at: at })
        .onConflict((conflict) => conflict.column('alert_id').doUpdateSet({ told_at: at }))
        .execute();
    },
    toldAt: async (alertId) => {
      const row = await db
        .selectFrom('alert_care')
        .select('told_at')
        .where('alert_id', '=', alertId)
        .executeTakeFirst();
      return row?.told_at ?? undefined;
    },
    judge: async (alertId, userId, worth, at) => {
      const row = await db
        .insertInto('alert_worth')
        .values({ alert_id: alertId, user_id: userId, worth, at })
        .onConflict((conflict) =>
          conflict.columns(['alert_id', 'user_id']).doUpdateSet({ worth, at }).where('alert_worth.worth', '<>', worth),
        )
        .returning('alert_id')
        .executeTakeFirst();
      return row ? 'kept' : 'known';
    },
    worthOf: async (alertId) => {
      const rows = await db.selectFrom('alert_worth').select('worth').where('alert_id', '=', alertId).execute();
      const notNeeded = rows.filter(({ worth }) => worth === 'not_needed').length;
      return { needed: rows.length - notNeeded, not_needed: notNeeded };
    },
    worthCounts: async (since, until) => {
      const { rows } = await sql<{
        team: string;
        fingerprint: string;
        title: string;
        needed: number;
        not_needed: number;
      }>`
        select team, fingerprint, json_extract(reading, '$.title') as title, max(fired_at) as newest,
          sum(worth = 'needed') as needed, sum(worth = 'not_needed') as not_needed
        from alert join (select alert_id, worth, max(at) from alert_worth group by alert_id) on alert_id = id
        where fired_at >= ${since} and fired_at < ${until}
        group by team, fingerprint
        order by not_needed desc, needed desc, newest desc`.execute(db);
      return rows.map(({ team, fingerprint, title, needed, not_needed: notNeeded }): WorthCount => ({
        team,
        fingerprint,
        title,
        needed,
        notNeeded,
      }));
    },
  };
}
