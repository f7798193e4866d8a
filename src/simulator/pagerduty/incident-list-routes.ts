/** Routes that read incidents: the list with its filters and windows, and one by id or number. */
import type { Account } from './account.ts';
import { invalidInput } from './api-error.ts';
import { incidentJson } from './incident-json.ts';
import type { IncidentRecord } from './records.ts';
import { ok, page, paging, type Query, type Route } from './route.ts';

const month = 31 * 86_400_000;
const sixMonths = 6 * month;

const listIncludes = [
  'acknowledgers',
  'agents',
  'assignees',
  'conference_bridge',
  'escalation_policies',
  'first_trigger_log_entries',
  'priorities',
  'services',
  'teams',
  'users',
];

/** Without dates the list reaches back one month, however long an incident has been open. */
function inWindow(account: Account, query: Query): (incident: IncidentRecord) => boolean {
  if (query.choice('date_range', ['all'])) return () => true;
  const until = query.instant('until') ?? account.now();
  const since = query.instant('since') ?? until - month;
  if (since > until) throw invalidInput('since must be before until.');
  if (until - since > sixMonths) throw invalidInput('The date range must not be longer than 6 months.');
  return ({ createdAt }) => createdAt >= Math.floor(since / 1000) * 1000 && createdAt <= until;
}

function filtered(account: Account, query: Query): IncidentRecord[] {
  const statuses = query.many('statuses[]', ['triggered', 'acknowledged', 'resolved']);
  const urgencies = query.many('urgencies[]', ['high', 'low']);
  const services = query.many('service_ids[]');
  const users = query.many('user_ids[]');
  const teams = query.many('team_ids[]');
  const key = query.one('incident_key');
  const within = inWindow(account, query);
  return [...account.incidents.values()].filter(
    (incident) =>
      within(incident) &&
      !teams &&
      (!statuses || statuses.includes(incident.status)) &&
      (!urgencies || urgencies.includes(incident.urgency)) &&
      (!services || services.includes(incident.service)) &&
      (key === undefined || incident.key === key) &&
      // Only open incidents are anybody's.
      (!users || incident.assignments.some(({ user }) => users.includes(user))),
  );
}

const sortKeys: Record<string, (incident: IncidentRecord) => number> = {
  incident_number: (incident) => incident.number,
  created_at: (incident) => incident.createdAt,
  resolved_at: (incident) => incident.resolvedAt ?? Infinity,
  urgency: (incident) => (incident.urgency === 'high' ? 1 : 0),
};

function sorted(query: Query, incidents: IncidentRecord[]): IncidentRecord[] {
  const text = query.one('sort_by');
  const wishes = text === undefined ? [] : text.split(',');
  if (wishes.length > 2) throw invalidInput('sort_by takes at most two fields.');
  const orders = wishes.map((wish) => {
    const [field = '', direction = 'asc', ...rest] = wish.split(':');
    const key = sortKeys[field];
    if (!key || rest.length > 0 || !['asc', 'desc'].includes(direction)) {
      throw invalidInput(`sort_by does not take "${wish}".`);
    }
    return { key, sign: direction === 'desc' ? -1 : 1 };
  });
  return incidents.toSorted((a, b) => {
    for (const { key, sign } of orders) {
      const [left, right] = [key(a), key(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.number - b.number;
  });
}

export const incidentListRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/incidents',
    query: [
      ...paging,
      'date_range',
      'incident_key',
      'service_ids[]',
      'team_ids[]',
      'user_ids[]',
      'urgencies[]',
      'time_zone',
      'statuses[]',
      'sort_by',
      'include[]',
      'since',
      'until',
    ],
    includes: listIncludes,
    answer: ({ account, query }) => {
      const found = sorted(query, filtered(account, query));
      const zone = query.zone();
      return ok(page(query, 'incidents', found, (one) => incidentJson(account, one, query.includes(), zone)));
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}',
    query: ['include[]'],
    includes: [...listIncludes, 'custom_fields'],
    answer: ({ account, params, query }) =>
      ok({ incident: incidentJson(account, account.incident(params['id'] ?? ''), query.includes()) }),
  },
];
