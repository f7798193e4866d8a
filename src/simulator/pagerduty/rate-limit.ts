/** The rate limit of a token: so many requests in each minute of the simulated clock. */
import type { SimulatedClock } from '../clock.ts';

const windowLength = 60_000;

export interface RateState {
  readonly allowed: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

export class RateLimit {
  readonly #clock: SimulatedClock;
  readonly #most: number;
  readonly #windows = new Map<string, { end: number; used: number }>();

  constructor(clock: SimulatedClock, most: number) {
    this.#clock = clock;
    this.#most = most;
  }

  take(token: string): RateState {
    const now = this.#clock.now();
    let window = this.#windows.get(token);
    if (!window || window.end <= now) {
      window = { end: now + windowLength, used: 0 };
      this.#windows.set(token, window);
    }
    const allowed = window.used < this.#most;
    if (allowed) window.used += 1;
    return { allowed, headers: rateHeaders(this.#most, this.#most - window.used, (window.end - now) / 1000) };
  }
}

export function rateHeaders(limit: number, remaining: number, seconds: number): Record<string, string> {
  return {
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(seconds)),
  };
}
