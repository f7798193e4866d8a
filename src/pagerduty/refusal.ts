/** What a failed exchange means: PagerDuty's status and error code → a PagerError that says what to do next. */

import { PagerError, type PagerErrorCode } from '../ports/pager.ts';
import type { Exchange } from './exchange.ts';

/** PagerDuty's `error.code` (developer-docs REST-API/Errors), where it says more than the status. */
const byCode: Readonly<Record<number, PagerErrorCode>> = {
  1001: 'already_resolved',
  1002: 'already_acknowledged',
  1006: 'cannot_escalate',
  1008: 'requester_unknown',
  1015: 'cannot_escalate',
  1018: 'requester_refused',
  2006: 'unauthorized',
  2010: 'unauthorized',
  2012: 'ability_missing',
  2020: 'rate_limited',
  2100: 'not_found',
  5001: 'not_found',
};

const next: Readonly<Record<PagerErrorCode, string>> = {
  unavailable: 'Try again shortly; status.pagerduty.com tells of outages.',
  rate_limited: 'Wait a minute and try again; other tools with the same key share its limit of 960 requests a minute.',
  unauthorized: 'Check PAGERDUTY_TOKEN: it may be wrong, revoked, read-only or of another account or region.',
  not_found: 'Check the id; it may be deleted or of another account.',
  requester_unknown:
    "The acting person's e-mail is no user of this PagerDuty account: add them or map them in toban.yml.",
  requester_refused: 'Ask a PagerDuty admin for a role that may do this, or do it in PagerDuty.',
  already_resolved: 'Nothing is left to do: the incident is resolved.',
  already_acknowledged: 'Nothing is left to do: somebody has acknowledged it.',
  cannot_escalate: 'No further level can be paged: reassign the incident in PagerDuty or call somebody.',
  ability_missing: "The account's PagerDuty plan lacks this ability: use another way or change the plan.",
  invalid: 'PagerDuty did not accept or did not give what was expected: see the detail.',
};

/** The error of `outcome`, or undefined where it is a success. `what` names the request, e.g. "GET /oncalls". */
export function refusalOf(outcome: Exchange, what: string, token: string): PagerError | undefined {
  const refuse = (
    code: PagerErrorCode,
    detail: string,
    rest: { status?: number; cause?: unknown } = {},
    advice = next[code],
  ): PagerError => {
    const { cause, ...status } = rest;
    const message = hide(`PagerDuty: ${what}: ${detail}. ${advice}`, token);
    return new PagerError(code, message, { ...status, ...(quotes(cause, token) ? {} : { cause }) });
  };
  switch (outcome.kind) {
    case 'limited': {
      const when = outcome.resetMs === undefined ? '' : `; its window ends in ${Math.ceil(outcome.resetMs / 1000)} s`;
      return refuse('rate_limited', `the rate limit is reached${when}`, { status: 429 });
    }
    case 'unsent':
      return refuse('unavailable', 'no connection, nothing was changed', { cause: outcome.cause });
    case 'lost': {
      const detail = outcome.timedOut ? 'no answer in time' : 'the connection broke';
      const advice = what.startsWith('GET ')
        ? next.unavailable
        : 'It may or may not have been done: look at the incident before trying again.';
      return refuse('unavailable', detail, { cause: outcome.cause }, advice);
    }
    case 'answer':
      return refusedAnswer(outcome, refuse);
  }
}

function refusedAnswer(
  { status, body, garbled }: Extract<Exchange, { kind: 'answer' }>,
  refuse: (code: PagerErrorCode, detail: string, rest: { status: number }, advice?: string) => PagerError,
): PagerError | undefined {
  if (status >= 200 && status < 300 && !garbled) return undefined;
  if (status < 400) {
    const detail = `answered ${status} with ${garbled ? 'something that is not JSON' : 'no result'}`;
    return refuse('invalid', detail, { status }, 'Check PAGERDUTY_API_URL and any proxy between.');
  }
  const { code, message, details } = errorOf(body);
  const said = message === undefined ? '' : `: ${message}${code === undefined ? '' : ` (${code})`}`;
  const more = details === '' ? '' : `: ${details}`;
  return refuse(
    (code === undefined ? undefined : byCode[code]) ?? byStatus(status),
    `answered ${status}${said}${more}`,
    {
      status,
    },
  );
}

function byStatus(status: number): PagerErrorCode {
  if (status >= 500 || status === 408) return 'unavailable';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 402) return 'ability_missing';
  if (status === 404) return 'not_found';
  return status === 429 ? 'rate_limited' : 'invalid';
}

/** `{"error":{"message","code","errors":[…]}}`; `errors` is a list, a record of lists, or absent. */
function errorOf(body: unknown): { code: number | undefined; message: string | undefined; details: string } {
  const error = record(record(body)['error']);
  const { code, message, errors } = error;
  const details = Array.isArray(errors) ? errors : Object.values(record(errors)).flat();
  return {
    code: typeof code === 'number' ? code : undefined,
    message: typeof message === 'string' ? message : undefined,
    details: details.filter((detail) => typeof detail === 'string').join(', '),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function hide(text: string, token: string): string {
  return text.replaceAll(token, '[token]');
}

/** Whether `cause` is absent or would carry the token into a log. */
function quotes(cause: unknown, token: string): boolean {
  if (cause === undefined) return true;
  return cause instanceof Error && `${cause.message}${cause.stack ?? ''}`.includes(token);
}
