/** The Events API (`POST /v2/enqueue`): monitoring triggers, acknowledges and resolves; the routing key is a service id. */
import type { Account } from './account.ts';
import { Body } from './body.ts';
import { ApiError } from './api-error.ts';
import { resolve } from './incident-actions.ts';
import { openWithKey, triggerFromEvent } from './incident-opening.ts';
import { log, report, setStatus } from './incident-journal.ts';
import { stopTimer } from './escalation.ts';
import type { Answer } from './route.ts';

const severities = ['critical', 'error', 'warning', 'info'] as const;

function refusal(errors: readonly string[]): Answer {
  return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } };
}

const accepted = (key: string): Answer => ({
  status: 202,
  body: { status: 'success', message: 'Event processed', dedup_key: key },
});

function read(account: Account, raw: unknown) {
  const body = Body.read(raw).require('routing_key', 'event_action');
  body.only('routing_key', 'event_action', 'dedup_key', 'payload', 'client', 'client_url', 'images', 'links');
  const service = body.text('routing_key') ?? '';
  if (!account.services.has(service)) body.fault('routing_key is unknown.');
  const action = body.choice('event_action', ['trigger', 'acknowledge', 'resolve']);
  const key = body.text('dedup_key', 255);
  if (action !== 'trigger') {
    if (key === undefined) body.fault('dedup_key is required.');
    body.check();
    return { action, service, key: key ?? '' } as const;
  }
  const payload = body.object('payload').require('summary', 'source', 'severity');
  const title = payload.text('summary', 1024) ?? '';
  payload.text('source');
  const severity = payload.choice('severity', severities);
  const details = (raw as { payload?: { custom_details?: unknown } }).payload?.custom_details;
  body.check();
  return { action, service, key, title, severity, details } as const;
}

export function takeEvent(account: Account, raw: unknown): Answer {
  try {
    const event = read(account, raw);
    const { service, key } = event;
    if (event.action === 'trigger') {
      const { title, severity, details } = event;
      const { alert } = triggerFromEvent(account, { service, title, severity, details, dedupKey: key });
      return accepted(alert.key);
    }
    // Without an open alert of that key the event is dropped, and accepted all the same.
    const incident = openWithKey(account, service, key ?? '');
    const agent = { service };
    if (incident && event.action === 'resolve') resolve(account, incident, { agent, channel: 'api' });
    else if (incident?.status === 'triggered') {
      stopTimer(incident);
      setStatus(account, incident, 'acknowledged', agent);
      log(account, incident, 'acknowledge', { agent, channel: 'api', summary: 'Acknowledged through the API' });
      report(account, incident, 'incident.acknowledged', agent);
    }
    return accepted(key ?? '');
  } catch (error) {
    if (error instanceof ApiError && Array.isArray(error.details)) return refusal(error.details as string[]);
    throw error;
  }
}
