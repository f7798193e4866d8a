/** Asks PagerDuty for something now and then; callers that come while it asks share the answer. */

import type { CancelTimer, Clock } from '../ports/clock.ts';

export class Refresher {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #fetch: () => Promise<void>;
  #refreshing: Promise<void> | undefined;
  #cancel: CancelTimer = () => {};
  #stopped = false;

  /** `fetch` never rejects: it keeps what is known, and logs an outage. */
  constructor(clock: Clock, everyMs: number, fetch: () => Promise<void>) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#fetch = fetch;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  async start(): Promise<void> {
    await this.refresh();
    const again = () => {
      if (this.#stopped) return;
      this.#cancel = this.#clock.setTimer(this.#everyMs, () => {
        void this.refresh().then(again);
      });
    };
    again();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#refreshing;
  }

  refresh(): Promise<void> {
    this.#refreshing ??= this.#fetch().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** A refresh that began after this call: one under way may have been asked before a change. */
  async refreshAnew(): Promise<void> {
    await this.#refreshing;
    await this.refresh();
  }
}
