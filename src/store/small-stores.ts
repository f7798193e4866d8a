/** The smaller tables: rosters, deliveries seen, history cursors, look-ups, feedback. */

import type { Shift } from '../domain/on-call.ts';
import type {
  CursorStore,
  FeedbackStore,
  Found,
  LookupStore,
  RosterStore,
  SeenStore,
  Verdict,
} from '../ports/stores.ts';
import type { Database } from './database.ts';

export function createRosterStore(db: Database): RosterStore {
  return {
    load: async () => {
      const rows = await db.selectFrom('roster').selectAll().orderBy('team').execute();
      return rows.map((row) => ({
        team: row.team,
        shifts: JSON.parse(row.shifts) as readonly Shift[],
        confirmedAt: row.confirmed_at,
      }));
    },
    save: (rosters) =>
      db.transaction().execute(async (trx) => {
        for (const roster of rosters) {
          const values = { shifts: JSON.stringify(roster.shifts), confirmed_at: roster.confirmedAt };
          await trx
            .insertInto('roster')
            .values({ team: roster.team, ...values })
            .onConflict((conflict) => conflict.column('team').doUpdateSet(values))
            .execute();
        }
      }),
  };
}

export function createSeenStore(db: Database): SeenStore {
  return {
    has: async (id) => {
      const row = await db.selectFrom('seen').select('id').where('id', '=', id).executeTakeFirst();
      return row !== undefined;
    },
    add: async (id, at) => {
      await db
        .insertInto('seen')
        .values({ id, at })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    forget: async (before) => {
      await db.deleteFrom('seen').where('at', '<', before).execute();
    },
  };
}

export function createCursorStore(db: Database): CursorStore {
  return {
    get: async (channel) => {
      const row = await db.selectFrom('history_cursor').select('ts').where('channel', '=', channel).executeTakeFirst();
      return row?.ts;
    },
    set: async (channel, ts) => {
      await db
        .insertInto('history_cursor')
        .values({ channel, ts })
        .onConflict((conflict) => conflict.column('channel').doUpdateSet({ ts }))
        .execute();
    },
  };
}

export function createLookupStore(db: Database): LookupStore {
  return {
    load: async (kind) => {
      const rows = await db.selectFrom('lookup').selectAll().where('kind', '=', kind).execute();
      return new Map<string, Found>(rows.map((row) => [row.name, { id: row.slack_id, at: row.at }]));
    },
    save: async (kind, key, found) => {
      await db
        .insertInto('lookup')
        .values({ kind, name: key, slack_id: found.id, at: found.at })
        .onConflict((conflict) => conflict.columns(['kind', 'name']).doUpdateSet({ slack_id: found.id, at: found.at }))
        .execute();
    },
  };
}

export function createFeedbackStore(db: Database): FeedbackStore {
  const judged = async (alertId: string, verdict: Verdict): Promise<ReadonlySet<string>> => {
    const rows = await db
      .selectFrom('runbook_feedback')
      .select('runbook')
      .where('alert_id', '=', alertId)
      .where('verdict', '=', verdict)
      .execute();
    return new Set(rows.map((row) => row.runbook));
  };
  return {
    add: async (alertId, runbook, userId, verdict, at) => {
      const added = await db
        .insertInto('runbook_feedback')
        .values({ alert_id: alertId, runbook, user_id: userId, verdict, at })
        .onConflict((conflict) => conflict.columns(['alert_id', 'runbook', 'user_id']).doNothing())
        .returning('runbook')
        .executeTakeFirst();
      return added ? 'added' : 'known';
    },
    remove: async (alertId, runbook, userId) => {
      await db
        .deleteFrom('runbook_feedback')
        .where('alert_id', '=', alertId)
        .where('runbook', '=', runbook)
        .where('user_id', '=', userId)
        .execute();
    },
    wrongFor: (alertId) => judged(alertId, 'wrong'),
    helpfulFor: (alertId) => judged(alertId, 'helpful'),
    counts: async () => {
      const rows = await db
        .selectFrom('runbook_feedback')
        .select((eb) => ['runbook', 'verdict', eb.fn.countAll<number>().as('count')])
        .groupBy(['runbook', 'verdict'])
        .execute();
      return rows.map((row) => ({ runbook: row.runbook, verdict: row.verdict as Verdict, count: Number(row.count) }));
    },
  };
}
