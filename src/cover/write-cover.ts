/** Writes a cover's overrides into PagerDuty, all of them or none, and takes them out again. */

import type { Cover, CoverChange } from '../domain/cover.ts';
import { endOf, startOf } from '../domain/cover.ts';
import { PagerError } from '../ports/pager.ts';
import type { Acting } from '../ports/pager.ts';
import type { RenderedSchedule } from '../ports/pager-schedules.ts';
import type { CoverDeps } from './deps.ts';

export type Written =
  | { readonly kind: 'written'; readonly changes: readonly CoverChange[] }
  /** Somebody else holds the pager then by now; nothing was written. */
  | { readonly kind: 'changed-meanwhile' }
  /** Nothing of it stands; `reason` is PagerDuty's. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** PagerDuty does not answer: it may stand or not, and another try will see. */
  | { readonly kind: 'unknown' }
  /** Some of it stands and could not be taken back. */
  | { readonly kind: 'half'; readonly reason: string; readonly changes: readonly CoverChange[] };

/** Looks first: what stands already, after a lost answer, is not written twice. */
export async function writeCover(cover: Cover, acting: Acting, deps: CoverDeps): Promise<Written> {
  const done: CoverChange[] = [];
  try {
    const schedules = await renderedOf(cover, deps);
    const standing = await standingOf(cover.changes, schedules, deps);
    const changes = cover.changes.filter((change) => !holds(schedules, change, change.to.id));
    if (!changes.every((change) => holds(schedules, change, change.from.id))) return { kind: 'changed-meanwhile' };
    for (const schedule of schedules) {
      const own = changes.filter(({ scheduleId }) => scheduleId === schedule.id);
      if (own.length === 0) continue;
      const outcomes = await deps.schedules.override(schedule, own, acting);
      const refused = outcomes.find((outcome) => outcome.kind === 'refused');
      outcomes.forEach((outcome, index) => {
        const change = own[index];
        if (outcome.kind === 'made' && change) done.push({ ...change, override: outcome.override });
      });
      if (refused) return await takeBack(done, refused.reason, acting, deps);
    }
    return { kind: 'written', changes: inOrder([...standing, ...done]) };
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn({ err: error, cover: cover.id }, 'cover could not be written');
    return error.code === 'unavailable'
      ? afterSilence(cover, done, error.message, acting, deps)
      : takeBack(done, error.message, acting, deps);
  }
}

/** The answer was lost: PagerDuty is asked what has become of it. */
async function afterSilence(
  cover: Cover,
  done: readonly CoverChange[],
  reason: string,
  acting: Acting,
  deps: CoverDeps,
): Promise<Written> {
  try {
    const schedules = await renderedOf(cover, deps);
    const standing = await standingOf(cover.changes, schedules, deps);
    if (standing.length === cover.changes.length) return { kind: 'written', changes: inOrder(standing) };
    return await takeBack(standing.length > 0 ? standing : done, reason, acting, deps);
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    return { kind: 'unknown' };
  }
}

/** The changes that stand in PagerDuty, each with its override. */
async function standingOf(
  changes: readonly CoverChange[],
  schedules: readonly RenderedSchedule[],
  deps: CoverDeps,
): Promise<readonly CoverChange[]> {
  const standing: CoverChange[] = [];
  for (const change of changes) {
    const schedule = schedules.find(({ id }) => id === change.scheduleId);
    if (!schedule || !holds(schedules, change, change.to.id)) continue;
    const override = await deps.schedules.standing(schedule, change);
    standing.push({ ...change, ...(override ? { override } : {}) });
  }
  return standing;
}

function inOrder(changes: readonly CoverChange[]): readonly CoverChange[] {
  return changes.toSorted((a, b) => a.start - b.start);
}

async function takeBack(
  done: readonly CoverChange[],
  reason: string,
  acting: Acting,
  deps: CoverDeps,
): Promise<Written> {
  const left = await removeAll(done, acting, deps);
  if (left.length === 0) return { kind: 'refused', reason };
  deps.log.error({ left }, 'part of a cover stands in PagerDuty and could not be taken back');
  return { kind: 'half', reason, changes: left };
}

/** Gives those that could not be removed. */
export async function removeAll(
  changes: readonly CoverChange[],
  acting: Acting,
  deps: CoverDeps,
): Promise<readonly CoverChange[]> {
  const left: CoverChange[] = [];
  for (const change of changes) {
    if (!change.override) continue;
    try {
      await deps.schedules.removeOverride(change.scheduleId, change.override, acting);
    } catch (error) {
      if (!(error instanceof PagerError)) throw error;
      deps.log.warn({ err: error, schedule: change.scheduleId }, 'override could not be removed');
      left.push(change);
    }
  }
  return left;
}

async function renderedOf(cover: Cover, deps: CoverDeps): Promise<readonly RenderedSchedule[]> {
  const ids = [...new Set(cover.changes.map(({ scheduleId }) => scheduleId))];
  const rendered: RenderedSchedule[] = [];
  for (const id of ids) rendered.push(await deps.schedules.rendered(id, startOf(cover), endOf(cover)));
  return rendered;
}

/** Whether that person holds the schedule for the whole of the change. */
function holds(schedules: readonly RenderedSchedule[], change: CoverChange, responderId: string): boolean {
  const own = (schedules.find(({ id }) => id === change.scheduleId)?.shifts ?? [])
    .filter((shift) => shift.responderId === responderId)
    .toSorted((a, b) => a.start - b.start);
  // Seconds are all that PagerDuty keeps.
  let at = Math.ceil(change.start / 1000) * 1000;
  for (const { start, end } of own) if (start <= at && end > at) at = end;
  return at >= Math.floor(change.end / 1000) * 1000;
}
