/** Which of a storm's alerts still wait for somebody, and from when the storm's reminders count: pure. */

import type { Alert } from '../../domain/alert.ts';

export function isUntaken(alert: Alert): boolean {
  return alert.resolvedAt === undefined && alert.acknowledgedAt === undefined;
}

/**
 * From when the intervals count, epoch ms: the first alert that joined after the last acknowledgement, whose giver is at
 * work on what there was until then; or the first one after the last of the reminders from there. Undefined where
 * everything since then has been taken or is over.
 */
export function untakenSince(members: readonly Alert[], lastsMs: number): number | undefined {
  const taken = members.reduce((most, { acknowledgedAt }) => Math.max(most, acknowledgedAt ?? -Infinity), -Infinity);
  // All of them, also those that are over: one that ends must not begin the intervals anew.
  const later = members.filter(({ mentionedAt }) => mentionedAt > taken);
  if (!later.some(isUntaken)) return undefined;
  let since: number | undefined;
  for (const { mentionedAt } of later) {
    if (since === undefined || mentionedAt > since + lastsMs) since = mentionedAt;
  }
  return since;
}
