/** What a cover or a swap would change: whose pager goes to whom, on which schedule, from when to when. */

import type { CoverChange } from '../domain/cover.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';
import type { TimeSpan } from './read-when.ts';

export type Plan =
  | { readonly kind: 'plan'; readonly changes: readonly CoverChange[] }
  /** Nobody is on call then: a gap is not covered, it is filled in PagerDuty. */
  | { readonly kind: 'nobody' }
  /** Whoever is on call stands in the policy itself: there is no schedule to override. */
  | { readonly kind: 'no-schedule' }
  /** The one who would take over has the pager anyway. */
  | { readonly kind: 'already' }
  /** A swap: one of the two has no such shift. */
  | { readonly kind: 'no-shift'; readonly who: 'asker' | 'partner' };

type Held = Shift & { readonly scheduleId: string; readonly start: number; readonly end: number };

/** `asker`'s own shifts where they hold any then, else everybody's on the first level that has a schedule. */
export function planCover(
  shifts: readonly Shift[],
  { start, end }: TimeSpan,
  asker: Responder,
  taker: Responder,
): Plan {
  const then = shifts.filter((shift) => (shift.start ?? -Infinity) < end && (shift.end ?? Infinity) > start);
  const held = then.filter(isHeld);
  const level = Math.min(...held.map((shift) => shift.level));
  const own = asker.id === taker.id ? [] : held.filter(({ responder }) => responder.id === asker.id);
  const ownLevel = Math.min(...own.map((shift) => shift.level));
  const replaced =
    own.length > 0 ? own.filter((shift) => shift.level === ownLevel) : held.filter((shift) => shift.level === level);
  if (replaced.length === 0) return { kind: then.some((shift) => shift.level === 1) ? 'no-schedule' : 'nobody' };
  const changes = replaced
    .filter(({ responder }) => responder.id !== taker.id)
    .map((shift) => changeOf({ ...shift, start: Math.max(shift.start, start), end: Math.min(shift.end, end) }, taker));
  return changes.length === 0 ? { kind: 'already' } : { kind: 'plan', changes: inOrder(changes) };
}

export interface SwapWish {
  readonly asker: Responder;
  readonly partner: Responder;
  /** Whether a shift is the one meant; without days the next one is. */
  readonly isAskers: (shift: TimeSpan) => boolean;
  readonly isPartners: (shift: TimeSpan) => boolean;
}

/** The asker's next shift for the partner's next one. */
export function planSwap(shifts: readonly Shift[], now: number, wish: SwapWish): Plan {
  const held = shifts.filter(isHeld).filter(({ start }) => start > now);
  const level = Math.min(...held.map((shift) => shift.level));
  const first = (who: Responder, isMeant: (shift: TimeSpan) => boolean) =>
    held.find((shift) => shift.level === level && shift.responder.id === who.id && isMeant(shift));
  const mine = first(wish.asker, wish.isAskers);
  if (!mine) return { kind: 'no-shift', who: 'asker' };
  const theirs = first(wish.partner, wish.isPartners);
  if (!theirs) return { kind: 'no-shift', who: 'partner' };
  return { kind: 'plan', changes: inOrder([changeOf(mine, wish.partner), changeOf(theirs, wish.asker)]) };
}

/** The shifts as they would be with the changes. */
export function withChanges(shifts: readonly Shift[], changes: readonly CoverChange[]): readonly Shift[] {
  return changes.reduce<readonly Shift[]>(
    (all, change) =>
      all.flatMap((shift): readonly Shift[] => {
        if (!isHeld(shift) || shift.scheduleId !== change.scheduleId || shift.responder.id !== change.from.id)
          return [shift];
        const [start, end] = [Math.max(shift.start, change.start), Math.min(shift.end, change.end)];
        if (start >= end) return [shift];
        const pieces = [
          { ...shift, end: start },
          { ...shift, start, end, responder: change.to },
          { ...shift, start: end },
        ];
        return pieces.filter((piece) => piece.end > piece.start);
      }),
    shifts,
  );
}

function isHeld(shift: Shift): shift is Held {
  return shift.scheduleId !== null && shift.start !== null && shift.end !== null;
}

function changeOf(shift: Held, to: Responder): CoverChange {
  return { scheduleId: shift.scheduleId, from: shift.responder, to, start: shift.start, end: shift.end };
}

/** One schedule may stand in the policy on several levels, and one shift be told once for each. */
function inOrder(changes: readonly CoverChange[]): readonly CoverChange[] {
  const unique = new Map(changes.map((change) => [JSON.stringify(change), change]));
  return [...unique.values()].toSorted((a, b) => a.start - b.start);
}
