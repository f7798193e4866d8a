/** How the outbox fares: what Slack refuses, and what waits for too long without being refused. */

import type { OutboxRow } from '../ports/outbox-store.ts';

export interface RefusedPost {
  readonly channel: string;
  readonly code: string;
}

export class OutboxHealth {
  readonly #refused = new Set<string>();
  #onRefused: (post: RefusedPost) => void = () => {};
  #onDelivered: (channel: string) => void = () => {};

  onRefused(tell: (post: RefusedPost) => void): void {
    this.#onRefused = tell;
  }

  onDelivered(tell: (channel: string) => void): void {
    this.#onDelivered = tell;
  }

  refused({ key, channel }: OutboxRow, code: string): void {
    this.#refused.add(key);
    this.#onRefused({ channel, code });
  }

  delivered({ key, channel }: OutboxRow): void {
    this.#refused.delete(key);
    this.#onDelivered(channel);
  }

  /** Posts that wait though Slack refused none of them; edits are not worth a warning. */
  stuck(rows: Iterable<OutboxRow>): { readonly count: number; readonly since: number } | undefined {
    const all = [...rows];
    // Whatever was given up is no row any more.
    const keys = new Set(all.map(({ key }) => key));
    for (const key of this.#refused) if (!keys.has(key)) this.#refused.delete(key);
    const waiting = all.filter(({ key, state }) => state !== 'sent' && !this.#refused.has(key));
    if (waiting.length === 0) return undefined;
    return { count: waiting.length, since: Math.min(...waiting.map(({ createdAt }) => createdAt)) };
  }
}
