/** A window of time cut where the people on call change. */

import { onCallAt } from './on-call.ts';
import type { Shift } from './on-call.ts';

/** A part in which the same people are on call. Epoch ms. */
export interface DutyPart {
  readonly from: number;
  readonly to: number;
  /** Empty = a gap. */
  readonly shifts: readonly Shift[];
}

/** Who is on level 1 from `from` to `to`. */
export function firstLevelParts(shifts: readonly Shift[], from: number, to: number): readonly DutyPart[] {
  const first = shifts.filter(({ level }) => level === 1);
  return dutyParts(first, from, to);
}

/** Who holds the given shifts, without a hole; parts that follow each other with the same people are one. */
export function dutyParts(shifts: readonly Shift[], from: number, to: number): readonly DutyPart[] {
  const first = shifts.filter(({ start, end }) => (start ?? 0) < to && (end ?? Infinity) > from);
  const edges = first
    .flatMap(({ start, end }) => [start, end])
    .filter((edge): edge is number => edge !== null && edge > from && edge < to);
  const starts = [...new Set([from, ...edges])].toSorted((a, b) => a - b);
  const parts: DutyPart[] = [];
  starts.forEach((start, index) => {
    const people = onCallAt(first, start)[0]?.shifts ?? [];
    const end = starts[index + 1] ?? to;
    const before = parts.at(-1);
    if (before && sameWords(before.shifts, people)) parts[parts.length - 1] = { ...before, to: end };
    else parts.push({ from: start, to: end, shifts: people });
  });
  return parts;
}

function sameWords(one: readonly Shift[], other: readonly Shift[]): boolean {
  const people = (shifts: readonly Shift[]) => shifts.map(({ responder }) => responder.id).join(' ');
  return people(one) === people(other);
}
