/** What a route is: which requests it takes, what they may ask, and who answers them. */
import type { Account } from './account.ts';
import { invalidInput } from './api-error.ts';
import type { Includes } from './directory-json.ts';
import { isZone, readInstant } from './instants.ts';
import type { UserRecord } from './records.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ApiRequest {
  readonly account: Account;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: unknown;
  /** The user of the `From` header, on routes that require it. */
  readonly from: UserRecord | undefined;
  /** The user whose own token it is, if it is not the account's. */
  readonly caller: UserRecord | undefined;
}

export interface Route {
  readonly method: Method;
  /** As in the specification: `/incidents/{id}`. */
  readonly path: string;
  readonly query?: readonly string[];
  readonly requiredQuery?: readonly string[];
  readonly includes?: readonly string[];
  readonly from?: boolean;
  readonly ability?: string;
  readonly maxLimit?: number;
  readonly answer: (request: ApiRequest) => Answer;
}

export const paging: readonly string[] = ['limit', 'offset', 'total'];
export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });

/** The query of a request, read as strictly as PagerDuty documents it. */
export class Query {
  readonly #values: URLSearchParams;

  constructor(values: URLSearchParams) {
    this.#values = values;
  }

  names(): string[] {
    return [...new Set(this.#values.keys())];
  }

  one(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  /** A repeated parameter (`name[]`), undefined when it is not there at all. */
  many(name: string, allowed?: readonly string[]): string[] | undefined {
    if (!this.#values.has(name)) return undefined;
    const values = this.#values.getAll(name);
    const wrong = values.find((value) => allowed && !allowed.includes(value));
    if (wrong !== undefined) throw invalidInput(`${name} does not take "${wrong}".`);
    return values;
  }

  includes(): Includes {
    return new Set(this.#values.getAll('include[]'));
  }

  choice(name: string, allowed: readonly string[]): string | undefined {
    const value = this.one(name);
    if (value !== undefined && !allowed.includes(value)) throw invalidInput(`${name} does not take "${value}".`);
    return value;
  }

  flag(name: string): boolean {
    return this.choice(name, ['true', 'false']) === 'true';
  }

  instant(name: string): number | undefined {
    const text = this.one(name);
    if (text === undefined) return undefined;
    const instant = readInstant(text);
    if (instant === undefined) throw invalidInput(`${name} is not an ISO 8601 date.`);
    return instant;
  }

  zone(): string | undefined {
    const zone = this.one('time_zone');
    if (zone !== undefined && !isZone(zone)) throw invalidInput('time_zone is not a known time zone.');
    return zone;
  }

  whole(name: string, otherwise: number, smallest: number, largest: number): number {
    const text = this.one(name);
    if (text === undefined) return otherwise;
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < smallest || value > largest) {
      throw invalidInput(`${name} must be a whole number from ${smallest} to ${largest}.`);
    }
    return value;
  }
}

/** One page of a classic list: `limit`, `offset`, `more`, and `total` only for whoever asks for it. */
export function page<T, R>(
  query: Query,
  key: string,
  all: readonly T[],
  toJson: (item: T) => R,
  limits: { readonly usual: number; readonly most: number } = { usual: 25, most: 100 },
): Record<string, unknown> {
  const limit = query.whole('limit', limits.usual, 1, limits.most);
  const offset = query.whole('offset', 0, 0, 1_000_000);
  if (offset + limit > 10_000) throw invalidInput('Offset must be less than 10000 (offset + limit).');
  return {
    [key]: all.slice(offset, offset + limit).map(toJson),
    limit,
    offset,
    more: all.length > offset + limit,
    total: query.flag('total') ? all.length : null,
  };
}
