/** Brings alerts in line with what PagerDuty says of an incident, whichever door told it (A-11, E-02, G-01). */

import type { Alert, AlertReading } from '../domain/alert.ts';
import { OWN_DEDUP_KEY } from '../domain/incident.ts';
import { incidentEvents, isOlder } from '../domain/pager-incident.ts';
import type { PagerIncident, PagerIncidentEvent } from '../domain/pager-incident.ts';
import { buildAlert, mentionDraft } from './build-alert.ts';
import { callees, threadDraft } from './call-in-thread.ts';
import { levelOf } from './choose-mention.ts';
import type { AlertDeps } from './deps.ts';
import { joinReason } from './join.ts';
import { followAssignment, personOf } from './mirror/follow-assignment.ts';
import { planAfterMention, planReminder } from './reminders/remind.ts';
import { resolveAlert } from './resolve-alert.ts';
import { admit } from './storm/admit.ts';
import { callInStorm } from './storm/call-in-storm.ts';
import { showAlert } from './show-alert.ts';
import { callsFor, featuresIn } from './watch.ts';
import { wakeAlert } from './wake.ts';
import { reopenedContent } from './views.ts';

/** How long a PagerDuty incident waits for the tool's own message before Toban posts one for it. */
const GRACE_MS = 3_000;
/** By link or key an incident may find its alert late; by title the window of the join decides. */
const UNJOINED_FOR_MS = 24 * 3_600_000;
/** PagerDuty dates in whole seconds. */
const SAME_SECOND_MS = 1_000;
/** Reopened alerts of one storm call once within so long. */
const AGAIN_MS = 10 * 60_000;
/** An incident that is older when it is first seen is nobody's news any more. */
const NEWS_MS = 30 * 60_000;

/** Takes a look at an incident, from a webhook, a poll or an answer to a click. A stale look changes nothing. */
export async function followIncident(incident: PagerIncident, deps: AlertDeps): Promise<readonly PagerIncidentEvent[]> {
  const team = deps.watch.teamOf(incident);
  let alerts = await deps.store.byIncident(incident.id);
  // One that was moved to a service of nobody's is followed to its end all the same.
  if (!team && alerts.length === 0) return [];
  const before = await deps.incidents.byId(incident.id);
  if (before && isOlder(incident, before)) return [];
  const events = incidentEvents(before, incident);
  for (const { kind } of events) deps.log.info({ incident: incident.id, event: kind }, 'PagerDuty incident changed');
  const known = alerts.length > 0;
  if (team && !known) alerts = await joinAlerts(incident, team.key, deps);
  const change: Change = {
    reopened: events.some(({ kind }) => kind === 'reopened'),
    // Who is assigned says something of the level at the time of the assignment only: people change levels at a hand-over.
    assigned: !before || !known || events.some(({ kind }) => kind === 'reassigned'),
    // A reopened incident is told as such.
    before: known && !events.some(({ kind }) => kind === 'reopened') ? before : undefined,
  };
  for (const alert of alerts) await reconcile(alert, incident, deps, change);
  // Kept last: a process that dies before this sees the same difference again, and acting on it twice does nothing.
  await deps.incidents.keep(incident);
  deps.followed?.(incident, events);
  if (alerts.length === 0 && incident.status === 'triggered') originateLater(incident, deps);
  return events;
}

/** After a start: open incidents whose message was not posted before the stop. */
export async function resumeIncidents(deps: AlertDeps): Promise<void> {
  for (const incident of await deps.incidents.open()) {
    if (incident.status === 'triggered' && (await deps.store.byIncident(incident.id)).length === 0) {
      originateLater(incident, deps);
    }
  }
}

function originateLater(incident: PagerIncident, deps: AlertDeps): void {
  deps.clock.setTimer(GRACE_MS, () => {
    deps
      .inTurn(() => originate(incident.id, deps))
      .catch((error: unknown) => {
        deps.log.error({ err: error, incident: incident.id }, 'incident without a message was not posted');
      });
  });
}

async function joinAlerts(incident: PagerIncident, team: string, deps: AlertDeps): Promise<readonly Alert[]> {
  const joined: Alert[] = [];
  for (const alert of await deps.store.unjoined(team, incident.createdAt - UNJOINED_FOR_MS)) {
    const reason = joinReason(alert.reading, alert.firedAt, incident);
    // By its title alone an incident is joined to one alert, the first.
    if (!reason || (reason === 'title' && joined.length > 0)) continue;
    // What was over before the alert fired is another firing.
    if (incident.status === 'resolved' && incident.changedAt < alert.firedAt - SAME_SECOND_MS) continue;
    const after = await deps.store.joined(alert.id, incident.id, reason);
    if (after) {
      joined.push(after);
      await showAlert(after, deps, incident);
    }
  }
  return joined;
}

