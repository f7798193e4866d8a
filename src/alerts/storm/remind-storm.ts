/** Reminds the on-call of a storm while alerts of it wait that came after the last acknowledgement: once for all. */

import type { Alert } from '../../domain/alert.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Storm } from '../../ports/storm-store.ts';
import type { Timer, Timers } from '../../ports/timers.ts';
import type { AlertDeps } from '../deps.ts';
import { mentionText } from '../mention-text.ts';
import { isTooOld, nextDue, stepDue } from '../reminders/due.ts';
import type { RemindRules } from '../reminders/due.ts';
import { span } from '../../domain/local-time.ts';
import { STORM_WORDS } from './messages.ts';
import { stormKey } from './storm-key.ts';
import { isUntaken, untakenSince } from './untaken.ts';

const KIND = 'storm.remind';

export async function planStormReminder(storm: Storm, since: number, deps: AlertDeps): Promise<void> {
  const due = nextDue(since, Math.max(since, deps.clock.now()), rulesOf(storm, deps));
  if (due === undefined || !calls(storm)) return;
  await deps.timers.set({ key: reminderKey(storm), kind: KIND, dueAt: due, payload: storm.id });
}

/** Begins the intervals anew for what joined after the last reminder or acknowledgement; takes nothing away. */
export async function planForLater(storm: Storm, members: readonly Alert[], deps: AlertDeps): Promise<void> {
  const rules = rulesOf(storm, deps);
  const since = untakenSince(members, lastsMs(rules));
  // Once the first of them is due, each reminder sets the next.
  if (since === undefined || stepDue(since, deps.clock.now(), rules) !== undefined) return;
  await planStormReminder(storm, since, deps);
}

/** After a start: what fell due in the meantime comes at once, and once by its key. */
export async function resumeStormReminder(storm: Storm, deps: AlertDeps): Promise<void> {
  const rules = rulesOf(storm, deps);
  const since = untakenSince(await deps.storms.store.members(storm.id), lastsMs(rules));
  if (since === undefined || !calls(storm)) return;
  if (stepDue(since, deps.clock.now(), rules) === undefined) return planStormReminder(storm, since, deps);
  await deps.timers.set({ key: reminderKey(storm), kind: KIND, dueAt: deps.clock.now(), payload: storm.id });
}

export function registerStormReminders(timers: Timers, deps: AlertDeps): void {
  timers.on(KIND, (timer) => remind(timer, deps));
}

async function remind({ payload: stormId }: Timer, deps: AlertDeps): Promise<void> {
  const storm = await deps.storms.store.byId(stormId);
  if (!storm) return;
  const members = await deps.storms.store.members(stormId);
  const rules = rulesOf(storm, deps);
  const since = untakenSince(members, lastsMs(rules));
  if (since === undefined) return;
  const now = deps.clock.now();
  const step = stepDue(since, now, rules);
  const threadTs = await deps.outbox.sentTs(stormKey(stormId));
  if (step !== undefined && threadTs && !isTooOld(since, now, rules)) {
    const words = STORM_WORDS[deps.style.locale];
    const after = span(now - since, deps.style.locale);
    const count = members.filter(isUntaken).length;
    await deps.outbox.post({
      key: `storm:${stormId}:remind:${since}:${step}`,
      channel: storm.channel,
      threadTs,
      priority: PRIORITY.mention,
      content: { text: words.remind(mentionText(storm.mention.targets), count, after) },
    });
  }
  await planStormReminder(storm, since, deps);
}

function reminderKey({ id }: Storm): string {
  return `storm:${id}:remind`;
}

function calls({ mention }: Storm): boolean {
  return !mention.hush && mention.targets.length > 0;
}

/** How long the reminders go on. */
function lastsMs({ afterMs, withinMs }: RemindRules): number {
  return afterMs.findLast((after) => after <= withinMs) ?? 0;
}

function rulesOf(storm: Storm, deps: AlertDeps): RemindRules {
  return deps.watch.channel(storm.channel)?.remind ?? deps.remind;
}
