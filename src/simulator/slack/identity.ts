/** Who the app is in this workspace, and the ids and timestamps that the workspace hands out. */
import type { SimulatedClock } from '../clock.ts';

export interface Identity {
  readonly teamId: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly botName: string;
  readonly verificationToken: string;
}

/** Ids count up, so a run is the same every time; message timestamps never repeat, even while the clock stands still. */
export class Mint {
  readonly #clock: SimulatedClock;
  #count = 0;
  #lastMicroseconds = 0;

  constructor(clock: SimulatedClock) {
    this.#clock = clock;
  }

  id(prefix: string): string {
    this.#count += 1;
    return `${prefix}${this.#count.toString(36).toUpperCase().padStart(8, '0')}`;
  }

  ts(): string {
    const microseconds = Math.max(Math.floor(this.#clock.now()) * 1000, this.#lastMicroseconds + 1);
    this.#lastMicroseconds = microseconds;
    return `${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, '0')}`;
  }

  seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }
}