/** Posts an alert of Toban's own for an incident that no message announced: the same thread, the same buttons. */
async function originate(incidentId: string, deps: AlertDeps): Promise<void> {
  const incident = await deps.incidents.byId(incidentId);
  if (!incident || incident.status !== 'triggered') return;
  // Declared in Slack: its own room calls people.
  if (incident.dedupKey?.startsWith(OWN_DEDUP_KEY)) return;
  if (deps.clock.now() - incident.createdAt > NEWS_MS) return;
  const team = deps.watch.teamOf(incident);
  const channel = team && deps.watch.home(team.key);
  if (!team || !channel || !featuresIn(channel, deps).mentions) return;
  if ((await deps.store.byIncident(incidentId)).length > 0) return;
  if ((await joinAlerts(incident, team.key, deps)).length > 0) return;
  const alert = buildAlert({
    id: `pagerduty:${incident.id}`,
    team: team.key,
    channel,
    reading: readingOf(incident),
    firedAt: incident.createdAt,
    pagerIncidentId: incident.id,
    joinedBy: 'link',
    incident,
    deps,
  });
  const admitted = await admit(alert, deps);
  const stormId = admitted.kind === 'gathered' ? admitted.storm.id : undefined;
  await planAfterMention(stormId ? { ...alert, stormId } : alert, deps);
  const recorded = stormId
    ? await deps.store.record({ ...alert, stormId }, undefined, [])
    : await deps.store.record(alert, undefined, [mentionDraft(alert, deps, false, incident)]);
  if (recorded.kind === 'known') return;
  deps.outbox.takeUp(recorded.rows);
  if (stormId) deps.storms.touched(stormId);
  deps.metrics.count('toban_alerts_total', { tool: 'pagerduty', outcome: 'mentioned' });
}

export function readingOf(incident: PagerIncident): AlertReading {
  return {
    tool: 'pagerduty',
    state: 'firing',
    title: incident.title,
    severity: 'unknown',
    service: incident.serviceName,
    links: [{ url: incident.url, label: `PagerDuty #${incident.number}` }],
    runbookRefs: [],
    pagerRefs: [incident.id],
    dedupKeys: incident.dedupKey ? [incident.dedupKey] : [],
    fingerprint: `pagerduty:${incident.id}`,
    text: `${incident.title}\n${incident.serviceName}`,
  };
}

interface Change {
  readonly reopened: boolean;
  readonly assigned: boolean;
  /** The look before it, of an alert that was joined then. */
  readonly before: PagerIncident | undefined;
}

/**
 * Compares what should be with what is kept, and acts on the difference; a second run does nothing. An alert whose tool
 * tells a recovery is followed on while its incident is open: PagerDuty goes on calling.
 */
async function reconcile(alert: Alert, incident: PagerIncident, deps: AlertDeps, change: Change): Promise<void> {
  if (incident.status === 'resolved') {
    const outcome = await resolveAlert(alert, incident.changedAt, deps, { incident });
    if (outcome === 'already') await showAlert(alert, deps, incident);
    return;
  }
  let current = alert;
  if (current.resolvedAt !== undefined && change.reopened) current = await reopenAlert(current, incident, deps);
  if (incident.status === 'acknowledged') {
    const by = incident.acknowledgers[0] ?? incident.lastChangedBy;
    const person = by && personOf(by, deps);
    current = (await deps.store.acknowledged(current.id, incident.changedAt, person, false)) ?? current;
  } else if (current.acknowledgedAt !== undefined) {
    // Also where it was acknowledged before there was an incident: PagerDuty goes on calling, so the button is back.
    current = (await deps.store.unacknowledged(current.id)) ?? current;
    await planReminder(current, deps, deps.clock.now());
  }
  if (incident.status === 'triggered' && incident.urgency === 'high')
    current = await wakeAlert(current, incident, deps);
  if (incident.status === 'triggered' && change.assigned) {
    await followAssignment(current, incident, change.before, deps);
  }
  await showAlert(current, deps, incident);
}

/** Whoever the incident is assigned to now is called again; an escalation after that is news once more. */
async function reopenAlert(alert: Alert, incident: PagerIncident, deps: AlertDeps): Promise<Alert> {
  const level = levelOf(deps.roster.levels(alert.team, deps.clock.now()), incident.assignees);
  const content = reopenedContent(callees(alert, deps, level), deps.style);
  const gathered =
    callsFor(alert, deps) &&
    (await callInStorm(alert, `reopened:${Math.floor(incident.changedAt / AGAIN_MS)}`, content, deps));
  const draft =
    gathered === 'apart'
      ? await threadDraft(alert, `reopened:${alert.id}:${incident.changedAt}`, content, deps)
      : undefined;
  const changed = await deps.store.reopened(alert.id, incident.changedAt, draft ? [draft] : []);
  if (!changed) return alert;
  deps.outbox.takeUp(changed.rows);
  await planReminder(changed.alert, deps, deps.clock.now());
  return (await deps.store.escalated(alert.id, level ?? 1)) ?? changed.alert;
}
