/** Slack's rate limits on the simulated clock: tiers per method and minute, and one message a second in a channel. */
import type { SimulatedClock } from '../clock.ts';
import { METHOD_CONTRACTS } from './method-contracts.ts';
import { RateLimited } from './refusal.ts';

/** Calls a minute of tier 1 to 4; as many may come in one burst. */
const TIERS: Readonly<Record<number, number>> = { 1: 1, 2: 20, 3: 50, 4: 100 };
/** A sender that keeps to one a second on its own clock is not limited for network jitter. */
const JITTER_MS = 50;

interface Bucket {
  tokens: number;
  filledAt: number;
}

export interface RateLimitOptions {
  readonly clock: SimulatedClock;
  readonly tiers: boolean;
  readonly messagesPerSecond: number;
}

export class RateLimits {
  readonly #options: RateLimitOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Throws RateLimited when this call comes too early. */
  countCall(method: string): void {
    const perMinute = TIERS[METHOD_CONTRACTS[method]?.tier ?? 0];
    if (this.#options.tiers && perMinute) this.#take(method, perMinute, perMinute / 60_000);
  }

  countMessage(channel: string): void {
    const perSecond = this.#options.messagesPerSecond;
    this.#take(`message ${channel}`, Math.max(1, perSecond), perSecond / 1000);
  }

  #take(key: string, capacity: number, perMillisecond: number): void {
    const now = this.#options.clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: capacity, filledAt: now };
    const tokens = Math.min(capacity, bucket.tokens + (now - bucket.filledAt) * perMillisecond);
    if (tokens < 1 - JITTER_MS * perMillisecond) {
      this.#buckets.set(key, { tokens, filledAt: now });
      throw new RateLimited(Math.max(1, Math.ceil((1 - tokens) / perMillisecond / 1000)));
    }
    this.#buckets.set(key, { tokens: tokens - 1, filledAt: now });
  }
}
