/** An alert that fires again graver than before is no mere re-fire: its people are called once more, once a severity. */

import type { Alert, AlertReading } from '../domain/alert.ts';
import { severityRank } from '../domain/alert.ts';
import { urgencyOf } from './coverage.ts';
import { callees, threadDraft } from './call-in-thread.ts';
import type { AlertDeps } from './deps.ts';
import { mentionText } from './mention-text.ts';
import { messages } from './messages.ts';
import { showAlert } from './show-alert.ts';
import { callInStorm } from './storm/call-in-storm.ts';
import { featuresIn } from './watch.ts';
import { wakeAlert } from './wake.ts';

export async function callGraver(alert: Alert, { severity }: AlertReading, deps: AlertDeps): Promise<void> {
  const before = alert.reading.severity;
  if (severity === 'unknown' || severityRank(severity) <= severityRank(before)) return;
  if (alert.mention.hush && urgencyOf({ ...alert.reading, severity }, undefined) === 'high') {
    const graver = await deps.store.graver(alert.id, { ...alert.reading, severity });
    if (graver) await wakeAlert(graver, undefined, deps);
    return;
  }
  const words = messages[deps.style.locale];
  const { targets } = callees(alert, deps, Math.max(1, alert.level));
  const text = words.graver(targets.length > 0 ? mentionText(targets) : words.nobodyInSlack, before, severity);
  const mentions = featuresIn(alert.channel, deps).mentions;
  if (mentions && (await callInStorm(alert, `graver:${severity}`, { text }, deps)) === 'apart') {
    const draft = await threadDraft(alert, `graver:${alert.id}:${severity}:${alert.lastFiredAt}`, { text }, deps);
    if (draft) await deps.outbox.post(draft);
  }
  // After the call: a process that dies in between makes it good, once by its key.
  const after = await deps.store.graver(alert.id, { ...alert.reading, severity });
  if (after) await showAlert(after, deps);
}
