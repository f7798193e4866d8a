/** Routes of shift-based schedules (v3): a world of its own that answers 400 for a layer-based one. */
import type { Account } from './account.ts';
import { ApiError, notFound } from './api-error.ts';
import { Body } from './body.ts';
import { readInstant } from './instants.ts';
import { scheduleReference } from './references.ts';
import type { CustomShiftRecord, OverrideRecord, ScheduleRecord } from './records.ts';
import { created, ok, type Answer, type ApiRequest, type Query, type Route } from './route.ts';
import { overlaps } from './rosters.ts';
import { periodOf, removeOverride, requiredPeriod } from './schedule-routes.ts';
import { customShiftJson, shiftOverrideJson, shiftScheduleJson } from './schedule-json.ts';

function shiftSchedule({ account, params }: ApiRequest): ScheduleRecord {
  const schedule = account.schedule(params['id'] ?? '');
  if (schedule.kind === 'layers') {
    throw new ApiError(400, 2001, 'Invalid Request', {
      schedule: ['This is not a shift-based schedule; use the /schedules endpoints.'],
    });
  }
  return schedule;
}

function shiftPage<T>(
  query: Query,
  key: string,
  all: readonly T[],
  toJson: (one: T) => unknown,
  usual: number,
): object {
  const limit = query.whole('limit', usual, 1, usual === 100 ? 1000 : 100);
  const offset = query.whole('offset', 0, 0, 1_000_000);
  const items = all.slice(offset, offset + limit).map(toJson);
  return { [key]: items, limit, offset, more: all.length > offset + limit };
}

interface Times {
  readonly start: number;
  readonly end: number;
}

function readTimes(item: Body): Times | undefined {
  const start = readInstant(item.text('start_time') ?? '');
  const end = readInstant(item.text('end_time') ?? '');
  if (start === undefined) item.fault('start_time must be an ISO 8601 date.');
  if (end === undefined) item.fault('end_time must be an ISO 8601 date.');
  if (start === undefined || end === undefined) return undefined;
  if (end <= start) item.fault('end_time must be after start_time.');
  return { start, end };
}

function readMember(account: Account, item: Body, name: string): string | undefined {
  const member = item.object(name).only('type', 'user_id').require('type');
  const type = member.choice('type', ['user_member', 'empty_member']);
  if (type !== 'user_member') return undefined;
  const user = member.require('user_id').text('user_id');
  if (user === undefined || account.users.has(user)) return user;
  item.fault(`${name}.user_id is unknown.`);
  return undefined;
}

/** Everything in one request succeeds or fails together. */
function createOverrides(request: ApiRequest): Answer {
  const { account } = request;
  const schedule = shiftSchedule(request);
  const body = Body.read(request.body).only('overrides').require('overrides');
  const items = body.list('overrides');
  if (items.length === 0) body.fault('overrides cannot be empty.');
  const needed = ['type', 'start_time', 'end_time', 'overridden_member', 'overriding_member'];
  const overrides = items.map((item): OverrideRecord => {
    item.only('rotation_id', 'custom_shift_id', ...needed).require(...needed);
    item.choice('type', ['override_shift']);
    const rotation = item.text('rotation_id');
    const customShift = item.text('custom_shift_id');
    if ((rotation === undefined) === (customShift === undefined)) {
      item.fault('Exactly one of rotation_id and custom_shift_id is required.');
    }
    if (rotation !== undefined && rotation !== schedule.rotation?.id) item.fault('rotation_id is unknown.');
    if (customShift !== undefined && !schedule.shifts.some((shift) => shift.id === customShift)) {
      item.fault('custom_shift_id is unknown.');
    }
    const times = readTimes(item) ?? { start: 0, end: 0 };
    const replaces = readMember(account, item, 'overridden_member');
    const user = readMember(account, item, 'overriding_member') ?? '';
    if (replaces === undefined || user === '') item.fault('Both members must be user members.');
    return { id: account.nextId(), user, ...times, replaces, rotation, customShift };
  });
  body.check();
  schedule.overrides.push(...overrides);
  return created({ overrides: overrides.map((override) => shiftOverrideJson(schedule.id, override)) });
}

