/** Who is on call when: shifts computed from rotations, entries and overrides of both kinds of schedule. */
import { fromWall, toWall } from './instants.ts';
import type { OverrideRecord, RotationRecord, ScheduleRecord } from './records.ts';

export const day = 86_400_000;
/** On-call shifts end at most this far ahead. */
export const horizon = 90 * day;

export interface ShiftSource {
  readonly type: 'schedule_rotation' | 'custom_shift' | 'schedule_rotation_override' | 'custom_shift_override';
  readonly rotation_id?: string;
  readonly shift_id?: string;
  readonly override_id?: string;
}

export interface Shift {
  readonly start: number;
  readonly end: number;
  readonly user: string;
  readonly source: ShiftSource;
}

export interface Period {
  readonly since: number;
  readonly until: number;
}

/** An empty period is an instant: whatever holds at it overlaps it. */
export function overlaps(shift: { readonly start: number; readonly end: number }, period: Period): boolean {
  return shift.start < Math.max(period.until, period.since + 1) && shift.end > period.since;
}

/** Turns of whole days change over at the same time on the wall, also across a change of the clocks. */
function turnStart(rotation: RotationRecord, index: number, zone: string): number {
  const every = rotation.everySeconds * 1000;
  if (every % day !== 0) return rotation.handoff + index * every;
  return fromWall(toWall(rotation.handoff, zone) + index * every, zone);
}

function rotationTurns(rotation: RotationRecord, zone: string, period: Period): Shift[] {
  const source: ShiftSource = { type: 'schedule_rotation', rotation_id: rotation.id };
  const [only] = rotation.users;
  if (only === undefined) return [];
  if (rotation.users.length === 1) {
    return [{ start: rotation.handoff, end: Math.max(period.until, rotation.handoff) + horizon, user: only, source }];
  }
  const every = rotation.everySeconds * 1000;
  const margin = rotation.users.length + 1;
  const first = Math.max(0, Math.floor((period.since - rotation.handoff) / every) - margin);
  const last = Math.ceil((period.until - rotation.handoff) / every) + margin;
  const turns: Shift[] = [];
  for (let index = first; index < last; index++) {
    const user = rotation.users[index % rotation.users.length] ?? only;
    turns.push({ start: turnStart(rotation, index, zone), end: turnStart(rotation, index + 1, zone), user, source });
  }
  return turns;
}

function plannedShifts(schedule: ScheduleRecord, period: Period): Shift[] {
  const turns = schedule.rotation ? rotationTurns(schedule.rotation, schedule.timeZone, period) : [];
  const fixed = schedule.shifts.map(({ id, user, start, end }): Shift => {
    return { start, end, user, source: { type: 'custom_shift', shift_id: id } };
  });
  return [...turns, ...fixed];
}

const lastCovering = <T extends { start: number; end: number }>(all: readonly T[], at: number): T | undefined =>
  all.findLast((one) => one.start <= at && one.end > at);

/** Layers: one person at a time, the last override on top of everything. */
function layerShifts(schedule: ScheduleRecord, period: Period): Shift[] {
  const planned = plannedShifts(schedule, period);
  const edges = [...planned, ...schedule.overrides].flatMap(({ start, end }) => [start, end]);
  const sorted = [...new Set(edges)].toSorted((a, b) => a - b);
  const shifts: Shift[] = [];
  sorted.forEach((start, index) => {
    const end = sorted[index + 1];
    const plan = lastCovering(planned, start);
    const user = lastCovering(schedule.overrides, start)?.user ?? plan?.user;
    if (end === undefined || user === undefined) return;
    const before = shifts.at(-1);
    const source = plan?.source ?? { type: 'schedule_rotation' };
    if (before?.user === user && before.end === start) shifts[shifts.length - 1] = { ...before, end };
    else shifts.push({ start, end, user, source });
  });
  return shifts;
}

function replaced(shift: Shift, override: OverrideRecord): Shift[] {
  const { rotation_id: rotation, shift_id: custom } = shift.source;
  const wrongPlace =
    (override.rotation !== undefined && override.rotation !== rotation) ||
    (override.customShift !== undefined && override.customShift !== custom);
  const wrongPerson = override.replaces !== undefined && override.replaces !== shift.user;
  if (wrongPlace || wrongPerson || override.start >= shift.end || override.end <= shift.start) return [shift];
  const type: ShiftSource['type'] = rotation === undefined ? 'custom_shift_override' : 'schedule_rotation_override';
  const start = Math.max(shift.start, override.start);
  const end = Math.min(shift.end, override.end);
  return [
    { ...shift, end: start },
    { start, end, user: override.user, source: { ...shift.source, type, override_id: override.id } },
    { ...shift, start: end },
  ].filter((piece) => piece.end > piece.start);
}

/** Every shift that overlaps the period, whole (not cut to the period), by start. Shift-based ones may be concurrent. */
export function shiftsOf(schedule: ScheduleRecord, period: Period): Shift[] {
  const shifts =
    schedule.kind === 'layers'
      ? layerShifts(schedule, period)
      : schedule.overrides.reduce(
          (all, override) => all.flatMap((shift) => replaced(shift, override)),
          plannedShifts(schedule, period),
        );
  return shifts.filter((shift) => overlaps(shift, period)).toSorted((a, b) => a.start - b.start);
}

export function usersOnCall(schedule: ScheduleRecord, at: number): string[] {
  return [...new Set(shiftsOf(schedule, { since: at, until: at }).map((shift) => shift.user))];
}

/** The parts of the period that nobody covers. */
export function gaps(shifts: readonly Shift[], period: Period): Period[] {
  const found: Period[] = [];
  let at = period.since;
  for (const shift of shifts) {
    if (shift.start > at) found.push({ since: at, until: Math.min(shift.start, period.until) });
    at = Math.max(at, shift.end);
  }
  if (at < period.until) found.push({ since: at, until: period.until });
  return found.filter((gap) => gap.until > gap.since);
}

/** How much of the period somebody covers, in per cent. */
export function coverage(shifts: readonly Shift[], period: Period): number {
  const length = period.until - period.since;
  if (length <= 0) return 0;
  const uncovered = gaps(shifts, period).reduce((sum, gap) => sum + gap.until - gap.since, 0);
  return Math.round(((length - uncovered) / length) * 1000) / 10;
}
