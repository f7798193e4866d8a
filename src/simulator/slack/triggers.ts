/** Trigger ids (three seconds, one use) and response URLs (thirty minutes, five uses). */
import type { SimulatedClock } from '../clock.ts';
import type { Mint } from './identity.ts';
import { Refusal } from './refusal.ts';

const TRIGGER_LIFE_MS = 3000;
const RESPONSE_LIFE_MS = 30 * 60_000;
const RESPONSE_USES = 5;

export interface Trigger {
  readonly id: string;
  readonly user: string;
  readonly expires: number;
  /** The view in which it arose; only such a trigger can push. */
  readonly viewId: string | undefined;
  used: boolean;
}

export interface ResponseTarget {
  readonly channel: string;
  readonly user: string;
  /** The message whose button was pressed. */
  readonly messageTs: string | undefined;
  readonly threadTs: string | undefined;
  readonly ephemeral: boolean;
}

interface ResponseUrl extends ResponseTarget {
  readonly expires: number;
  uses: number;
}

export class Triggers {
  readonly #clock: SimulatedClock;
  readonly #mint: Mint;
  readonly #lifeMs: number;
  readonly #triggers = new Map<string, Trigger>();
  readonly #responses = new Map<string, ResponseUrl>();

  /** `pace`: how many times faster than real time the clock flows while the app works. */
  constructor(clock: SimulatedClock, mint: Mint, pace = 1) {
    this.#lifeMs = TRIGGER_LIFE_MS * pace;
    this.#clock = clock;
    this.#mint = mint;
  }

  issue(user: string, viewId?: string): string {
    const id = this.#mint.id('trigger.');
    this.#triggers.set(id, { id, user, viewId, expires: this.#clock.now() + this.#lifeMs, used: false });
    return id;
  }

  /** Uses a trigger up, or refuses with the error that Slack gives. */
  exchange(id: string): Trigger {
    const trigger = this.#triggers.get(id);
    if (!trigger) throw new Refusal('invalid_trigger_id');
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (this.#clock.now() > trigger.expires) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }

  /** The key that ends a new response URL. */
  openResponse(target: ResponseTarget): string {
    const key = this.#mint.id('R');
    this.#responses.set(key, { ...target, expires: this.#clock.now() + RESPONSE_LIFE_MS, uses: 0 });
    return key;
  }

  useResponse(key: string): ResponseTarget {
    const response = this.#responses.get(key);
    if (!response || this.#clock.now() > response.expires) throw new Refusal('expired_url');
    if (response.uses >= RESPONSE_USES) throw new Refusal('used_url');
    response.uses += 1;
    return response;
  }
}
