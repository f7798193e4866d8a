/** What PagerDuty has of an alert just now: its incident, and the level that it stands on. */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { levelOf } from './choose-mention.ts';
import type { AlertDeps } from './deps.ts';
import { followIncident } from './follow-incident.ts';
import { joinReason } from './join.ts';

/** The incident as PagerDuty has it now; looks for one where the alert is not joined yet. */
export async function incidentOf(alert: Alert, deps: AlertDeps): Promise<PagerIncident | undefined> {
  if (alert.pagerIncidentId) {
    const incident = await deps.pager.incident(alert.pagerIncidentId);
    if (incident) await deps.inTurn(() => followIncident(incident, deps));
    return incident;
  }
  if (alert.joinedBy === 'hand') return undefined;
  const open = await deps.pager.openIncidents(deps.watch.services());
  for (const incident of open) {
    if (deps.watch.teamOf(incident)?.key !== alert.team) continue;
    if (!joinReason(alert.reading, alert.firedAt, incident)) continue;
    await deps.inTurn(() => followIncident(incident, deps));
    const after = await deps.store.byId(alert.id);
    if (after?.pagerIncidentId === incident.id) return incident;
  }
  return undefined;
}

/**
 * Where PagerDuty stands: the lower of two views. Toban may have mentioned a higher level already, for want of somebody
 * in Slack; and whoever is assigned may have moved to another level at a hand-over since.
 */
export async function levelNow(alertId: string, incident: PagerIncident, deps: AlertDeps): Promise<number> {
  const alert = await deps.store.byId(alertId);
  const told = Math.max(1, alert?.level ?? 1);
  const levels = alert ? deps.roster.levels(alert.team, deps.clock.now()) : [];
  return Math.min(told, levelOf(levels, incident.assignees) ?? told);
}
