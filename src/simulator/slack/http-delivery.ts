/** HTTP mode: signed POSTs of events, commands and interactions to the app's request URL. */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import type { SimulatedClock } from '../clock.ts';
import { ACK_DEADLINE_MS } from './envelope.ts';
import type { Envelope, Receipt } from './envelope.ts';
import { textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

interface HttpDeliveryOptions {
  readonly clock: SimulatedClock;
  /** How many times faster than real time the clock flows while the app works. */
  readonly pace: number;
  readonly signingSecret: string;
}

export class HttpDelivery {
  readonly #options: HttpDeliveryOptions;
  readonly #open = new Set<ClientRequest>();

  constructor(options: HttpDeliveryOptions) {
    this.#options = options;
  }

  /** A 2xx within three seconds is the acknowledgement; its body is the response. */
  push(url: string, envelope: Envelope): Promise<Receipt> {
    const form = envelope.type !== 'events_api';
    const body = form ? formOf(envelope) : JSON.stringify(envelope.payload);
    const sentAt = this.#options.clock.now();
    return new Promise((resolve) => {
      const outgoing = request(url, { method: 'POST', agent: false, headers: this.#headers(body, form, envelope) });
      this.#open.add(outgoing);
      const finish = (receipt: Receipt): void => {
        cancel();
        this.#open.delete(outgoing);
        resolve(receipt);
      };
      const cancel = this.#options.clock.setTimer(ACK_DEADLINE_MS * this.#options.pace, () => {
        finish({ kind: 'timeout' });
        outgoing.destroy();
      });
      outgoing.on('error', (error) => finish({ kind: 'unreachable', why: error.message }));
      outgoing.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => finish({ kind: 'unreachable', why: error.message }));
        response.on('end', () => {
          const status = response.statusCode ?? 0;
          if (status < 200 || status > 299) finish({ kind: 'unreachable', why: `http_error ${status}` });
          else {
            const afterMs = this.#options.clock.now() - sentAt;
            finish({ kind: 'acked', afterMs, payload: answerOf(Buffer.concat(chunks).toString()) });
          }
        });
      });
      outgoing.end(body);
    });
  }

  close(): void {
    for (const outgoing of this.#open) outgoing.destroy();
  }

  #headers(body: string, form: boolean, envelope: Envelope): Record<string, string> {
    const timestamp = signingTimestamp();
    const signature = createHmac('sha256', this.#options.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    return {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...(envelope.retry
        ? { 'x-slack-retry-num': String(envelope.retry.attempt), 'x-slack-retry-reason': envelope.retry.reason }
        : {}),
    };
  }
}

/** The one real time in this Slack: Bolt refuses a signature that is five minutes away from its own Date.now(). */
function signingTimestamp(): string {
  return String(Math.floor(Date.now() / 1000));
}

function formOf(envelope: Envelope): string {
  if (envelope.type === 'interactive') {
    return new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString();
  }
  return new URLSearchParams(commandFields(envelope.payload)).toString();
}

function commandFields(payload: Fields): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, textOf(value)]));
}

function answerOf(body: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
