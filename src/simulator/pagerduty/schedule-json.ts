/** The REST shapes of schedules: layer-based (v2) and shift-based (v3). */
import { apiHome, type Account } from './account.ts';
import { full, type Json } from './directory-json.ts';
import { writeInstant } from './instants.ts';
import { policyReference, scheduleReference, userReference } from './references.ts';
import { coverage, gaps, overlaps, shiftsOf, type Period, type Shift } from './rosters.ts';
import type { CustomShiftRecord, OverrideRecord, ScheduleRecord } from './records.ts';

function scheduleUsers(schedule: ScheduleRecord): string[] {
  return [...new Set([...(schedule.rotation?.users ?? []), ...schedule.shifts.map((shift) => shift.user)])];
}

function scheduleContext(account: Account, schedule: ScheduleRecord): Json {
  const policies = [...account.policies.values()].filter((policy) =>
    policy.levels.some((level) =>
      level.targets.some((target) => 'schedule' in target && target.schedule === schedule.id),
    ),
  );
  return {
    name: schedule.name,
    time_zone: schedule.timeZone,
    description: null,
    escalation_policies: policies.map((policy) => policyReference(account, policy.id)),
    users: scheduleUsers(schedule).map((user) => userReference(account, user)),
    teams: [],
  };
}

const cut = <T extends { start: number; end: number }>(shift: T, period: Period): T => ({
  ...shift,
  start: Math.max(shift.start, period.since),
  end: Math.min(shift.end, period.until),
});

function rendered(
  account: Account,
  shifts: readonly { start: number; end: number; user: string }[],
  zone: string,
): Json[] {
  return shifts.map(({ start, end, user }) => ({
    start: writeInstant(start, zone),
    end: writeInstant(end, zone),
    user: userReference(account, user),
  }));
}

export function scheduleJson(
  account: Account,
  id: string,
  parts: readonly string[] = [],
  period?: Period,
  zone?: string,
): Json {
  const schedule = account.schedule(id);
  const base = full(scheduleReference(account, id), 'schedule', scheduleContext(account, schedule));
  const inZone = zone ?? schedule.timeZone;
  const sub = (name: string, shifts: readonly { start: number; end: number; user: string }[]): Json => ({
    name,
    rendered_schedule_entries: rendered(account, shifts, inZone),
    rendered_coverage_percentage: period ? coverage(shifts as readonly Shift[], period) : null,
  });
  const within = (shifts: readonly Shift[]): Shift[] => (period ? shifts.map((shift) => cut(shift, period)) : []);
  const layers = (): Json[] => {
    if (!schedule.rotation) return [];
    const bare = period ? shiftsOf({ ...schedule, overrides: [], shifts: [] }, period) : [];
    const { handoff, everySeconds, users, id: layer } = schedule.rotation;
    return [
      {
        ...sub('Layer 1', within(bare)),
        id: layer,
        start: writeInstant(handoff, inZone),
        end: null,
        rotation_virtual_start: writeInstant(handoff, inZone),
        rotation_turn_length_seconds: everySeconds,
        users: users.map((user) => ({ user: userReference(account, user) })),
        restrictions: [],
      },
    ];
  };
  const overrides = period
    ? schedule.overrides.filter((one) => overlaps(one, period)).map((one) => cut(one, period))
    : [];
  return {
    ...base,
    ...(parts.includes('schedule_layers') ? { schedule_layers: layers() } : {}),
    ...(parts.includes('overrides_subschedule') ? { overrides_subschedule: sub('Overrides', overrides) } : {}),
    ...(parts.includes('final_schedule')
      ? { final_schedule: sub('Final Schedule', period ? within(shiftsOf(schedule, period)) : []) }
      : {}),
  };
}

export function shiftScheduleJson(account: Account, id: string, final?: Period, zone?: string): Json {
  const schedule = account.schedule(id);
  const { type: _type, summary: _summary, ...named } = scheduleReference(account, id);
  const { users: _users, ...context } = scheduleContext(account, schedule);
  return {
    ...named,
    type: 'schedule_v3',
    ...context,
    rotations: schedule.rotation
      ? [
          {
            id: schedule.rotation.id,
            type: 'schedule_rotation',
            self: `${named.self}/rotations/${schedule.rotation.id}`,
          },
        ]
      : [],
    ...(final ? { final_schedule: finalSchedule(schedule, final, zone) } : {}),
  };
}

/** Unlike a layer-based schedule it names only user ids, lists concurrent members, and shows gaps as empty members. */
function finalSchedule(schedule: ScheduleRecord, period: Period, zone?: string): Json {
  const shifts = shiftsOf(schedule, period).map((shift) => cut(shift, period));
  const assignment = (start: number, end: number, member: Json, source: object): Json => ({
    type: 'computed_shift_assignment',
    start_time: writeInstant(start, zone),
    end_time: writeInstant(end, zone),
    member,
    source,
  });
  const rotation = schedule.rotation ? { rotation_id: schedule.rotation.id } : {};
  const empty = gaps(shifts, period).map(({ since, until }) => ({
    at: since,
    json: assignment(since, until, { type: 'empty_member' }, { type: 'schedule_rotation', ...rotation }),
  }));
  const held = shifts.map(({ start, end, user, source }) => ({
    at: start,
    json: assignment(start, end, { type: 'user_member', user_id: user }, source),
  }));
  return {
    type: 'final_schedule',
    rendered_coverage_percentage: coverage(shifts, period),
    computed_shift_assignments: [...held, ...empty].toSorted((a, b) => a.at - b.at).map((one) => one.json),
  };
}

export function overrideJson(account: Account, override: OverrideRecord, zone?: string): Json {
  return {
    id: override.id,
    start: writeInstant(override.start, zone),
    end: writeInstant(override.end, zone),
    user: userReference(account, override.user),
  };
}

export function shiftOverrideJson(schedule: string, override: OverrideRecord): Json {
  return {
    id: override.id,
    type: 'override_shift',
    ...(override.rotation === undefined ? {} : { rotation_id: override.rotation }),
    ...(override.customShift === undefined ? {} : { custom_shift_id: override.customShift }),
    start_time: writeInstant(override.start),
    end_time: writeInstant(override.end),
    overridden_member: override.replaces
      ? { type: 'user_member', user_id: override.replaces }
      : { type: 'empty_member' },
    overriding_member: { type: 'user_member', user_id: override.user },
    self: `${apiHome}/v3/schedules/${schedule}/overrides/${override.id}`,
  };
}

export function customShiftJson(schedule: string, shift: CustomShiftRecord): Json {
  return {
    id: shift.id,
    type: 'custom_shift',
    start_time: writeInstant(shift.start),
    end_time: writeInstant(shift.end),
    assignments: [
      { id: `${shift.id}A`, type: 'shift_assignment', member: { type: 'user_member', user_id: shift.user } },
    ],
    self: `${apiHome}/v3/schedules/${schedule}/custom_shifts/${shift.id}`,
  };
}
