/** Routes of change events: deploys and the like, kept 90 days, asked for with UTC times only. */
import type { Account } from './account.ts';
import { invalidInput, notFound } from './api-error.ts';
import { changeEventJson } from './directory-json.ts';
import type { ChangeEventRecord } from './records.ts';
import { ok, paging, type Query, type Route } from './route.ts';
import { horizon } from './rosters.ts';

const filters = ['since', 'until', 'team_ids[]', 'integration_ids[]', ...paging];

function utc(query: Query, name: string): number | undefined {
  const text = query.one(name);
  if (text !== undefined && !text.endsWith('Z')) throw invalidInput(`${name} must be in UTC (end in Z).`);
  return query.instant(name);
}

function kept(account: Account): ChangeEventRecord[] {
  return account.changeEvents.filter((event) => event.at > account.now() - horizon).toReversed();
}

function list(account: Account, query: Query, all: readonly ChangeEventRecord[]): Record<string, unknown> {
  const since = utc(query, 'since') ?? -Infinity;
  const until = utc(query, 'until') ?? Infinity;
  const limit = query.whole('limit', 25, 1, 100);
  const offset = query.whole('offset', 0, 0, 9_999);
  const none = query.many('team_ids[]') ?? query.many('integration_ids[]');
  const found = none ? [] : all.filter((event) => event.at >= since && event.at <= until);
  // Unlike other lists it does not repeat what limit and offset it used.
  return {
    change_events: found.slice(offset, offset + limit).map(changeEventJson),
    limit: null,
    offset: null,
    total: null,
    more: found.length > offset + limit,
  };
}

export const changeEventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/change_events',
    query: filters,
    answer: ({ account, query }) => ok(list(account, query, kept(account))),
  },
  {
    method: 'GET',
    path: '/change_events/{id}',
    answer: ({ account, params }) => {
      const event = account.changeEvents.find((one) => one.id === params['id']);
      if (!event) throw notFound();
      return ok({ change_event: changeEventJson(event) });
    },
  },
  {
    method: 'GET',
    path: '/services/{id}/change_events',
    query: filters,
    answer: ({ account, params, query }) => {
      const { id } = account.service(params['id'] ?? '');
      const events = kept(account).filter((event) => event.services.includes(id));
      return ok(list(account, query, events));
    },
  },
  {
    method: 'GET',
    path: '/incidents/{id}/related_change_events',
    query: ['limit'],
    ability: 'event_intelligence',
    answer: ({ account, params, query }) => {
      const incident = account.incident(params['id'] ?? '');
      const day = 86_400_000;
      const events = kept(account).filter(
        (event) =>
          event.services.includes(incident.service) &&
          event.at <= incident.createdAt &&
          event.at > incident.createdAt - day,
      );
      const limit = query.whole('limit', 25, 1, 100);
      const reasons = [{ type: 'most_recent' }];
      return ok({
        change_events: events
          .slice(0, limit)
          .map((event) => ({ ...changeEventJson(event), correlation_reason: reasons[0] })),
      });
    },
  },
];
