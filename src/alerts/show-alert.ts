/** Makes an alert's one message say what is true now, and takes back the calls that it makes needless. */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { isOpen } from './buttons.ts';
import { mentionKey } from './deps.ts';
import type { AlertDeps } from './deps.ts';
import { alertContent } from './views.ts';
import { featuresIn } from './watch.ts';

export async function showAlert(alert: Alert, deps: AlertDeps, incident?: PagerIncident): Promise<void> {
  const known = incident ?? (alert.pagerIncidentId ? await deps.incidents.byId(alert.pagerIncidentId) : undefined);
  const content = alertContent(
    {
      alert,
      incident: known,
      mentionedAt: alert.mentionedAt,
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
