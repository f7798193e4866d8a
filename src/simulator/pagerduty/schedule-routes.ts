/** Routes of layer-based schedules (v2) and their overrides. */
import type { Account } from './account.ts';
import { ApiError, invalidInput, notFound } from './api-error.ts';
import { Body } from './body.ts';
import { userJson } from './directory-json.ts';
import { isZone, readInstant } from './instants.ts';
import { userReference } from './references.ts';
import type { OverrideRecord, ScheduleRecord } from './records.ts';
import { created, ok, page, paging, type Answer, type ApiRequest, type Query, type Route } from './route.ts';
import { overlaps, shiftsOf, type Period } from './rosters.ts';
import { overrideJson, scheduleJson } from './schedule-json.ts';

const twoWeeks = 14 * 86_400_000;
const parts = ['schedule_layers', 'overrides_subschedule', 'final_schedule'];

/** If only one end is given, the other is two weeks away. */
export function periodOf(query: Query): Period | undefined {
  const since = query.instant('since');
  const until = query.instant('until');
  if (since === undefined && until === undefined) return undefined;
  const period = { since: since ?? (until ?? 0) - twoWeeks, until: until ?? (since ?? 0) + twoWeeks };
  if (period.until <= period.since) throw invalidInput('until must be after since.');
  return period;
}

export function requiredPeriod(query: Query): Period {
  const period = periodOf(query);
  if (!period) throw invalidInput('since and until are required.');
  return period;
}

/** Shift-based schedules do not exist for the v2 API. */
function layerSchedule({ account, params }: ApiRequest): ScheduleRecord {
  const schedule = account.schedule(params['id'] ?? '');
  if (schedule.kind === 'shifts') throw notFound();
  return schedule;
}

function readOverride(account: Account, item: Body): { user: string; start: number; end: number } | string[] {
  const errors: string[] = [];
  const start = readInstant(item.text('start') ?? '');
  const end = readInstant(item.text('end') ?? '');
  const user = item.reference('user', 'user');
  const zone = item.text('time_zone');
  if (start === undefined) errors.push('Override start is not a date');
  if (end === undefined) errors.push('Override end is not a date');
  if (zone !== undefined && !isZone(zone)) errors.push('Override time zone is unknown');
  if (user === undefined || !account.users.has(user)) errors.push('Override user is unknown');
  if (start !== undefined && end !== undefined) {
    if (end <= start) errors.push('Override must end after its start');
    else if (end <= account.now()) errors.push('Override must end in the future');
  }
  if (errors.length > 0 || user === undefined || start === undefined || end === undefined) return errors;
  return { user, start, end };
}

/** One answer for each override: some may have failed inside a 201. */
function createOverrides(request: ApiRequest): Answer {
  const { account } = request;
  const schedule = layerSchedule(request);
  const body = Body.read(request.body).only('overrides').require('overrides');
  const items = body.list('overrides');
  if (items.length === 0) body.fault('overrides cannot be empty.');
  for (const item of items) item.only('start', 'end', 'user', 'time_zone').require('start', 'end', 'user');
  body.check();
  const results = items.map((item) => {
    const read = readOverride(account, item);
    if (Array.isArray(read)) {
      const id = item.reference('user', 'user');
      const user = id !== undefined && account.users.has(id) ? userReference(account, id) : null;
      return { status: 400, errors: read, override: { start: item.text('start'), end: item.text('end'), user } };
    }
    const override: OverrideRecord = { id: account.nextId(), ...read };
    schedule.overrides.push(override);
    return { status: 201, override: overrideJson(account, override) };
  });
  body.check();
  return created(results);
}

/** What has begun is cut off now; what is over stays as it was. */
export function removeOverride(account: Account, schedule: ScheduleRecord, id: string): 'removed' | 'truncated' {
  const override = schedule.overrides.find((one) => one.id === id);
  const now = account.now();
  if (!override) throw new ApiError(404, 4004, 'Override Not Found');
  if (override.end <= now) throw new ApiError(400, 4004, 'Invalid Override', ['Past overrides cannot be removed.']);
  if (override.start < now) {
    schedule.overrides = schedule.overrides.map((one) => (one === override ? { ...one, end: now } : one));
    return 'truncated';
  }
  schedule.overrides = schedule.overrides.filter((one) => one !== override);
  return 'removed';
}

export const scheduleRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/schedules',
    query: [
      'query',
      'include[]',
      'time_zone',
      'include_next_oncall_for_user',
      'since',
      'until',
      'team_ids[]',
      ...paging,
    ],
    includes: parts,
    answer: ({ account, query }) => {
      const wanted = query.one('query')?.toLowerCase() ?? '';
      const schedules = [...account.schedules.values()].filter(
        (one) => one.kind === 'layers' && one.name.toLowerCase().includes(wanted) && !query.many('team_ids[]'),
      );
      const [period, zone] = [periodOf(query), query.zone()];
      const include = [...query.includes()];
      return ok(page(query, 'schedules', schedules, ({ id }) => scheduleJson(account, id, include, period, zone)));
    },
  },
  {
    method: 'GET',
    path: '/schedules/{id}',
    query: ['time_zone', 'since', 'until', 'overflow', 'include_next_oncall_for_user'],
    answer: (request) => {
      const { account, query } = request;
      query.flag('overflow');
      return ok({ schedule: scheduleJson(account, layerSchedule(request).id, parts, periodOf(query), query.zone()) });
    },
  },
  {
    method: 'GET',
    path: '/schedules/{id}/users',
    query: ['since', 'until'],
    answer: (request) => {
      const { account, query } = request;
      const shifts = shiftsOf(layerSchedule(request), requiredPeriod(query));
      const users = [...new Set(shifts.map((shift) => shift.user))];
      return ok({ users: users.map((user) => userJson(account, user)) });
    },
  },
  {
    method: 'GET',
    path: '/schedules/{id}/overrides',
    query: ['since', 'until', 'editable', 'overflow'],
    requiredQuery: ['since', 'until'],
    answer: (request) => {
      const { account, query } = request;
      const period = requiredPeriod(query);
      const editable = query.flag('editable');
      const overrides = layerSchedule(request).overrides.filter(
        (one) => overlaps(one, period) && (!editable || one.end > account.now()),
      );
      // Only editable ones come with their ids.
      return ok({
        overrides: overrides.map((one) => {
          const { id, ...rest } = overrideJson(account, one);
          return editable ? { id, ...rest } : rest;
        }),
      });
    },
  },
  { method: 'POST', path: '/schedules/{id}/overrides', answer: createOverrides },
  {
    method: 'DELETE',
    path: '/schedules/{id}/overrides/{override_id}',
    answer: (request) => {
      const done = removeOverride(request.account, layerSchedule(request), request.params['override_id'] ?? '');
      return done === 'truncated' ? { status: 200 } : { status: 204 };
    },
  },
];
