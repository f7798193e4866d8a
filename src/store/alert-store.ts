/** Alerts in the database. */

import { sql } from 'kysely';
import type { Transaction, UpdateObject } from 'kysely';
import { severityRank } from '../domain/alert.ts';
import type { Alert, JoinReason } from '../domain/alert.ts';
import type { AlertStore, Changed, PostRole } from '../ports/alert-store.ts';
import type { Draft } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxRow } from '../ports/outbox-store.ts';
import { readAlert, writeAlert } from './alert-row.ts';
import type { Database } from './database.ts';
import { addDraft } from './outbox-store.ts';
import type { Tables } from './tables.ts';

export function createAlertStore(db: Database, clock: Clock): AlertStore {
  const change = async (
    id: string,
    values: UpdateObject<Tables, 'alert'>,
    guard: 'open' | 'resolved' | 'unacknowledged' | 'acknowledged' | 'any' = 'any',
    handle: Database | Transaction<Tables> = db,
  ): Promise<Alert | undefined> => {
    let query = handle.updateTable('alert').set(values).where('id', '=', id);
    if (guard === 'open') query = query.where('resolved_at', 'is', null);
    if (guard === 'resolved') query = query.where('resolved_at', 'is not', null);
    if (guard === 'unacknowledged') query = query.where('acknowledged_at', 'is', null);
    if (guard === 'acknowledged') query = query.where('acknowledged_at', 'is not', null);
    const row = await query.returningAll().executeTakeFirst();
    return row && readAlert(row);
  };
  /** A change and what is to be said of it, both or neither. */
  const changeAndSay = (
    id: string,
    values: UpdateObject<Tables, 'alert'>,
    guard: 'open' | 'resolved',
    drafts: readonly Draft[],
  ): Promise<Changed | undefined> =>
    db.transaction().execute(async (trx) => {
      const alert = await change(id, values, guard, trx);
      return alert && { alert, rows: await addDrafts(trx, drafts) };
    });
  const addDrafts = async (trx: Transaction<Tables>, drafts: readonly Draft[]): Promise<readonly OutboxRow[]> => {
    const rows: OutboxRow[] = [];
    for (const draft of drafts) {
      const row = await addDraft(trx, draft, clock.now());
      if (row) rows.push(row);
    }
    return rows;
  };
  const select = () => db.selectFrom('alert').selectAll('alert');
  return {
    record: (alert, post, drafts) =>
      db.transaction().execute(async (trx) => {
        const added = await trx
          .insertInto('alert')
          .values({ ...writeAlert(alert), ...(drafts.length > 0 || alert.stormId ? {} : { callees: null }) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!added) return { kind: 'known' };
        if (post) {
          await trx
            .insertInto('alert_post')
            .values({ channel: post.channel, ts: post.ts, alert_id: alert.id, role: 'fire', fingerprint: null })
            .execute();
        }
        return { kind: 'recorded', rows: await addDrafts(trx, drafts) };
      }),
    addPost: async (alertId, post, role, fingerprint) => {
      const added = await db
        .insertInto('alert_post')
        .values({ channel: post.channel, ts: post.ts, alert_id: alertId, role, fingerprint: fingerprint ?? null })
        .onConflict((conflict) => conflict.columns(['channel', 'ts']).doNothing())
        .returning('ts')
        .executeTakeFirst();
      return added ? 'added' : 'known';
    },
    twinPrints: async (alertId) => {
      const rows = await db
        .selectFrom('alert_post')
        .select('fingerprint')
        .where('alert_id', '=', alertId)
        .where('role', '=', 'twin')
        .execute();
      return rows.flatMap(({ fingerprint }) => fingerprint ?? []);
    },
    postRole: async (post) => {
      const row = await db
        .selectFrom('alert_post')
        .select('role')
        .where('channel', '=', post.channel)
        .where('ts', '=', post.ts)
        .executeTakeFirst();
      return row?.role as PostRole | undefined;
    },
    byId: async (id) => {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row && readAlert(row);
    },
    openByFingerprint: async (channel, fingerprint) => {
      const row = await select()
        .where('channel', '=', channel)
        .where('fingerprint', '=', fingerprint)
        .where('resolved_at', 'is', null)
        .orderBy('fired_at', 'desc')
        .executeTakeFirst();
      if (row) return readAlert(row);
      const twin = await select()
        .innerJoin('alert_post', 'alert_post.alert_id', 'alert.id')
        .where('alert_post.channel', '=', channel)
        .where('alert_post.fingerprint', '=', fingerprint)
        .where('alert.resolved_at', 'is', null)
        .orderBy('alert.fired_at', 'desc')
        .executeTakeFirst();
      return twin && readAlert(twin);
    },
    byPost: async (post) => {
      const row = await select()
        .innerJoin('alert_post', 'alert_post.alert_id', 'alert.id')
        .where('alert_post.channel', '=', post.channel)
        .where('alert_post.ts', '=', post.ts)
        .executeTakeFirst();
      return row && readAlert(row);
    },
    byIncident: async (incidentId) => {
      const rows = await select().where('incident_id', '=', incidentId).orderBy('fired_at').execute();
      return rows.map(readAlert);
    },
    unjoined: async (team, since) => {
      const rows = await select()
        .where('team', '=', team)
        .where('resolved_at', 'is', null)
        .where('incident_id', 'is', null)
        .where('joined_by', 'is', null)
        .where('fired_at', '>=', since)
        .orderBy('fired_at')
        .execute();
      return rows.map(readAlert);
    },
    unjoinedSince: async (since) => {
      const row = await db
        .selectFrom('alert')
        .select((eb) => eb.fn.min('fired_at').as('at'))
        .where('resolved_at', 'is', null)
        .where('incident_id', 'is', null)
        .where('joined_by', 'is', null)
        .where('fired_at', '>=', since)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },
    open: async (team, since, aliveAt = Infinity) => {
      const rows = await select()
        .where('team', '=', team)
        .where(stillOpen(aliveAt))
        .where('fired_at', '>=', since)
        .orderBy('fired_at')
        .execute();
      return rows.map(readAlert);
    },
    openInPager: async (team, since, aliveAt = Infinity) => {
      const rows = await select()
        .where('team', '=', team)
        .where(stillOpen(aliveAt))
        .where('fired_at', '>=', since)
        .where((eb) => eb.or([eb('incident_id', 'is not', null), eb('reading', 'like', '%"tool":"pagerduty"%')]))
        .orderBy('fired_at')
        .execute();
      return rows.map(readAlert);
    },
    withoutSuggestion: async (since, limit) => {
      const rows = await select()
        .where('suggested', '=', 0)
        .where('fired_at', '>=', since)
        .orderBy('fired_at', 'desc')
        .limit(limit)
        .execute();
      return rows.map(readAlert);
    },
    suggested: async (alertId) => {
      await change(alertId, { suggested: 1 });
    },
    graver: (alertId, reading) =>
      change(alertId, { reading: JSON.stringify(reading), severity: severityRank(reading.severity) }),
    refired: (alertId, at) => change(alertId, { refires: sql<number>`refires + 1`, last_fired_at: at }),
    tiedByHand: (alertId, incidentId) =>
      change(alertId, { incident_id: incidentId ?? null, joined_by: 'hand' satisfies JoinReason }),
    joined: (alertId, incidentId, reason) => change(alertId, { incident_id: incidentId, joined_by: reason }),
    acknowledged: (alertId, at, by, hereOnly) =>
      change(
        alertId,
        {
          acknowledged_at: at,
          acknowledged_by: by ? JSON.stringify(by) : null,
          acknowledged_here_only: hereOnly ? 1 : 0,
        },
        'unacknowledged',
      ),
    unacknowledged: (alertId) =>
      change(alertId, { acknowledged_at: null, acknowledged_by: null, acknowledged_here_only: 0 }, 'acknowledged'),
    escalated: (alertId, level) => change(alertId, { level }),
    resolved: (alertId, at, drafts) => changeAndSay(alertId, { resolved_at: at }, 'open', drafts),
    reopened: (alertId, at, drafts) =>
      changeAndSay(alertId, { resolved_at: null, last_fired_at: at }, 'resolved', drafts),
  };
}

/** The first part alone lets the index of open alerts serve the common question. */
function stillOpen(aliveAt: number) {
  return aliveAt === Infinity
    ? sql<boolean>`resolved_at is null`
    : sql<boolean>`(resolved_at is null or resolved_at >= ${aliveAt})`;
}