function createCustomShifts(request: ApiRequest): Answer {
  const { account } = request;
  const schedule = shiftSchedule(request);
  const body = Body.read(request.body).only('custom_shifts').require('custom_shifts');
  const items = body.list('custom_shifts');
  if (items.length === 0) body.fault('custom_shifts cannot be empty.');
  const needed = ['type', 'start_time', 'end_time', 'assignments'];
  const shifts = items.map((item): CustomShiftRecord => {
    item.only(...needed).require(...needed);
    item.choice('type', ['custom_shift']);
    const times = readTimes(item) ?? { start: 0, end: 0 };
    const [assignment, ...more] = item.list('assignments');
    if (!assignment || more.length > 0) item.fault('A custom shift has exactly one assignment.');
    assignment?.only('type', 'member').require('type', 'member').choice('type', ['shift_assignment']);
    const user = assignment && readMember(account, assignment, 'member');
    if (assignment && user === undefined) item.fault('A custom shift needs a user member.');
    return { id: account.nextId(), user: user ?? '', ...times };
  });
  body.check();
  schedule.shifts.push(...shifts);
  return created({ custom_shifts: shifts.map((shift) => customShiftJson(schedule.id, shift)) });
}

const range = ['since', 'until', 'time_zone', 'overflow', 'limit', 'offset'];

export const shiftScheduleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v3/schedules',
    query: ['limit', 'offset', 'query', 'total', 'team_ids[]'],
    answer: ({ account, query }) => {
      const wanted = query.one('query')?.toLowerCase() ?? '';
      const all = [...account.schedules.values()].filter(
        (one) => one.kind === 'shifts' && one.name.toLowerCase().includes(wanted) && !query.many('team_ids[]'),
      );
      return ok(shiftPage(query, 'schedules', all, ({ id }) => scheduleReference(account, id), 100));
    },
  },
  {
    method: 'GET',
    path: '/v3/schedules/{id}',
    query: ['since', 'until', 'time_zone', 'overflow', 'include[]'],
    includes: ['final_schedule'],
    answer: (request) => {
      const { account, query } = request;
      const { id } = shiftSchedule(request);
      const period = query.includes().has('final_schedule') ? periodOf(query) : undefined;
      return ok({ schedule: shiftScheduleJson(account, id, period, query.zone()) });
    },
  },
  {
    method: 'GET',
    path: '/v3/schedules/{id}/overrides',
    query: range,
    requiredQuery: ['since', 'until'],
    answer: (request) => {
      const period = requiredPeriod(request.query);
      const schedule = shiftSchedule(request);
      const found = schedule.overrides.filter((one) => overlaps(one, period));
      return ok(shiftPage(request.query, 'overrides', found, (one) => shiftOverrideJson(schedule.id, one), 25));
    },
  },
  { method: 'POST', path: '/v3/schedules/{id}/overrides', answer: createOverrides },
  {
    method: 'GET',
    path: '/v3/schedules/{id}/overrides/{override_id}',
    answer: (request) => {
      const schedule = shiftSchedule(request);
      const override = schedule.overrides.find((one) => one.id === request.params['override_id']);
      if (!override) throw notFound();
      return ok({ override: shiftOverrideJson(schedule.id, override) });
    },
  },
  {
    method: 'DELETE',
    path: '/v3/schedules/{id}/overrides/{override_id}',
    answer: (request) => {
      removeOverride(request.account, shiftSchedule(request), request.params['override_id'] ?? '');
      return { status: 204 };
    },
  },
  {
    method: 'GET',
    path: '/v3/schedules/{id}/custom_shifts',
    query: range,
    requiredQuery: ['since', 'until'],
    answer: (request) => {
      const period = requiredPeriod(request.query);
      const schedule = shiftSchedule(request);
      const found = schedule.shifts.filter((one) => overlaps(one, period));
      return ok(shiftPage(request.query, 'custom_shifts', found, (one) => customShiftJson(schedule.id, one), 25));
    },
  },
  { method: 'POST', path: '/v3/schedules/{id}/custom_shifts', answer: createCustomShifts },
];
