/** The way to PagerDuty's REST API: one request with its time limit, repeats and gate, and lists page by page. */

import { wait } from '../ports/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import { PagerError } from '../ports/pager.ts';
import { exchange, type Exchange, type Method, type Query } from './exchange.ts';
import { createGate } from './gate.ts';
import { refusalOf } from './refusal.ts';

export interface RequestOptions {
  readonly query?: Query;
  readonly body?: object;
  /** The e-mail of the acting person's PagerDuty account. */
  readonly from?: string;
  /** Milliseconds for one try. */
  readonly timeoutMs?: number;
}

export interface PagerDutyClient {
  /**
   * The parsed body, undefined for 204. `path` begins with "/". Throws PagerError.
   * A GET is repeated after 429, 5xx, a lost connection and a timeout; a write only where PagerDuty surely did not
   * carry it out (429, no connection), so that no note stands twice.
   */
  request(method: Method, path: string, options?: RequestOptions): Promise<unknown>;
  /** Every element of `key` on every page; a failing page fails the whole list. Throws PagerError. */
  pages(path: string, key: string, query?: Query): Promise<readonly unknown[]>;
  /** Where to tell of what came but does not fit. */
  readonly log?: Log;
}

export interface Limits {
  /** Milliseconds for one try. */
  readonly timeoutMs: number;
  /** Milliseconds from the first try to the last, waits included. */
  readonly budgetMs: number;
  readonly tries: number;
  /** PagerDuty asks for serial requests per token; two keep one slow listing from holding up a click. */
  readonly atOnce: number;
  /** Milliseconds: the first back-off; it doubles, and each is cut by up to half at random. */
  readonly backOffMs: number;
}

const standard: Limits = { timeoutMs: 10_000, budgetMs: 20_000, tries: 3, atOnce: 2, backOffMs: 1000 };

/** PagerDuty's greatest page, and the greatest offset + limit that it answers (REST-API/02-Pagination). */
const pageSize = 100;
const furthest = 10_000;

export interface ClientDeps {
  /** E.g. `https://api.pagerduty.com`; http is fine too. */
  readonly baseUrl: string;
  readonly token: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly limits?: Partial<Limits>;
  /** 0 (inclusive) to 1 (exclusive), for the jitter. */
  readonly random?: () => number;
}

/** Throws PagerError('unauthorized') for a token that no header can carry, TypeError for a base that is no URL. */
export function createPagerDutyClient(deps: ClientDeps): PagerDutyClient {
  const { token, clock, metrics, random = Math.random } = deps;
  const log = deps.log.child({ part: 'pagerduty' });
  const base = new URL(deps.baseUrl).href.replace(/\/+$/, '');
  const limits = { ...standard, ...deps.limits };
  const gate = createGate(limits.atOnce);
  // pdjs would quote the whole token in the TypeError of such a header.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new PagerError('unauthorized', 'PAGERDUTY_TOKEN is empty or has spaces or line ends: copy it again.');
  }

  /** Milliseconds until the next try, undefined where there is none. */
  const waitAfter = (outcome: Exchange, method: Method, tried: number): number | undefined => {
    if (tried >= limits.tries) return undefined;
    const backOff = limits.backOffMs * 2 ** (tried - 1) * (1 - random() / 2);
    if (outcome.kind === 'limited') return outcome.resetMs === undefined ? backOff : outcome.resetMs + backOff / 4;
    if (outcome.kind === 'unsent') return backOff;
    if (method !== 'GET') return undefined;
    if (outcome.kind === 'lost') return backOff;
    return outcome.status >= 500 || outcome.status === 408 ? backOff : undefined;
  };

  const request: PagerDutyClient['request'] = async (method, path, options = {}) => {
    const { query = {}, body, from, timeoutMs = limits.timeoutMs } = options;
    const what = `${method} ${path}`;
    if (from !== undefined && !/^[\x21-\x7e]+$/.test(from)) {
      throw new PagerError('requester_unknown', `PagerDuty: ${what}: the acting person has no usable e-mail address.`);
    }
    let deadline = Infinity;
    for (let tried = 1; ; tried += 1) {
      const outcome = await gate.run(method === 'GET' ? 'background' : 'interactive', () => {
        if (tried === 1) deadline = clock.now() + limits.budgetMs;
        const left = Math.max(1, deadline - clock.now());
        const call = { method, url: base + path, token, query, body, from, timeoutMs: Math.min(timeoutMs, left) };
        return exchange(call, clock);
      });
      const refusal = refusalOf(outcome, what, token);
      metrics.count('toban_pagerduty_requests_total', { method, outcome: refusal?.code ?? 'ok' });
      if (!refusal) return outcome.kind === 'answer' ? outcome.body : undefined;
      const delay = waitAfter(outcome, method, tried);
      if (delay === undefined || clock.now() + delay >= deadline) throw refusal;
      log.info({ method, path, code: refusal.code, status: refusal.status, tried, wait }, 'PagerDuty request repeated');
      await wait(clock, delay);
    }
  };

  const pages: PagerDutyClient['pages'] = async (path, key, query = {}) => {
    const found: unknown[] = [];
    let place: Query = {};
    for (let offset = 0; ;) {
      const options = { query: { ...query, limit: String(pageSize), ...place } };
      const page = (await request('GET', path, options)) as Readonly<Record<string, unknown>> | null | undefined;
      const elements = page?.[key];
      if (!Array.isArray(elements))
        throw new PagerError('invalid', `PagerDuty: GET ${path}: the body has no "${key}".`);
      found.push(...(elements as unknown[]));
      const cursor = page?.['next_cursor'];
      const follows = typeof cursor === 'string' && cursor !== '';
      if (!follows && page?.['more'] !== true) return found;
      // Some answers carry fewer than asked for; others say limit: null.
      offset += typeof page?.['limit'] === 'number' && page['limit'] > 0 ? page['limit'] : pageSize;
      if (offset + pageSize > furthest) {
        log.warn({ path, key, found: found.length }, 'PagerDuty list cut off at its greatest offset');
        return found;
      }
      place = follows ? { cursor } : { offset: String(offset) };
    }
  };

  return { request, pages, log };
}
