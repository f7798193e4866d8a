/** Who holds the pager: shifts on escalation levels, and the pure rule that reads an instant from them. */

import type { Responder } from './responder.ts';

/** One person on one escalation level for one span of time. */
export interface Shift {
  readonly responder: Responder;
  /** Escalation level, 1 is paged first. */
  readonly level: number;
  /** Epoch ms, or null for a person who stands in the policy itself and is always on call (PLATFORMS: permanent). */
  readonly start: number | null;
  /** Epoch ms, exclusive: the boundary instant belongs to the next shift (H-02). */
  readonly end: number | null;
  readonly scheduleId: string | null;
}

/** What is known of a team's on-call, and when PagerDuty last confirmed it. */
export interface Roster {
  readonly team: string;
  readonly shifts: readonly Shift[];
  /** Epoch ms. */
  readonly confirmedAt: number;
}

/** Everybody on call on one level at one instant. */
export interface OnCallLevel {
  readonly level: number;
  readonly shifts: readonly Shift[];
}

/**
 * The levels on call at `instant` (epoch ms), lowest level first, each person once a level.
 * Of several shifts of one person on one level the one that lasts longest counts.
 */
export function onCallAt(shifts: readonly Shift[], instant: number): readonly OnCallLevel[] {
  const levels = new Map<number, Map<string, Shift>>();
  for (const shift of shifts) {
    if (shift.start !== null && shift.start > instant) continue;
    if (shift.end !== null && shift.end <= instant) continue;
    const people = levels.get(shift.level) ?? new Map<string, Shift>();
    levels.set(shift.level, people);
    const known = people.get(shift.responder.id);
    if (!known || outlasts(shift, known)) people.set(shift.responder.id, shift);
  }
  return [...levels.entries()]
    .sort(([a], [b]) => a - b)
    .map(([level, people]) => ({ level, shifts: [...people.values()].sort(byName) }));
}

function outlasts(shift: Shift, other: Shift): boolean {
  return (shift.end ?? Infinity) > (other.end ?? Infinity);
}

function byName(a: Shift, b: Shift): number {
  return a.responder.name < b.responder.name ? -1 : a.responder.name > b.responder.name ? 1 : 0;
}
