/** Reminds the on-call of an alert that nobody has acknowledged, until somebody does. */

import type { Alert } from '../../domain/alert.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { wait } from '../../ports/clock.ts';
import type { Timer, Timers } from '../../ports/timers.ts';
import { threadOf } from '../deps.ts';
import type { AlertDeps } from '../deps.ts';
import { planExhausted } from '../paging/plan-exhausted.ts';
import { callInStorm } from '../storm/call-in-storm.ts';
import { callsFor } from '../watch.ts';
import { isTooOld, nextDue, stepDue } from './due.ts';
import type { RemindRules } from './due.ts';
import { reminderContent } from './views.ts';
import { whomToRemind } from './whom.ts';

const KIND = 'alert.remind';
/** Whoever was called so short ago is not told again. */
const JUST_TOLD_MS = 60_000;
/** A reminder waits so long at the most for PagerDuty to say whether somebody has acknowledged. */
const LOOK_WITHIN_MS = 5_000;

interface Plan {
  readonly alertId: string;
  /** From when the intervals count, epoch ms: the mention, or the end of an acknowledgement. */
  readonly since: number;
}

function rulesOf(alert: Alert, deps: AlertDeps): RemindRules {
  return deps.watch.channel(alert.channel)?.remind ?? deps.remind;
}

/**
 * Sets the timer of an alert's next reminder; `since` where the intervals count anew. Set before the alert is kept: a
 * process that dies in between has a timer that finds nothing, not an alert that nobody is reminded of.
 */
export async function planReminder(alert: Alert, deps: AlertDeps, since = alert.mentionedAt): Promise<void> {
  // The message of a storm reminds for all of its alerts.
  if (alert.mention.hush || alert.stormId !== undefined || !callsFor(alert, deps)) return;
  const due = nextDue(since, Math.max(since, deps.clock.now()), rulesOf(alert, deps));
  if (due === undefined) return;
  const plan: Plan = { alertId: alert.id, since };
  await deps.timers.set({ key: `alert:${alert.id}:remind`, kind: KIND, dueAt: due, payload: JSON.stringify(plan) });
}

/** What is to come after a first mention, should nobody take the alert. */
export async function planAfterMention(alert: Alert, deps: AlertDeps): Promise<void> {
  await planReminder(alert, deps);
  if (!alert.mention.hush && alert.stormId === undefined) await planExhausted(alert, Math.max(1, alert.level), deps);
}

export function registerReminders(timers: Timers, deps: AlertDeps): void {
  timers.on(KIND, (timer) => remind(timer, deps));
}

async function remind(timer: Timer, deps: AlertDeps): Promise<void> {
  const { alertId, since } = JSON.parse(timer.payload) as Plan;
  if (!(await isWaiting(alertId, deps))) return;
  // Somebody may have acknowledged on the phone a second ago. A PagerDuty that is slow or down holds up no reminder.
  await Promise.race([deps.lookNow(), wait(deps.clock, LOOK_WITHIN_MS)]);
  const alert = await isWaiting(alertId, deps);
  if (!alert) return;
  const rules = rulesOf(alert, deps);
  const now = deps.clock.now();
  const step = stepDue(since, now, rules);
  const threadTs = await threadOf(alert, deps);
  const told = (await deps.care.toldAt(alert.id)) ?? -Infinity;
  if (step !== undefined && threadTs && now - told >= JUST_TOLD_MS && !isTooOld(since, now, rules)) {
    const incident = alert.pagerIncidentId ? await deps.incidents.byId(alert.pagerIncidentId) : undefined;
    const content = reminderContent(whomToRemind(alert, incident, deps), now - since, deps.style);
    if ((await callInStorm(alert, `remind:${since}:${step}`, content, deps)) === 'apart') {
      const key = `remind:${alert.id}:${since}:${step}`;
      await deps.outbox.post({ key, channel: alert.channel, threadTs, priority: PRIORITY.mention, content });
    }
  }
  await planReminder(alert, deps, since);
}

/** The alert, where it still waits for somebody. */
export async function isWaiting(alertId: string, deps: AlertDeps): Promise<Alert | undefined> {
  const alert = await deps.store.byId(alertId);
  if (!alert || alert.acknowledgedAt !== undefined) return undefined;
  if (alert.resolvedAt === undefined) return alert;
  // The tool tells a recovery, but PagerDuty goes on calling.
  const incident = alert.pagerIncidentId ? await deps.incidents.byId(alert.pagerIncidentId) : undefined;
  return incident?.status === 'triggered' ? alert : undefined;
}
