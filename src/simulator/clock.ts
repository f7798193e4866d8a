/** A clock that tests and the demo can move: its own time, and timers that fire when that time is reached. */

export type CancelTimer = () => void;

interface Timer {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

export class SimulatedClock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];
  #flow: NodeJS.Timeout | undefined;

  /** `start` is epoch milliseconds. Time stands still until `advance` or `flow` moves it. */
  constructor(start: number) {
    this.#now = start;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.#now;
  }

  /** Runs `run` once when `delay` milliseconds of this clock have passed. */
  setTimer(delay: number, run: () => void): CancelTimer {
    const timer: Timer = { due: this.#now + Math.max(0, delay), order: this.#order++, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves time forward by `milliseconds`, firing every timer on the way in the order in which it is due. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let timer = this.#next(end); timer; timer = this.#next(end)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#now = Math.max(this.#now, timer.due);
      timer.run();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Moves time forward to the instant `epochMs`; an instant in the past changes nothing. */
  advanceTo(epochMs: number): void {
    if (epochMs > this.#now) this.advance(epochMs - this.#now);
  }

  /** Lets time flow by itself, `rate` simulated milliseconds for each real one. Returns the stop. */
  flow(rate = 1): CancelTimer {
    if (this.#flow) clearInterval(this.#flow);
    const step = 10;
    let last = performance.now();
    const handle = setInterval(() => {
      const real = performance.now();
      this.advance((real - last) * rate);
      last = real;
    }, step);
    handle.unref();
    this.#flow = handle;
    return () => clearInterval(handle);
  }

  #next(end: number): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of this.#timers) {
      if (timer.due > end) continue;
      if (!found || timer.due < found.due || (timer.due === found.due && timer.order < found.order)) found = timer;
    }
    return found;
  }
}
