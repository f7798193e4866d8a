/** Takes PagerDuty's V3 webhooks: signature first, each delivery once, an answer within PagerDuty's 5 s (G-01). */

import type { IncomingHttpHeaders } from 'node:http';
import type { PagerIncident, PagerNote } from '../domain/pager-incident.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { SeenStore } from '../ports/stores.ts';
import { readWebhook, verifySignature } from './webhook.ts';

/** PagerDuty counts an answer after 5 s as a failure; what is begun goes on after the answer. */
const ANSWER_WITHIN_MS = 4_000;

export interface WebhookRouteDeps {
  readonly secrets: readonly string[];
  readonly seen: SeenStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly take: (incident: PagerIncident) => Promise<void>;
  readonly takeNote: (note: PagerNote) => Promise<void>;
  /** Something about an incident changed that the webhook itself does not tell. */
  readonly refresh: () => void;
}

/** Gives the HTTP status: 401 for a wrong signature, 400 for a body that is none, 500 where PagerDuty should send again. */
export function createWebhookRoute(deps: WebhookRouteDeps) {
  return async (body: Buffer, headers: IncomingHttpHeaders): Promise<number> => {
    const header = headers['x-pagerduty-signature'];
    if (!verifySignature(body, typeof header === 'string' ? header : undefined, deps.secrets)) {
      deps.log.warn({}, 'webhook with a wrong signature was refused; check PAGERDUTY_WEBHOOK_SECRET');
      deps.metrics.count('toban_webhooks_total', { outcome: 'bad_signature' });
      return 401;
    }
    const event = readWebhook(body);
    if (event.kind === 'malformed') {
      deps.log.warn({ reason: event.reason }, 'webhook could not be read');
      deps.metrics.count('toban_webhooks_total', { outcome: 'malformed' });
      return 400;
    }
    deps.metrics.count('toban_webhooks_total', { outcome: event.kind });
    if (event.kind === 'other') deps.refresh();
    if (event.kind !== 'incident' && event.kind !== 'note') return 200;
    const delivery = headers['x-webhook-id'];
    const ids = [`event:${event.eventId}`, ...(typeof delivery === 'string' ? [`webhook:${delivery}`] : [])];
    for (const id of ids) if (await deps.seen.has(id)) return 200;
    const work = async (): Promise<number> => {
      try {
        await (event.kind === 'note' ? deps.takeNote(event.note) : deps.take(event.incident));
        // After the work: a delivery that was cut short comes again.
        for (const id of ids) await deps.seen.add(id, deps.clock.now());
        return 200;
      } catch (error) {
        // Here and not around the race: the answer may have gone out long before.
        deps.log.error({ err: error, event: event.eventId }, 'webhook could not be worked on');
        return 500;
      }
    };
    let cancel: CancelTimer = () => {};
    const late = new Promise<number>((resolve) => {
      cancel = deps.clock.setTimer(ANSWER_WITHIN_MS, () => resolve(202));
    });
    const status = await Promise.race([work(), late]);
    cancel();
    return status;
  };
}
