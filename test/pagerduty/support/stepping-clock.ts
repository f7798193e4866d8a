/** A clock that jumps over every wait of a given kind, so that back-off takes no real time, and keeps the list of them. */

import type { CancelTimer, Clock } from '../../../src/ports/clock.ts';

export class SteppingClock implements Clock {
  /** Milliseconds of each wait that was jumped over. */
  readonly waits: number[] = [];
  readonly #held = new Set<() => void>();
  readonly #jumps: (delay: number) => boolean;
  #now = Date.parse('2026-11-22T01:00:00Z');

  /** Timers for which `jumps` says no stay until `fireHeld`. */
  constructor(jumps: (delay: number) => boolean) {
    this.#jumps = jumps;
  }

  now(): number {
    return this.#now;
  }

  setTimer(delay: number, run: () => void): CancelTimer {
    if (!this.#jumps(delay)) {
      this.#held.add(run);
      return () => this.#held.delete(run);
    }
    let cancelled = false;
    setImmediate(() => {
      if (cancelled) return;
      this.waits.push(delay);
      this.#now += delay;
      run();
    });
    return () => {
      cancelled = true;
    };
  }

  /** How many timers are waiting. */
  get held(): number {
    return this.#held.size;
  }

  fireHeld(): void {
    const runs = [...this.#held];
    this.#held.clear();
    for (const run of runs) run();
  }
}
