/** Makes an alert's one message say what is true now, and takes back the calls that it makes needless. */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { isOpen } from './buttons.ts';
import { alertOfKey, mentionKey } from './deps.ts';
import type { AlertDeps } from './deps.ts';
import { alertContent, wasDelayed } from './views.ts';
import { featuresIn } from './watch.ts';

export async function showAlert(alert: Alert, deps: AlertDeps, incident?: PagerIncident): Promise<void> {
  const known = incident ?? (alert.pagerIncidentId ? await deps.incidents.byId(alert.pagerIncidentId) : undefined);
  const content = alertContent(
    {
      alert,
      incident: known,
      mentionedAt: alert.mentionedAt,
      sentAt: await sentAtOf(alert.id, deps),
      runbooks: featuresIn(alert.channel, deps).runbooks,
      incidentButtons: deps.incidentButtons,
      reply: alert.acknowledgedAt === undefined ? await deps.care.reply(alert.id) : undefined,
    },
    deps.style,
  );
  await deps.outbox.edit(mentionKey(alert.id), content);
  // Slack may have been away: a reminder that waits must not come after the acknowledgement.
  if (alert.acknowledgedAt !== undefined || (alert.resolvedAt !== undefined && !isOpen(known))) {
    await deps.outbox.withdraw(`remind:${alert.id}:`);
    await deps.outbox.withdraw(`exhausted:${alert.id}:`);
  }
  if (alert.stormId) deps.storms.touched(alert.stormId);
}

/** Told of every post once it stands: a mention that Slack kept waiting says so in its message. */
export async function tellDelay(key: string, deps: AlertDeps): Promise<void> {
  const id = alertOfKey(key);
  const alert = id === undefined ? undefined : await deps.store.byId(id);
  if (!alert) return;
  const sentAt = await sentAtOf(alert.id, deps);
  if (sentAt !== undefined && wasDelayed(alert.mentionedAt, sentAt)) await showAlert(alert, deps);
}

/** Slack's timestamp of a message is when Slack took it. */
async function sentAtOf(alertId: string, deps: AlertDeps): Promise<number | undefined> {
  const ts = await deps.outbox.sentTs(mentionKey(alertId));
  return ts === undefined ? undefined : Math.round(Number(ts) * 1000);
}
