/** An alert that called nobody turns out to be urgent: its on-call is called after all. */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Draft } from '../ports/chat.ts';
import { mentionDraft, mentionFor } from './build-alert.ts';
import { threadOf } from './deps.ts';
import type { AlertDeps } from './deps.ts';
import { planAfterMention } from './reminders/remind.ts';
import { showAlert } from './show-alert.ts';
import { featuresIn } from './watch.ts';
import { urgentContent } from './views.ts';

export async function wakeAlert(alert: Alert, incident: PagerIncident | undefined, deps: AlertDeps): Promise<Alert> {
  const { hush } = alert.mention;
  if (!hush || !featuresIn(alert.channel, deps).mentions || alert.acknowledgedAt !== undefined) return alert;
  const mention = mentionFor({ ...alert, urgency: 'high' }, deps);
  const woken: Alert = { ...alert, mention, level: mention.level, mentionedAt: deps.clock.now() };
  await planAfterMention(woken, deps);
  const changed = await deps.care.woken(
    alert.id,
    mention,
    woken.mentionedAt,
    await drafts(woken, hush, incident, deps),
  );
  if (!changed) return alert;
  deps.outbox.takeUp(changed.rows);
  await showAlert(changed.alert, deps, incident);
  return changed.alert;
}

/** Its first message where there was only a reaction; else a call in its thread. */
async function drafts(
  woken: Alert,
  hush: 'quiet' | 'low',
  incident: PagerIncident | undefined,
  deps: AlertDeps,
): Promise<readonly Draft[]> {
  if (hush === 'quiet') return [mentionDraft(woken, deps, false, incident)];
  const threadTs = await threadOf(woken, deps);
  if (!threadTs) return [];
  const content = urgentContent(woken.mention, deps.style);
  return [{ key: `urgent:${woken.id}`, channel: woken.channel, threadTs, priority: PRIORITY.mention, content }];
}
