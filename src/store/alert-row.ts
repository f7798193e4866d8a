/** An alert as a row of the database, and back. */

import type { Selectable } from 'kysely';
import { calleesOf, severityRank } from '../domain/alert.ts';
import type { Alert, AlertReading, JoinReason, Mention, Person } from '../domain/alert.ts';
import type { AlertTable } from './tables.ts';

export function writeAlert(alert: Alert): AlertTable {
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
    suggested: alert.stormId ? 1 : 0,
    callees: calleesOf(alert.mention),
    severity: severityRank(alert.reading.severity),
    storm_id: alert.stormId ?? null,
  };
}

/** The noun that the row stands for. */
export function readAlert(row: Selectable<AlertTable>): Alert {
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
    ...(row.storm_id === null ? {} : { stormId: row.storm_id }),
  };
}
