/** Calls people in an alert's thread after its first mention: an escalation, an alert that fires again. */

import type { Alert } from '../domain/alert.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Content, Draft } from '../ports/chat.ts';
import { chooseMention } from './choose-mention.ts';
import { planExhausted } from './paging/plan-exhausted.ts';
import { threadOf } from './deps.ts';
import type { AlertDeps } from './deps.ts';
import { callInStorm } from './storm/call-in-storm.ts';
import { escalationContent } from './views.ts';
import type { Escalation } from './views.ts';
import { callsFor } from './watch.ts';

/** Calls the people of `level` in the alert's thread; `by` and `reason` where somebody escalated in Slack. */
export async function tellEscalation(
  alert: Alert,
  level: number,
  deps: AlertDeps,
  who: Partial<Pick<Escalation, 'from' | 'by' | 'reason' | 'automatic'>> = {},
): Promise<void> {
  const from = Math.max(1, alert.level);
  const waited = deps.clock.now() - alert.firedAt;
  const escalation: Escalation = { mention: callees(alert, deps, level), from, to: level, waited, ...who };
  const content = escalationContent(escalation, deps.style);
  const gathered = callsFor(alert, deps) && (await callInStorm(alert, `escalated:${level}`, content, deps));
  // The call first, once by its key: a process that dies before the level is kept makes it good, and calls nobody twice.
  if (gathered === 'apart') {
    await postInThread(alert, `escalated:${alert.id}:${level}:${alert.lastFiredAt}`, content, deps);
  }
  await deps.care.told(alert.id, deps.clock.now());
  await planExhausted(alert, level, deps);
  await deps.store.escalated(alert.id, level);
}

/** Whom to call on `level`, or from the first level on. */
export function callees(alert: Pick<Alert, 'team'>, deps: AlertDeps, level: number | undefined): Alert['mention'] {
  const userGroup = deps.watch.team(alert.team)?.userGroup;
  return chooseMention({
    levels: deps.roster.levels(alert.team, deps.clock.now()),
    slackIdOf: (responder) => deps.directory.slackIdOf(responder),
    ...(userGroup ? { userGroup } : {}),
    from: level ?? 1,
  });
}

async function postInThread(alert: Alert, key: string, content: Content, deps: AlertDeps): Promise<void> {
  const draft = await threadDraft(alert, key, content, deps);
  if (draft) await deps.outbox.post(draft);
}

/** A draft for the alert's thread; undefined while the thread does not stand. */
export async function threadDraft(
  alert: Alert,
  key: string,
  content: Content,
  deps: AlertDeps,
): Promise<Draft | undefined> {
  const threadTs = await threadOf(alert, deps);
  return threadTs ? { key, channel: alert.channel, threadTs, priority: PRIORITY.mention, content } : undefined;
}
