/** The first level over time: who holds the pager from when to when, where nobody does, and what a new plan changes. */

import { onCallAt } from './on-call.ts';
import type { Shift } from './on-call.ts';
import type { Responder } from './responder.ts';

/** The same people from `from` up to `to`, epoch ms; nobody is a gap. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly people: readonly Responder[];
}

export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly before: readonly Responder[];
  readonly after: readonly Responder[];
}

/** Whoever is paged first at `instant`, by name. */
export function firstLevelAt(shifts: readonly Shift[], instant: number): readonly Responder[] {
  const first = onCallAt(shifts, instant).find(({ level }) => level === 1);
  return first?.shifts.map(({ responder }) => responder) ?? [];
}

/** From `from` to `to` without a hole; neighbours are never the same people. */
export function stretches(shifts: readonly Shift[], from: number, to: number): readonly Stretch[] {
  const found: Stretch[] = [];
  for (const [start, end] of pieces([shifts], from, to)) {
    const people = firstLevelAt(shifts, start);
    const last = found.at(-1);
    if (last && samePeople(last.people, people)) found[found.length - 1] = { ...last, to: end };
    else found.push({ from: start, to: end, people });
  }
  return found;
}

/** The first moment after `instant` at which other people hold the pager, at `until` the latest. */
export function nextChange(shifts: readonly Shift[], instant: number, until: number): Stretch | undefined {
  return stretches(shifts, instant, until)[1];
}

/** Where two plans name different people between `from` and `to`. */
export function differences(
  before: readonly Shift[],
  after: readonly Shift[],
  from: number,
  to: number,
): readonly Difference[] {
  const found: Difference[] = [];
  for (const [start, end] of pieces([before, after], from, to)) {
    const [was, is] = [firstLevelAt(before, start), firstLevelAt(after, start)];
    if (samePeople(was, is)) continue;
    const last = found.at(-1);
    if (last?.to === start && samePeople(last.before, was) && samePeople(last.after, is)) {
      found[found.length - 1] = { ...last, to: end };
    } else found.push({ from: start, to: end, before: was, after: is });
  }
  return found;
}

export function samePeople(a: readonly Responder[], b: readonly Responder[]): boolean {
  const ids = new Set(a.map(({ id }) => id));
  return ids.size === b.length && b.every(({ id }) => ids.has(id));
}

/** The window cut wherever a shift of the first level begins or ends. */
function pieces(
  plans: readonly (readonly Shift[])[],
  from: number,
  to: number,
): readonly (readonly [number, number])[] {
  const edges = plans
    .flat()
    .filter(({ level }) => level === 1)
    .flatMap(({ start, end }) => [start, end])
    .filter((edge): edge is number => edge !== null && edge > from && edge < to);
  const cuts = [...new Set([from, ...edges, to])].toSorted((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => [start, cuts[index + 1] ?? to] as const);
}
