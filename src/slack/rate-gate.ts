/** Paces calls so that Slack's limits are kept before they are hit. */

import type { Clock } from '../ports/clock.ts';

/** A token bucket: `burst` calls at once, then one each `everyMs`. */
export class RateGate {
  readonly #clock: Clock;
  readonly #everyMs: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;
  #closedUntil = 0;

  constructor(clock: Clock, everyMs: number, burst: number) {
    this.#clock = clock;
    this.#everyMs = everyMs;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Milliseconds until a call may go out; 0 = now. */
  delay(): number {
    this.#fill();
    const now = this.#clock.now();
    const closed = Math.max(0, this.#closedUntil - now);
    if (this.#tokens >= 1) return closed;
    return Math.max(closed, Math.ceil((1 - this.#tokens) * this.#everyMs - (now - this.#filledAt)));
  }

  take(): void {
    this.#fill();
    if (this.#tokens >= this.#burst) this.#filledAt = this.#clock.now();
    this.#tokens -= 1;
  }

  /** Slack said 429: nothing goes out for so long. */
  close(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.now() + milliseconds);
  }

  #fill(): void {
    const now = this.#clock.now();
    const gained = Math.floor((now - this.#filledAt) / this.#everyMs);
    if (gained <= 0) return;
    this.#filledAt += gained * this.#everyMs;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    if (this.#tokens >= this.#burst) this.#filledAt = now;
  }
}
