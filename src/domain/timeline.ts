/** The rows of an incident's timeline, and the order in which they are read (L-02, L-04). */

import type { Person } from './alert.ts';

/** 発生, 発見, 対応, 復旧: what the row tells of. */
export const TIMELINE_STATES = ['happened', 'found', 'action', 'recovered'] as const;
export type TimelineState = (typeof TIMELINE_STATES)[number];

export interface TimelineEntry {
  /** Where it comes from; unique in its incident: `event:12`, `message:C1:1764…`. */
  readonly key: string;
  readonly state: TimelineState;
  /** Epoch ms. */
  readonly at: number;
  /** Absent where nobody did it: an alert fires by itself. */
  readonly by?: Person;
  /** Foreign text, unescaped. */
  readonly text: string;
  /** Where it was said or seen. */
  readonly url?: string;
  /** What the time was before somebody corrected it, epoch ms. */
  readonly movedFrom?: number;
}

/** By time; what happened at the same time keeps the order of the states, then the order in which it was kept. */
export function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  const rank = (state: TimelineState) => TIMELINE_STATES.indexOf(state);
  return entries.toSorted((a, b) => a.at - b.at || rank(a.state) - rank(b.state));
}

/** When it began, was noticed and was over, as far as the timeline says. */
export interface Span {
  readonly happenedAt?: number;
  readonly foundAt?: number;
  readonly recoveredAt?: number;
}

export function spanOf(entries: readonly TimelineEntry[]): Span {
  const sorted = inOrder(entries);
  const happened = sorted.find(({ state }) => state === 'happened');
  const found = sorted.find(({ state }) => state === 'found');
  const recovered = sorted.findLast(({ state }) => state === 'recovered');
  return {
    ...(happened ? { happenedAt: happened.at } : {}),
    ...(found ? { foundAt: found.at } : {}),
    ...(recovered ? { recoveredAt: recovered.at } : {}),
  };
}
