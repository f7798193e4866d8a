/** Durable timers: rows with a due time that outlive the process, each claimed by one process at a time. */

export interface Timer {
  /** Unique; by convention begins with the feature's name: `alert:<id>:remind:1`. */
  readonly key: string;
  /** Chooses the handler. */
  readonly kind: string;
  /** Epoch ms. A timer that came due while Toban was stopped runs at the next start. */
  readonly dueAt: number;
  /** Whatever the handler needs; JSON by convention. */
  readonly payload: string;
}

export interface Timers {
  /** Sets the timer, or moves the one of the same key. */
  set(timer: Timer): Promise<void>;
  cancel(key: string): Promise<void>;
  /** Cancels every timer whose key begins with `prefix`. */
  cancelAll(prefix: string): Promise<void>;
  /**
   * Hangs the handler of a kind; before `start` of the runner. It runs at least once for each timer: again where it
   * failed or the process died, so it must bear repetition. A handler may set its own timer anew.
   */
  on(kind: string, run: (timer: Timer) => Promise<void>): void;
}

export interface TimerStore {
  set(timer: Timer): Promise<void>;
  cancel(key: string): Promise<void>;
  cancelAll(prefix: string): Promise<void>;
  /** Takes what is due at `now` and nobody holds: at most `limit`, the longest due first. */
  claim(now: number, owner: string, leaseUntil: number, limit: number): Promise<readonly Timer[]>;
  /** Removes a timer that ran, unless it was set anew meanwhile. */
  done(timer: Timer, owner: string): Promise<void>;
  /** Gives a failed one back, not to be tried before `notBefore`, unless it was set anew meanwhile. */
  release(key: string, owner: string, notBefore: number): Promise<void>;
  /** When the next one can be claimed (epoch ms); undefined where there is none. */
  nextDue(): Promise<number | undefined>;
}
