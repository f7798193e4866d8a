/** The stretches of time in which nobody is on call. */

export interface Span {
  /** Epoch ms; null = always. */
  readonly start: number | null;
  /** Exclusive. */
  readonly end: number | null;
}

export interface Gap {
  readonly start: number;
  readonly end: number;
}

/** PagerDuty cuts shifts at whole minutes; a shorter hole is none. */
const SHORTEST_MS = 60_000;

/** What of [since, until) no span covers, in order. */
export function gapsIn(spans: readonly Span[], since: number, until: number): readonly Gap[] {
  const gaps: Gap[] = [];
  let covered = since;
  const sorted = spans.toSorted((a, b) => (a.start ?? -Infinity) - (b.start ?? -Infinity));
  for (const { start, end } of [...sorted, { start: until, end: until }]) {
    const from = Math.min(start ?? -Infinity, until);
    if (from - covered >= SHORTEST_MS) gaps.push({ start: covered, end: from });
    covered = Math.max(covered, end ?? Infinity);
  }
  return gaps;
}
