/** Runs durable timers when they are due: one look at the store, then a sleep until the next. */

import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Timer, Timers, TimerStore } from '../ports/timers.ts';

/** A process that dies in a handler gives its timer back after this. */
const LEASE_MS = 60_000;
/** Another process, or a clock that jumped: the store is asked again at the latest after this. */
const LOOK_EVERY_MS = 60_000;
const AGAIN_AFTER_MS = 15_000;
const AT_ONCE = 50;

export interface TimerRunner extends Timers {
  start(): void;
  /** Lets running handlers finish. */
  stop(): Promise<void>;
}

export function createTimerRunner(deps: {
  readonly store: TimerStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Unique to this process. */
  readonly owner: string;
}): TimerRunner {
  const { store, clock, log, owner } = deps;
  const handlers = new Map<string, (timer: Timer) => Promise<void>>();
  const atWork = new Map<string, Promise<void>>();
  let sleep: CancelTimer | undefined;
  let wakeAt = Infinity;
  const twice = new Set<string>();
  let running: Promise<void> | undefined;
  let again = false;
  let started = false;
  let stopped = false;

  const wake = (at: number): void => {
    if (!started || stopped || at >= wakeAt) return;
    sleep?.();
    wakeAt = at;
    sleep = clock.setTimer(Math.max(0, at - clock.now()), () => {
      wakeAt = Infinity;
      look();
    });
  };
  const look = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = round()
      .catch((error: unknown) => {
        log.error({ err: error }, 'timers could not be read');
        return clock.now() + AGAIN_AFTER_MS;
      })
      .then((next) => {
        running = undefined;
        if (again && !stopped) {
          again = false;
          look();
        } else wake(Math.min(next, clock.now() + LOOK_EVERY_MS));
      });
  };
  const round = async (): Promise<number> => {
    while (!stopped) {
      const due = await store.claim(clock.now(), owner, clock.now() + LEASE_MS, AT_ONCE);
      if (due.length === 0) break;
      // Nobody waits for a slow one: a reminder is not late because a file takes its time.
      for (const timer of due) begin(timer);
      while (atWork.size >= AT_ONCE) await Promise.race(atWork.values());
    }
    return (await store.nextDue()) ?? Infinity;
  };
  const begin = (timer: Timer): void => {
    // Claimed again: it outlived its lease, or was set anew; what is left of it afterwards is given back.
    if (atWork.has(timer.key)) {
      twice.add(timer.key);
      return;
    }
    const work = runOne(timer)
      .catch((error: unknown) => {
        // The database failed: its lease gives it back.
        log.error({ err: error, key: timer.key }, 'timer could not be given back');
        wake(clock.now() + LEASE_MS);
      })
      .finally(() => {
        atWork.delete(timer.key);
        if (twice.delete(timer.key) && !stopped) look();
      });
    atWork.set(timer.key, work);
  };
  const runOne = async (timer: Timer): Promise<void> => {
    const { key, kind } = timer;
    try {
      const run = handlers.get(kind);
      if (!run) log.warn({ kind }, 'timer of a kind that nothing answers was dropped');
      await run?.(timer);
      await store.done(timer, owner);
      if (twice.has(key)) await store.release(key, owner, clock.now());
    } catch (error) {
      log.error({ err: error, key, kind }, 'timer failed and is tried again');
      const notBefore = clock.now() + AGAIN_AFTER_MS;
      await store.release(key, owner, notBefore);
      wake(notBefore);
    }
  };

  return {
    set: async (timer) => {
      await store.set(timer);
      wake(timer.dueAt);
    },
    cancel: (key) => store.cancel(key),
    cancelAll: (prefix) => store.cancelAll(prefix),
    on: (kind, run) => {
      if (handlers.has(kind)) throw new Error(`Two handlers for timers of the kind ${kind}.`);
      handlers.set(kind, run);
    },
    start: () => {
      started = true;
      look();
    },
    stop: async () => {
      stopped = true;
      sleep?.();
      await running;
      await Promise.allSettled(atWork.values());
    },
  };
}
