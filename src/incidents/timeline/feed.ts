/** Brings an incident's events up to date with its alert and with PagerDuty; a second run adds nothing. */

import type { Alert } from '../../domain/alert.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentChange, IncidentEvent } from '../../domain/incident-event.ts';
import type { PagerIncident, PagerIncidentEvent } from '../../domain/pager-incident.ts';
import { record } from '../record.ts';
import type { TimelineDeps } from './deps.ts';
import { addressOf } from './say.ts';

/** What became known while nobody looked: before the timeline is shown and before the draft is written. */
export function feedIncident(incident: Incident, deps: TimelineDeps): Promise<void> {
  return deps.inTurn(async () => {
    const alert = incident.alertId === undefined ? undefined : await deps.alerts.byId(incident.alertId);
    if (alert) {
      await feedAlert(incident, alert, deps);
      await feedTicks(incident, alert, deps);
    }
    const pagerId = incident.pager.kind === 'linked' ? incident.pager.id : alert?.pagerIncidentId;
    const look = pagerId === undefined ? undefined : await deps.lastLook(pagerId);
    if (look) await feedPager(incident, look, deps);
    // The tool's own word of the recovery; PagerDuty's comes at the same instant where it was the cause.
    const { resolvedAt } = alert ?? {};
    if (!alert || resolvedAt === undefined) return;
    const events = await deps.store.events(incident.id);
    if (events.some(({ at, change }) => at === resolvedAt && change.kind === 'pager_changed')) return;
    const change: IncidentChange = { kind: 'alert_changed', status: 'recovered', title: alert.reading.title };
    await record(incident, change, deps, { at: resolvedAt, key: `alert:recovered:${resolvedAt}` });
  });
}

/** A look at a PagerDuty incident, and what is new in it. */
export function followPager(
  look: PagerIncident,
  news: readonly PagerIncidentEvent[],
  deps: TimelineDeps,
): Promise<void> {
  return deps.inTurn(async () => {
    const incident = await deps.store.byKey(`pager:${look.id}`);
    if (!incident) return;
    await feedPager(incident, look, deps);
    const moved = news.find((event) => event.kind === 'reassigned');
    if (!moved) return;
    const change: IncidentChange = { kind: 'pager_assigned', names: moved.to.map(({ name }) => name) };
    await record(incident, change, deps, { at: look.changedAt, key: `pager:assigned:${look.changedAt}` });
  });
}

async function feedAlert(incident: Incident, alert: Alert, deps: TimelineDeps): Promise<void> {
  const { channel, ts, reading, firedAt, acknowledgedAt, acknowledgedBy } = alert;
  const { title } = reading;
  const events = await deps.store.events(incident.id);
  if (!events.some(({ key }) => key === 'alert:fired')) {
    const permalink = ts === undefined ? undefined : await addressOf(deps.chat, channel, ts);
    const source = ts === undefined ? {} : { source: { channel, ts, ...(permalink ? { permalink } : {}) } };
    await record(incident, { kind: 'alert_changed', status: 'fired', title, ...source }, deps, {
      at: firedAt,
      key: 'alert:fired',
    });
  }
  if (acknowledgedAt === undefined || statusOf(events) !== undefined) return;
  const { slackId, name } = acknowledgedBy ?? {};
  const who = !slackId && name ? { name } : {};
  await record(incident, { kind: 'alert_changed', status: 'acknowledged', title, ...who }, deps, {
    at: acknowledgedAt,
    key: `alert:acknowledged:${acknowledgedAt}`,
    ...(slackId ? { by: slackId } : {}),
  });
}

/** A step of a runbook that somebody did is an action. */
async function feedTicks(incident: Incident, alert: Alert, deps: TimelineDeps): Promise<void> {
  for (const { list, item, text, userId, at } of await deps.ticksOf(alert.id)) {
    const key = `tick:${list}:${item}`;
    await record(incident, { kind: 'note', text: `✅ ${text}` }, deps, { at, by: userId, key });
  }
}

async function feedPager(incident: Incident, look: PagerIncident, deps: TimelineDeps): Promise<void> {
  const { status, changedAt } = look;
  const known = statusOf(await deps.store.events(incident.id)) ?? 'triggered';
  if (known === status) return;
  const who = status === 'acknowledged' ? (look.acknowledgers[0] ?? look.lastChangedBy) : look.lastChangedBy;
  const slackId = who && deps.directory.slackIdOf(who);
  await record(incident, { kind: 'pager_changed', status, ...(who ? { name: who.name } : {}) }, deps, {
    at: changedAt,
    key: `pager:${status}:${changedAt}`,
    ...(slackId ? { by: slackId } : {}),
  });
}

/** What the events say that PagerDuty, or the alert without one, has come to; undefined where they say nothing. */
function statusOf(events: readonly IncidentEvent[]): PagerIncident['status'] | undefined {
  const last = events.findLast(
    ({ change }) =>
      change.kind === 'pager_changed' || (change.kind === 'alert_changed' && change.status === 'acknowledged'),
  );
  if (last?.change.kind === 'pager_changed') return last.change.status;
  return last && 'acknowledged';
}
