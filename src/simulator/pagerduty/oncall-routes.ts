/** The route of on-call entries: every filter, no order, and the same person once for each policy and level. */
import { createHash } from 'node:crypto';
import type { Account } from './account.ts';
import { invalidInput } from './api-error.ts';
import { policyJson, userJson, type Includes } from './directory-json.ts';
import { writeInstant } from './instants.ts';
import { onCallEntries, type OnCallEntry } from './oncall-entries.ts';
import { policyReference, scheduleReference, userReference } from './references.ts';
import { ok, page, paging, type ApiRequest, type Query, type Route } from './route.ts';
import { scheduleJson, shiftScheduleJson } from './schedule-json.ts';

/** PagerDuty promises no order; a digest gives one that nobody can lean on, yet the same on every run. */
function disorder(entries: readonly OnCallEntry[]): OnCallEntry[] {
  const digest = (entry: OnCallEntry): string => createHash('md5').update(JSON.stringify(entry)).digest('hex');
  return entries.toSorted((a, b) => (digest(a) < digest(b) ? -1 : 1));
}

function filtered(query: Query, entries: readonly OnCallEntry[]): OnCallEntry[] {
  const users = query.many('user_ids[]');
  const policies = query.many('escalation_policy_ids[]');
  const schedules = query.many('schedule_ids[]');
  return entries.filter(
    (entry) =>
      (!users || users.includes(entry.user)) &&
      (!policies || policies.includes(entry.policy)) &&
      // A null among the schedules asks for permanent on-calls.
      (!schedules ||
        (entry.schedule === undefined
          ? schedules.some((id) => id === '' || id === 'null')
          : schedules.includes(entry.schedule))),
  );
}

/** Only the first for each person, level and policy: "when is who on call next". */
function earliest(entries: readonly OnCallEntry[]): OnCallEntry[] {
  const first = new Map<string, OnCallEntry>();
  for (const entry of entries.toSorted((a, b) => (a.shift?.start ?? -Infinity) - (b.shift?.start ?? -Infinity))) {
    const key = `${entry.policy} ${entry.level} ${entry.user}`;
    if (!first.has(key)) first.set(key, entry);
  }
  return [...first.values()];
}

function entryJson(account: Account, entry: OnCallEntry, include: Includes, zone?: string): Record<string, unknown> {
  const { user, schedule, policy, level, shift } = entry;
  const fullSchedule = (id: string): object =>
    account.schedule(id).kind === 'shifts' ? shiftScheduleJson(account, id) : scheduleJson(account, id);
  return {
    user: include.has('users') ? userJson(account, user) : userReference(account, user),
    schedule:
      schedule === undefined
        ? null
        : include.has('schedules')
          ? fullSchedule(schedule)
          : scheduleReference(account, schedule),
    escalation_policy: include.has('escalation_policies')
      ? policyJson(account, policy)
      : policyReference(account, policy),
    escalation_level: level,
    start: shift ? writeInstant(shift.start, zone) : null,
    end: shift ? writeInstant(shift.end, zone) : null,
  };
}

function listOnCalls({ account, query }: ApiRequest) {
  const since = query.instant('since') ?? account.now();
  const until = query.instant('until') ?? Math.max(since, account.now());
  if (until < since) throw invalidInput('until must not be before since.');
  const entries = filtered(query, onCallEntries(account, { since, until }));
  const chosen = query.flag('earliest') ? earliest(entries) : entries;
  const zone = query.zone();
  return ok(page(query, 'oncalls', disorder(chosen), (one) => entryJson(account, one, query.includes(), zone)));
}

export const onCallRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/oncalls',
    query: [
      ...paging,
      'time_zone',
      'include[]',
      'user_ids[]',
      'escalation_policy_ids[]',
      'schedule_ids[]',
      'since',
      'until',
      'earliest',
    ],
    includes: ['users', 'schedules', 'escalation_policies'],
    answer: listOnCalls,
  },
];
