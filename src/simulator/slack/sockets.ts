/** Socket Mode: tickets, up to ten WebSockets, envelopes sent to one of them in turn, and their acknowledgements. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { CancelTimer, SimulatedClock } from '../clock.ts';
import { ACK_DEADLINE_MS } from './envelope.ts';
import type { Envelope, Receipt } from './envelope.ts';
import type { Feed } from './feed.ts';
import type { Mint } from './identity.ts';
import { fieldsOf, textOf } from './wire-values.ts';

const MOST_CONNECTIONS = 10;
/** Slack warns about this long before it closes a connection. */
const WARNING_MS = 10_000;

interface Waiting {
  readonly sentAt: number;
  readonly cancel: CancelTimer;
  readonly resolve: (receipt: Receipt) => void;
}

interface SocketsOptions {
  readonly clock: SimulatedClock;
  /** How many times faster than real time the clock flows while the app works. */
  readonly pace: number;
  readonly mint: Mint;
  readonly feed: Feed;
  readonly appId: string;
}

export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Set<string>();
  readonly #waiting = new Map<string, Waiting>();
  #open: WebSocket[] = [];
  #turn = 0;
  refused = false;

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#open.length;
  }

  /** Envelopes that are not acknowledged yet. */
  get unacknowledged(): number {
    return this.#waiting.size;
  }

  get full(): boolean {
    return this.count >= MOST_CONNECTIONS;
  }

  ticket(): string {
    const ticket = this.#options.mint.id('ticket');
    this.#tickets.add(ticket);
    return ticket;
  }

  /** Takes an HTTP upgrade; a ticket opens one socket only. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
    if (this.refused || this.full || !this.#tickets.delete(ticket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened));
  }

  /** Sends to the next socket in turn, and waits for its acknowledgement. */
  push(envelope: Envelope): Promise<Receipt> {
    const socket = this.#open[this.#turn++ % Math.max(1, this.#open.length)];
    if (!socket) return Promise.resolve({ kind: 'unreachable', why: 'no open socket' });
    const id = this.#options.mint.id('envelope-');
    return new Promise((resolve) => {
      const cancel = this.#options.clock.setTimer(ACK_DEADLINE_MS * this.#options.pace, () => {
        this.#waiting.delete(id);
        resolve({ kind: 'timeout' });
      });
      this.#waiting.set(id, { sentAt: this.#options.clock.now(), cancel, resolve });
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.type,
          payload: envelope.payload,
          accepts_response_payload: envelope.type !== 'events_api',
          ...(envelope.type === 'events_api'
            ? { retry_attempt: envelope.retry?.attempt ?? 0, retry_reason: envelope.retry?.reason ?? '' }
            : {}),
        }),
      );
    });
  }

  /** Closes every socket without a word, as a broken network does. */
  drop(): void {
    for (const socket of this.#open) socket.terminate();
  }

  /** Announces the end of every connection; Slack closes it some seconds later. */
  disconnect(reason: 'warning' | 'refresh_requested'): void {
    for (const socket of this.#open) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-local' } }));
      this.#options.clock.setTimer(WARNING_MS, () => socket.close());
    }
  }

  close(): void {
    this.refused = true;
    this.drop();
    this.#server.close();
    for (const waiting of this.#waiting.values()) {
      waiting.cancel();
      waiting.resolve({ kind: 'unreachable', why: 'this Slack was closed' });
    }
    this.#waiting.clear();
  }

  #welcome(socket: WebSocket): void {
    this.#open = [...this.#open, socket];
    socket.on('message', (data: Buffer) => this.#acknowledge(data.toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#open = this.#open.filter((other) => other !== socket);
      this.#options.feed.emit({ kind: 'socket', open: false, count: this.count });
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.count,
        connection_info: { app_id: this.#options.appId },
        debug_info: {
          host: 'applink-local',
          started: new Date(this.#options.clock.now()).toISOString(),
          build_number: 1,
          approximate_connection_time: 18_060,
        },
      }),
    );
    this.#options.feed.emit({ kind: 'socket', open: true, count: this.count });
  }

  #acknowledge(text: string): void {
    const answer = fieldsOf(parsed(text));
    const id = textOf(answer['envelope_id']);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.cancel();
    waiting.resolve({
      kind: 'acked',
      afterMs: this.#options.clock.now() - waiting.sentAt,
      payload: answer['payload'],
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
