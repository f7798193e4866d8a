/** The Web API client: no retries of its own, every failure sorted into what it means for the caller. */

import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api';
import type { Logger } from '@slack/bolt';
import type { Clock } from '../ports/clock.ts';
import { ChatError } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';

export interface WebOptions {
  readonly token: string;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly logger: Logger;
  /** Real milliseconds until a call without an answer is given up. */
  readonly timeoutMs: number;
}

/**
 * Retries are off because the client would repeat a chat.postMessage whose answer was lost, and one 429 would hold
 * up every other call (PLATFORMS C4.2, C4.3); the outbox and `patiently` decide instead.
 */
export function webClientOptions(options: Omit<WebOptions, 'token'>) {
  return {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs,
    logger: options.logger,
  };
}

export function createWebClient(options: WebOptions): WebClient {
  return new WebClient(options.token, webClientOptions(options));
}

/** What a failed call means. */
export type SlackFailure =
  /** Not carried out; may be repeated after `retryAfterMs`. */
  | { readonly kind: 'rate_limited'; readonly retryAfterMs: number }
  /** Nobody knows whether it was carried out. */
  | { readonly kind: 'uncertain'; readonly code: string }
  /** Not carried out, and the connection was refused before anything was sent. */
  | { readonly kind: 'unreachable'; readonly code: string }
  /** The token is wrong or revoked: nothing will work until somebody mends it. */
  | { readonly kind: 'unauthorized'; readonly code: string }
  /** Refused: the same call will be refused again. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail?: string };

const UNAUTHORIZED = new Set(['invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired']);
const UNCERTAIN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

export function failureOf(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'rate_limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIHTTPError) return { kind: 'uncertain', code: `http_${error.statusCode}` };
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'rate_limited', retryAfterMs: 1000 };
    if (UNAUTHORIZED.has(code)) return { kind: 'unauthorized', code };
    if (UNCERTAIN.has(code)) return { kind: 'uncertain', code };
    const detail = detailOf(error);
    return { kind: 'refused', code, ...(detail === undefined ? {} : { detail }) };
  }
  if (error instanceof WebAPIRequestError && refusedConnection(error)) {
    return { kind: 'unreachable', code: 'connection_refused' };
  }
  return { kind: 'uncertain', code: 'no_answer' };
}

function detailOf(error: WebAPIPlatformError): string | undefined {
  const data = error.data as { needed?: unknown; response_metadata?: { messages?: unknown } };
  if (typeof data.needed === 'string') return `missing scope: ${data.needed}`;
  const messages = data.response_metadata?.messages;
  return Array.isArray(messages) ? messages.slice(0, 3).join('; ') : undefined;
}

function refusedConnection(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 6; depth++) {
    const { code } = cause as { code?: unknown };
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return true;
    cause = cause instanceof WebAPIRequestError ? cause.original : cause.cause;
  }
  return false;
}

/** The error that features see. */
export function chatError(error: unknown): ChatError {
  const failure = failureOf(error);
  const code = 'code' in failure ? failure.code : failure.kind;
  const detail = failure.kind === 'refused' && failure.detail ? ` (${failure.detail})` : '';
  return new ChatError(code, `Slack refused the call: ${code}${detail}`, { cause: error });
}

/** Runs a call that changes nothing, again after a 429 or a failure, at most `tries` times. */
export async function patiently<T>(clock: Clock, call: () => Promise<T>, tries = 4): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      if (attempt >= tries || failure.kind === 'refused' || failure.kind === 'unauthorized') throw error;
      await wait(clock, failure.kind === 'rate_limited' ? failure.retryAfterMs : 500 * 2 ** attempt);
    }
  }
}
