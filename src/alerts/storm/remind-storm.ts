/** Reminds the on-call of a storm while nobody has acknowledged any of its alerts: one reminder for all of them. */

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

const KIND = 'storm.remind';

export async function planStormReminder(storm: Storm, deps: AlertDeps): Promise<void> {
  const due = nextDue(storm.beganAt, Math.max(storm.beganAt, deps.clock.now()), rulesOf(storm, deps));
  if (due === undefined || storm.mention.hush || storm.mention.targets.length === 0) return;
  await deps.timers.set({ key: `storm:${storm.id}:remind`, kind: KIND, dueAt: due, payload: storm.id });
}

export function registerStormReminders(timers: Timers, deps: AlertDeps): void {
  timers.on(KIND, (timer) => remind(timer, deps));
}

async function remind({ payload: stormId }: Timer, deps: AlertDeps): Promise<void> {
  const storm = await deps.storms.store.byId(stormId);
  if (!storm) return;
  const members = await deps.storms.store.members(stormId);
  // Whoever acknowledged one of them is at work on the flood.
  if (members.some(({ acknowledgedAt }) => acknowledgedAt !== undefined)) return;
  const open = members.filter(({ resolvedAt }) => resolvedAt === undefined);
  if (open.length === 0) return;
  const now = deps.clock.now();
  const rules = rulesOf(storm, deps);
  const step = stepDue(storm.beganAt, now, rules);
  const threadTs = await deps.outbox.sentTs(stormKey(stormId));
  if (step !== undefined && threadTs && !isTooOld(storm.beganAt, now, rules)) {
    const words = STORM_WORDS[deps.style.locale];
    const after = span(now - storm.beganAt, deps.style.locale);
    await deps.outbox.post({
      key: `storm:${stormId}:remind:${step}`,
      channel: storm.channel,
      threadTs,
      priority: PRIORITY.mention,
      content: { text: words.remind(mentionText(storm.mention.targets), open.length, after) },
    });
  }
  await planStormReminder(storm, deps);
}

function rulesOf(storm: Storm, deps: AlertDeps): RemindRules {
  return deps.watch.channel(storm.channel)?.remind ?? deps.remind;
}
