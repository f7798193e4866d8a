/** Alerts in the database. */

import { sql } from 'kysely';
import type { Selectable, UpdateObject } from 'kysely';
import type { Alert, AlertReading, JoinReason, Mention, Person } from '../domain/alert.ts';
import type { AlertStore, PostRole } from '../ports/alert-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Database } from './database.ts';
import { addDraft } from './outbox-store.ts';
import type { AlertTable, Tables } from './tables.ts';

export function createAlertStore(db: Database, clock: Clock): AlertStore {
  const change = async (
    id: string,
    values: UpdateObject<Tables, 'alert'>,
    guard: 'open' | 'resolved' | 'unacknowledged' | 'acknowledged' | 'any' = 'any',
  ): Promise<Alert | undefined> => {
    let query = db.updateTable('alert').set(values).where('id', '=', id);
    if (guard === 'open') query = query.where('resolved_at', 'is', null);
    if (guard === 'resolved') query = query.where('resolved_at', 'is not', null);
    if (guard === 'unacknowledged') query = query.where('acknowledged_at', 'is', null);
    if (guard === 'acknowledged') query = query.where('acknowledged_at', 'is not', null);
    const row = await query.returningAll().executeTakeFirst();
    return row && read(row);
  };
  const select = () => db.selectFrom('alert').selectAll('alert');
  return {
    record: (alert, post, drafts) =>
      db.transaction().execute(async (trx) => {
        const added = await trx
          .insertInto('alert')
          .values(write(alert))
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst();
        if (!added) return 'known';
        if (post) {
          await trx
            .insertInto('alert_post')
            .values({ channel: post.channel, ts: post.ts, alert_id: alert.id, role: 'fire' })
            .execute();
        }
        for (const draft of drafts) await addDraft(trx, draft, clock.now());
        return 'recorded';
      }),
    addPost: async (alertId, post, role) => {
      const added = await db
        .insertInto('alert_post')
        .values({ channel: post.channel, ts: post.ts, alert_id: alertId, role })
        .onConflict((conflict) => conflict.columns(['channel', 'ts']).doNothing())
        .returning('ts')
        .executeTakeFirst();
      return added ? 'added' : 'known';
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
      return row && read(row);
    },
    openByFingerprint: async (channel, fingerprint) => {
      const row = await select()
        .where('channel', '=', channel)
        .where('fingerprint', '=', fingerprint)
        .where('resolved_at', 'is', null)
        .orderBy('fired_at', 'desc')
        .executeTakeFirst();
      return row && read(row);
    },
    byPost: async (post) => {
      const row = await select()
        .innerJoin('alert_post', 'alert_post.alert_id', 'alert.id')
        .where('alert_post.channel', '=', post.channel)
        .where('alert_post.ts', '=', post.ts)
        .executeTakeFirst();
      return row && read(row);
    },
    byIncident: async (incidentId) => {
      const rows = await select().where('incident_id', '=', incidentId).orderBy('fired_at').execute();
      return rows.map(read);
    },
    unjoined: async (team, since) => {
      const rows = await select()
        .where('team', '=', team)
        .where('resolved_at', 'is', null)
        .where('incident_id', 'is', null)
        .where('fired_at', '>=', since)
        .orderBy('fired_at')
        .execute();
      return rows.map(read);
    },
    open: async (team, since) => {
      const rows = await select()
        .where('team', '=', team)
        .where('resolved_at', 'is', null)
        .where('fired_at', '>=', since)
        .orderBy('fired_at')
        .execute();
      return rows.map(read);
    },
    withoutSuggestion: async (limit) => {
      const rows = await select().where('suggested', '=', 0).orderBy('fired_at').limit(limit).execute();
      return rows.map(read);
    },
    suggested: async (alertId) => {
      await change(alertId, { suggested: 1 });
    },
    refired: (alertId, at) => change(alertId, { refires: sql<number>`refires + 1`, last_fired_at: at }),
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
    resolved: (alertId, at) => change(alertId, { resolved_at: at }, 'open'),
    reopened: (alertId) => change(alertId, { resolved_at: null }, 'resolved'),
  };
}

function write(alert: Alert): AlertTable {
  return {
    id: alert.id,
    team: alert.team,
    channel: alert.channel,
    ts: alert.ts ?? null,
    reading: JSON.stringify(alert.reading),
    fingerprint: alert.reading.fingerprint,
    fired_at: alert.firedAt,
    refires: alert.refires,
    last_fired_at: alert.lastFiredAt,
    incident_id: alert.pagerIncidentId ?? null,
    joined_by: alert.joinedBy ?? null,
    acknowledged_at: alert.acknowledgedAt ?? null,
    acknowledged_by: alert.acknowledgedBy ? JSON.stringify(alert.acknowledgedBy) : null,
    acknowledged_here_only: alert.acknowledgedHereOnly ? 1 : 0,
    resolved_at: alert.resolvedAt ?? null,
    level: alert.level,
    mention: JSON.stringify(alert.mention),
    mentioned_at: alert.mentionedAt,
    suggested: 0,
  };
}

function read(row: Selectable<AlertTable>): Alert {
  return {
    id: row.id,
    team: row.team,
    channel: row.channel,
    ...(row.ts === null ? {} : { ts: row.ts }),
    reading: JSON.parse(row.reading) as AlertReading,
    firedAt: row.fired_at,
    refires: row.refires,
    lastFiredAt: row.last_fired_at,
    ...(row.incident_id === null ? {} : { pagerIncidentId: row.incident_id }),
    ...(row.joined_by === null ? {} : { joinedBy: row.joined_by as JoinReason }),
    ...(row.acknowledged_at === null ? {} : { acknowledgedAt: row.acknowledged_at }),
    ...(row.acknowledged_by === null ? {} : { acknowledgedBy: JSON.parse(row.acknowledged_by) as Person }),
    ...(row.acknowledged_here_only ? { acknowledgedHereOnly: true } : {}),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
    level: row.level,
    mention: JSON.parse(row.mention) as Mention,
    mentionedAt: row.mentioned_at,
  };
}
