/** One request and one answer through pdjs, with the traps of pdjs 2.2.4 taken out. */

import * as http from 'node:http';
import * as https from 'node:https';
import { api } from '@pagerduty/pdjs';
import type { Clock } from '../ports/clock.ts';

export type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';
export type Query = Readonly<Record<string, string | readonly string[]>>;

export interface Call {
  readonly method: Method;
  /** The whole address without the query. */
  readonly url: string;
  readonly token: string;
  readonly query: Query;
  readonly body: object | undefined;
  readonly from: string | undefined;
  /** Milliseconds of `clock`, to the last byte of the body. */
  readonly timeoutMs: number;
}

export type Exchange =
  /** `body` is undefined for 204 and for a body that is no JSON, which `garbled` tells. */
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown; readonly garbled: boolean }
  /** 429; `resetMs` where PagerDuty said when the window ends. */
  | { readonly kind: 'limited'; readonly resetMs: number | undefined }
  /** Surely never reached PagerDuty. */
  | { readonly kind: 'unsent'; readonly cause: unknown }
  /** May or may not have been carried out. */
  | { readonly kind: 'lost'; readonly timedOut: boolean; readonly cause: unknown };

const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH']);

/**
 * Never rejects. Of pdjs it uses only the call itself: no `requestTimeout` (it does nothing but hold a timer of 30 s),
 * no `all()` (it truncates at an error page), no `resource` (null on any host that is not ".com"), and no repeats of
 * its own: those come only after a 429, fixed at 20 s and deaf to ratelimit-reset, so the 429 is caught beneath it.
 */
export async function exchange(call: Call, clock: Clock): Promise<Exchange> {
  const controller = new AbortController();
  const seen: { limited?: Exchange; timedOut?: boolean } = {};
  const cancel = clock.setTimer(call.timeoutMs, () => {
    seen.timedOut = true;
    controller.abort();
  });
  const parameters = {
    url: call.url,
    method: call.method,
    token: call.token,
    queryParameters: Object.fromEntries(
      Object.entries(call.query).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    headers: call.from === undefined ? {} : { From: call.from },
    ...(call.body === undefined ? {} : { data: call.body }),
    requestTimeout: 0,
    retryTimeout: 0,
    // PagerDuty never redirects; somebody else's redirect is not followed with our token.
    redirect: 'error' as const,
    signal: controller.signal,
    agent: agentThatStopsAt429(call.url, (resetMs) => {
      seen.limited = { kind: 'limited', resetMs };
      controller.abort();
    }),
  };
  try {
    const response = await api(parameters);
    return { kind: 'answer', status: response.status, body: response.data as unknown, garbled: false };
  } catch (error) {
    return seen.limited ?? failed(error, seen.timedOut === true);
  } finally {
    cancel();
  }
}

function failed(error: unknown, timedOut: boolean): Exchange {
  if (timedOut) return { kind: 'lost', timedOut, cause: error };
  // A body that does not parse makes pdjs reject with the Response itself, which is no Error.
  const status = field(error, 'status');
  if (typeof status === 'number' && !(error instanceof Error)) {
    const brokenOff = status < 400 && isJson(error);
    const cause = new Error(`PagerDuty answered ${status} with a body that is not JSON`);
    return brokenOff
      ? { kind: 'lost', timedOut: false, cause }
      : { kind: 'answer', status, body: undefined, garbled: true };
  }
  if (field(error, 'type') === 'no-redirect') return { kind: 'answer', status: 302, body: undefined, garbled: true };
  const code = field(error, 'code');
  if (typeof code === 'string' && neverSent.has(code)) return { kind: 'unsent', cause: error };
  return { kind: 'lost', timedOut: false, cause: error };
}

function isJson(response: unknown): boolean {
  const headers = field(response, 'headers') as { get?: (name: string) => string | null } | undefined;
  return headers?.get?.('content-type')?.includes('json') ?? false;
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

interface RequestAdder {
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void;
}

/**
 * Node's own agent, with an ear at each request: it hears the status before pdjs does.
 * `addRequest` is what every agent package overrides (https://github.com/TooTallNate/proxy-agents, agent-base).
 */
function agentThatStopsAt429(url: string, onLimited: (resetMs: number | undefined) => void): http.Agent {
  const shared = url.startsWith('https:') ? https.globalAgent : http.globalAgent;
  const add: RequestAdder['addRequest'] = (request, ...rest) => {
    request.once('response', (response: http.IncomingMessage) => {
      if (response.statusCode === 429) onLimited(resetOf(response.headers['ratelimit-reset']));
    });
    (shared as unknown as RequestAdder).addRequest(request, ...rest);
  };
  return Object.create(shared, { addRequest: { value: add } }) as http.Agent;
}

/** The header counts seconds (REST-API/04-Rate-Limits); absent on some 429s. */
function resetOf(header: string | string[] | undefined): number | undefined {
  const seconds = Number(typeof header === 'string' && header.trim() !== '' ? header : Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
