/** The rules that every REST request is held to before its route sees it: who asks, in which form, for what. */
import type { Account } from './account.ts';
import {
  ApiError,
  invalidInput,
  missingAbility,
  notFound,
  requesterNotAuthorized,
  requesterNotFound,
  unauthorized,
} from './api-error.ts';
import type { UserRecord } from './records.ts';
import { Query, type Answer, type Route } from './route.ts';
import { findRoute } from './routes.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The account's token, and the tokens that belong to single users (token → user id). */
export interface Keys {
  readonly account: string;
  readonly users: ReadonlyMap<string, string>;
}

const mediaType = 'application/vnd.pagerduty+json;version=2';
const compact = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase();

function callerOf(account: Account, header: string | undefined, keys: Keys): UserRecord | undefined {
  const token = /^(?:Token token=|Bearer )(\S+)$/.exec(header ?? '')?.[1];
  if (token === keys.account) return undefined;
  const user = token === undefined ? undefined : keys.users.get(token);
  if (user === undefined) throw unauthorized();
  return account.user(user);
}

function checkForm({ method, headers }: RawRequest): void {
  const accepts = (headers['accept'] ?? '').split(',').map(compact);
  if (!accepts.includes(mediaType)) {
    throw new ApiError(406, 2001, 'Not Acceptable', [`The Accept header must be ${mediaType}.`]);
  }
  if (method !== 'POST' && method !== 'PUT') return;
  const type = compact(headers['content-type'] ?? '').split(';')[0];
  if (type !== 'application/json') {
    throw new ApiError(415, 2001, 'Unsupported Media Type', ['The Content-Type header must be application/json.']);
  }
}

function checkQuery(route: Route, query: Query): void {
  const faults: string[] = [];
  for (const name of query.names()) {
    const known = route.query?.includes(name) ?? false;
    const times = query.many(name)?.length ?? 0;
    if (!known) faults.push(`Unknown query parameter: ${name}`);
    else if (times > 1 && !name.endsWith('[]')) faults.push(`Query parameter ${name} is given ${times} times`);
  }
  for (const name of route.requiredQuery ?? []) {
    if (!query.one(name)) faults.push(`Query parameter ${name} is required`);
  }
  if (faults.length > 0) throw invalidInput(...faults);
  query.many('include[]', route.includes ?? []);
}

const onlookers = ['read_only_user', 'read_only_limited_user', 'observer', 'restricted_access'];

function requesterOf(account: Account, route: Route, header: string | undefined): UserRecord | undefined {
  if (!route.from) return undefined;
  if (!header) throw invalidInput('The From header is required: the email address of a user of the account.');
  const user = account.userByEmail(header);
  if (!user) throw requesterNotFound();
  if (onlookers.includes(user.role)) throw requesterNotAuthorized();
  return user;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidInput('The request body is not JSON.');
  }
}

/** Answers one request, or throws the `ApiError` that is its answer. */
export function answerRequest(account: Account, keys: Keys, raw: RawRequest): Answer {
  const caller = callerOf(account, raw.headers['authorization'], keys);
  const found = findRoute(raw.method, raw.path);
  if (found.kind === 'unknown') throw notFound();
  if (found.kind === 'wrong-method') throw new ApiError(405, 2001, 'Method Not Allowed');
  checkForm(raw);
  const { route, params } = found;
  const query = new Query(raw.query);
  checkQuery(route, query);
  if (route.ability !== undefined && !account.abilities.has(route.ability)) throw missingAbility(route.ability);
  const from = requesterOf(account, route, raw.headers['from']);
  const writes = raw.method === 'POST' || raw.method === 'PUT';
  const body = writes ? parse(raw.body) : undefined;
  return route.answer({ account, params, query, body, from, caller });
}
