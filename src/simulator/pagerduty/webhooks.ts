/** V3 webhooks: signed, one event a request, in order for each incident, tried again for up to 48 hours. */
import { createHash, createHmac } from 'node:crypto';
import type { Account, Occurrence } from './account.ts';
import { agentReference } from './references.ts';

export interface WebhookDelivery {
  /** `X-Webhook-Id`: the same for every attempt. */
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly incident: string | undefined;
  /** Exactly what is signed and sent. */
  readonly body: string;
  readonly signature: string;
  readonly attempts: readonly { readonly at: number; readonly status?: number; readonly error?: string }[];
  readonly state: 'waiting' | 'delivered' | 'dropped' | 'lost';
}

type Working = { -readonly [K in keyof WebhookDelivery]: WebhookDelivery[K] } & {
  attempts: WebhookDelivery['attempts'][number][];
};

const second = 1000;
const timeout = 5 * second;
const giveUpAfter = 48 * 3600 * second;
const disabledFor = 24 * 3600 * second;
const dropsBeforeDisabling = 3;
const longestRetry = 3600 * second;

interface WebhooksOptions {
  readonly account: Account;
  readonly onChange: (delivery: WebhookDelivery) => void;
}

export class Webhooks {
  readonly #options: WebhooksOptions;
  readonly #stop = new AbortController();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #all: Working[] = [];
  #url: string | undefined;
  #secrets: readonly string[] = [];
  #held: Working | undefined;
  #drops = 0;
  #underWay = 0;
  #disabledUntil = -Infinity;
  #serial = 0;
  lose = false;
  duplicate = false;
  #shuffle = false;

  constructor(options: WebhooksOptions) {
    this.#options = options;
  }

  /** Deliveries that wait for their answer. */
  get underWay(): number {
    return this.#underWay;
  }

  get all(): readonly WebhookDelivery[] {
    return this.#all;
  }

  /** With two secrets every delivery carries two signatures, as while a secret is being rotated. */
  deliverTo(url: string | undefined, secret: string | readonly string[] = []): void {
    this.#url = url;
    this.#secrets = typeof secret === 'string' ? [secret] : secret;
    this.enable();
  }

  enable(): void {
    this.#drops = 0;
    this.#disabledUntil = -Infinity;
  }

  shuffle(on: boolean): void {
    this.#shuffle = on;
    if (!on) this.#release();
  }

  report(occurrence: Occurrence): void {
    if (this.#url === undefined || this.#clock.now() < this.#disabledUntil) return;
    const { account } = this.#options;
    const event = {
      id: this.#uuid(),
      event_type: occurrence.type,
      resource_type: 'incident',
      occurred_at: new Date(occurrence.at).toISOString(),
      agent: agentReference(account, occurrence.agent),
      client: null,
      data: occurrence.data,
    };
    const delivery = this.#prepare(event, occurrence.incident, this.#secrets);
    if (this.lose) return this.#settle(delivery, 'lost');
    if (!this.#shuffle) return this.#enqueue(delivery);
    // Each second event overtakes the one before it.
    const held = this.#held;
    this.#held = held ? undefined : delivery;
    if (held) {
      this.#send(delivery, 'shuffled');
      this.#send(held, 'shuffled');
    } else this.#clock.setTimer(second, () => this.#release(delivery));
  }

  /** Sends any event as it is, signed with `secret` (wrong on purpose, perhaps). */
  send(event: Readonly<Record<string, unknown>>, secret?: string): WebhookDelivery {
    const whole = { id: this.#uuid(), resource_type: 'incident', agent: null, client: null, ...event };
    const at = { occurred_at: new Date(this.#clock.now()).toISOString() };
    const delivery = this.#prepare({ ...at, ...whole }, undefined, secret === undefined ? this.#secrets : [secret]);
    this.#send(delivery, delivery.id);
    return delivery;
  }

  /** Once more, with the same id and body, whatever became of it before. */
  redeliver(id: string): void {
    const delivery = this.#all.find((one) => one.id === id || one.eventId === id);
    if (!delivery) throw new Error(`No webhook with the id ${id}`);
    delivery.state = 'waiting';
    this.#send(delivery, `again ${id}`);
  }

  close(): void {
    this.#stop.abort();
  }

  get #clock() {
    return this.#options.account.clock;
  }

  #uuid(): string {
    this.#serial += 1;
    const hex = createHash('sha1').update(`webhook ${this.#serial}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }

  #prepare(event: Record<string, unknown>, incident: string | undefined, secrets: readonly string[]): Working {
    const body = JSON.stringify({ event });
    const sign = (secret: string): string => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const delivery: Working = {
      id: this.#uuid(),
      eventId: String(event['id']),
      eventType: String(event['event_type']),
      incident,
      body,
      signature: secrets.map(sign).join(','),
      attempts: [],
      state: 'waiting',
    };
    this.#all.push(delivery);
    this.#options.onChange(delivery);
    return delivery;
  }

  #release(delivery = this.#held): void {
    if (!delivery || this.#held !== delivery) return;
    this.#held = undefined;
    this.#send(delivery, 'shuffled');
  }

  #enqueue(delivery: Working): void {
    this.#send(delivery, delivery.incident ?? delivery.id);
    if (this.duplicate) this.#send(delivery, delivery.incident ?? delivery.id);
  }

  /** What shares a lane is delivered one after the other: later events wait until the earlier one is settled. */
  #send(delivery: Working, lane: string): void {
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    this.#lanes.set(
      lane,
      before.then(() => this.#deliver(delivery)),
    );
  }

  async #deliver(delivery: Working): Promise<void> {
    const begun = this.#clock.now();
    for (let wait = 5 * second; !this.#stop.signal.aborted; wait = Math.min(wait * 2, longestRetry)) {
      const status = await this.#attempt(delivery);
      if (this.#stop.signal.aborted) return;
      if (status !== undefined && status >= 200 && status < 300) {
        this.#drops = 0;
        return this.#settle(delivery, 'delivered');
      }
      const refused = status !== undefined && status < 500 && status !== 429;
      if (refused || this.#clock.now() + wait - begun > giveUpAfter) {
        this.#drops += 1;
        if (this.#drops >= dropsBeforeDisabling) this.#disabledUntil = this.#clock.now() + disabledFor;
        return this.#settle(delivery, 'dropped');
      }
      this.#options.onChange(delivery);
      await this.#pause(wait);
    }
  }

  async #attempt(delivery: Working): Promise<number | undefined> {
    this.#underWay += 1;
    const at = this.#clock.now();
    const late = new AbortController();
    const cancel = this.#clock.setTimer(timeout, () => late.abort(new Error('No answer within 5 seconds')));
    try {
      const response = await fetch(this.#url ?? 'http://127.0.0.1:9', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'PagerDuty-Webhook/V3.0',
          'x-webhook-id': delivery.id,
          ...(delivery.signature === '' ? {} : { 'x-pagerduty-signature': delivery.signature }),
        },
        body: delivery.body,
        signal: AbortSignal.any([late.signal, this.#stop.signal]),
      });
      await response.arrayBuffer();
      delivery.attempts.push({ at, status: response.status });
      return response.status;
    } catch (error) {
      delivery.attempts.push({ at, error: String(error) });
      return undefined;
    } finally {
      this.#underWay -= 1;
      cancel();
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.setTimer(milliseconds, resolve);
      this.#stop.signal.addEventListener('abort', () => {
        cancel();
        resolve();
      });
    });
  }

  #settle(delivery: Working, state: WebhookDelivery['state']): void {
    delivery.state = state;
    this.#options.onChange(delivery);
  }
}
