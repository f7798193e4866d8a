/** Routes of what an account is made of: users, teams, escalation policies, services, priorities, abilities. */
import { ApiError } from './api-error.ts';
import { contactMethodJson, policyJson, priorityJson, serviceJson, userJson } from './directory-json.ts';
import { ok, page, paging, type ApiRequest, type Route } from './route.ts';

const param = (request: ApiRequest, name = 'id'): string => request.params[name] ?? '';

function matching<T extends { readonly name: string }>(request: ApiRequest, all: Iterable<T>): T[] {
  const wanted = request.query.one('query')?.toLowerCase();
  return [...all].filter((one) => wanted === undefined || one.name.toLowerCase().includes(wanted));
}

/** Nobody belongs to a team here, so a list filtered by teams is empty. */
const inTeams = <T>(request: ApiRequest, all: T[]): T[] => (request.query.many('team_ids[]') ? [] : all);

function byName<T extends { readonly name: string }>(request: ApiRequest, all: T[]): T[] {
  const order = request.query.choice('sort_by', ['name', 'name:asc', 'name:desc']);
  const sorted = all.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return order === 'name:desc' ? sorted.toReversed() : sorted;
}

const userIncludes = ['contact_methods', 'notification_rules', 'teams', 'subdomains'];
const ownIncludes = [...userIncludes, 'calendar_urls'];
const policyIncludes = ['services', 'teams', 'targets', 'escalation_rule_assignment_strategies'];
const serviceIncludes = ['escalation_policies', 'teams', 'integrations', 'auto_pause_notifications_parameters'];

export const directoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/users',
    query: ['query', 'team_ids[]', 'include[]', ...paging],
    includes: userIncludes,
    answer: (request) => {
      const { account, query } = request;
      const users = inTeams(request, matching(request, account.users.values()));
      return ok(page(query, 'users', users, (user) => userJson(account, user.id, query.includes())));
    },
  },
  {
    method: 'GET',
    path: '/users/me',
    query: ['include[]'],
    includes: ownIncludes,
    answer: ({ account, caller, query }) => {
      if (!caller) {
        throw new ApiError(400, 2001, 'Invalid Input Provided', [
          'The current user can only be requested with a user-level access token.',
        ]);
      }
      return ok({ user: userJson(account, caller.id, query.includes()) });
    },
  },
  {
    method: 'GET',
    path: '/users/{id}',
    query: ['include[]'],
    includes: ownIncludes,
    answer: (request) => ok({ user: userJson(request.account, param(request), request.query.includes()) }),
  },
  {
    method: 'GET',
    path: '/users/{id}/contact_methods',
    answer: (request) => ok({ contact_methods: [contactMethodJson(request.account, param(request))] }),
  },
  {
    method: 'GET',
    path: '/teams',
    query: ['query', ...paging],
    ability: 'teams',
    answer: ({ query }) => ok(page(query, 'teams', [], (team) => team)),
  },
  {
    method: 'GET',
    path: '/escalation_policies',
    query: ['query', 'user_ids[]', 'team_ids[]', 'include[]', 'sort_by', ...paging],
    includes: policyIncludes,
    answer: (request) => {
      const { account, query } = request;
      const users = query.many('user_ids[]');
      const policies = byName(request, inTeams(request, matching(request, account.policies.values()))).filter(
        ({ levels }) =>
          !users ||
          levels.some(({ targets }) => targets.some((target) => 'user' in target && users.includes(target.user))),
      );
      return ok(
        page(query, 'escalation_policies', policies, (policy) => policyJson(account, policy.id, query.includes())),
      );
    },
  },
  {
    method: 'GET',
    path: '/escalation_policies/{id}',
    query: ['include[]'],
    includes: policyIncludes,
    answer: (request) =>
      ok({ escalation_policy: policyJson(request.account, param(request), request.query.includes()) }),
  },
  {
    method: 'GET',
    path: '/services',
    query: ['query', 'name', 'team_ids[]', 'time_zone', 'sort_by', 'include[]', ...paging],
    includes: serviceIncludes,
    answer: (request) => {
      const { account, query } = request;
      const name = query.one('name');
      const services = byName(request, inTeams(request, matching(request, account.services.values()))).filter(
        (service) => name === undefined || service.name === name,
      );
      return ok(page(query, 'services', services, (service) => serviceJson(account, service.id, query.includes())));
    },
  },
  {
    method: 'GET',
    path: '/services/{id}',
    query: ['include[]'],
    includes: serviceIncludes,
    answer: (request) => ok({ service: serviceJson(request.account, param(request), request.query.includes()) }),
  },
  {
    method: 'GET',
    path: '/priorities',
    query: paging,
    answer: ({ account, query }) => ok(page(query, 'priorities', [...account.priorities.values()], priorityJson)),
  },
  {
    method: 'GET',
    path: '/abilities',
    answer: ({ account }) => ok({ abilities: [...account.abilities] }),
  },
];
