import { createHmac } from 'node:crypto';
import { createWebhookRoute } from '../../src/pagerduty/webhook-route.ts';
import { silentLog, type Log } from '../../src/ports/log.ts';
import { silentMetrics } from '../../src/ports/metrics.ts';
import { webhookEvent } from './support/bodies.ts';
import { SteppingClock } from './support/stepping-clock.ts';

/** A route whose work ends when the test says, on a clock whose timers fire when the test says. */
function setUp() {
  const clock = new SteppingClock(() => false);
  const marked: string[] = [];
  const errors: object[] = [];
  const log: Log = { ...silentLog, error: (fields) => void errors.push(fields) };
  const work = Promise.withResolvers<void>();
  const route = createWebhookRoute({
    secrets: ['secret'],
    seen: { has: async (id) => marked.includes(id), add: async (id) => void marked.push(id), forget: async () => {} },
    clock,
    log,
    metrics: silentMetrics,
    take: () => work.promise,
    takeNote: async () => {},
    refresh: () => {},
  });
  const event = webhookEvent('incident.triggered');
  const body = Buffer.from(JSON.stringify(event));
  const signature = `v1=${createHmac('sha256', 'secret').update(body).digest('hex')}`;
  const post = () => route(body, { 'x-pagerduty-signature': signature, 'x-webhook-id': 'W1' });
  return { clock, marked, errors, work, post, eventId: event.event.id };
}

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe("the webhook's answer", () => {
  it('is 200 after the work, which is then marked as seen, and no timer is left', async () => {
    const { clock, marked, work, post, eventId } = setUp();
    const answer = post();
    await settle();
    expect([clock.held, marked]).toEqual([1, []]);
    work.resolve();
    await expect(answer).resolves.toBe(200);
    expect(marked).toEqual([`event:${eventId}`, 'webhook:W1']);
    expect(clock.held).toBe(0);
  });

  it('is 500 for work that failed in time, so that PagerDuty sends again, and no timer is left', async () => {
    const { clock, marked, errors, work, post, eventId } = setUp();
    const answer = post();
    await settle();
    const err = new Error('no room');
    work.reject(err);
    await expect(answer).resolves.toBe(500);
    expect([marked, errors]).toEqual([[], [{ err, event: eventId }]]);
    expect(clock.held).toBe(0);
  });

  it('is 202 where the work takes longer, which is marked as seen when it is done', async () => {
    const { clock, marked, errors, work, post } = setUp();
    const answer = post();
    await settle();
    clock.fireHeld();
    await expect(answer).resolves.toBe(202);
    expect(marked).toEqual([]);
    work.resolve();
    await settle();
    expect([marked.length, errors]).toEqual([2, []]);
  });

  it('is 202 and the failure is logged all the same where the work fails later; it is not seen', async () => {
    const { clock, marked, errors, work, post, eventId } = setUp();
    const answer = post();
    await settle();
    clock.fireHeld();
    await expect(answer).resolves.toBe(202);
    const err = new Error('no room');
    work.reject(err);
    await settle();
    expect([marked, errors]).toEqual([[], [{ err, event: eventId }]]);
  });
});
