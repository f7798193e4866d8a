/** When an alert that nobody takes is told of again: pure. */

export interface RemindRules {
  /** Milliseconds after the first mention, ascending; empty = never. */
  readonly afterMs: readonly number[];
  /** A reminder that is later than this after the mention helps nobody: it is dropped. */
  readonly withinMs: number;
}

/** The step that is due at `now`, the last of those whose time has come; undefined where there is none. */
export function stepDue(since: number, now: number, { afterMs }: RemindRules): number | undefined {
  const step = afterMs.findLastIndex((after) => since + after <= now);
  return step < 0 ? undefined : step;
}

/** When the next reminder after `now` is due, epoch ms. */
export function nextDue(since: number, now: number, { afterMs, withinMs }: RemindRules): number | undefined {
  const after = afterMs.find((one) => since + one > now && one <= withinMs);
  return after === undefined ? undefined : since + after;
}

export function isTooOld(since: number, now: number, { withinMs }: RemindRules): boolean {
  return now - since > withinMs;
}
