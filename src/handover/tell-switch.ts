/** At the switch whoever works on an open alert learns in its thread who has the pager now. */

import { PRIORITY } from '../ports/chat.ts';
import type { HandoverDeps } from './deps.ts';
import { joined, mentionOf, nameOf } from './post-lines.ts';
import type { ShiftChange } from './watch-shifts.ts';
import { sideMessages } from './side-messages.ts';

/** Older alerts that page nobody any more stand in the handover; a storm's threads are not all told. */
const OPEN_FOR_MS = 24 * 3_600_000;
const MOST_THREADS = 5;
const ROWS = 1000;

export async function tellSwitch(payload: string, deps: HandoverDeps): Promise<void> {
  const change = JSON.parse(payload) as ShiftChange;
  if (change.incoming.length === 0) return;
  const { style, outbox, clock } = deps;
  const words = sideMessages[style.locale];
  const from = change.outgoing.map((one) => nameOf(one, style));
  const to = change.incoming.map((one) => mentionOf(one, style));
  const text = words.switched(joined(from, style) || words.nobodyBefore, joined(to, style));
  const { alerts } = deps;
  const open = [...(await alerts.open(clock.now() - OPEN_FOR_MS, ROWS)), ...(await alerts.paging(ROWS))];
  const own = new Map(open.filter(({ team }) => team === change.team).map((one) => [one.id, one]));
  const newest = [...own.values()].toSorted((a, b) => b.firedAt - a.firedAt);
  for (const { id, channel, ts } of newest.slice(0, MOST_THREADS)) {
    if (ts === undefined) continue;
    const key = `handover:switch:${change.key}:${id}`;
    await outbox.post({ key, channel, threadTs: ts, priority: PRIORITY.state, content: { text } });
  }
}
