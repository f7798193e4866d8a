/** One tick a minute, on the wall clock, that asks what is due; nothing else is ever put into cron. */

import { schedule, setLogger } from 'node-cron';
import type { Log } from '../ports/log.ts';

export type EveryMinute = (run: () => Promise<void>) => () => Promise<void>;

/**
 * Runs `run` at every full minute in UTC, never twice at once, and gives the stop, which waits for a run that has begun. A minute missed while the process
 * was busy is made good by the next one: what is due is in the store, not in the schedule.
 */
export function cronTick(log: Log): EveryMinute {
  setLogger({
    debug: () => {},
    info: () => {},
    warn: (message) => log.warn({ detail: String(message) }, 'minute tick warned'),
    // A failed run comes as its Error; pino writes `err` with its stack.
    error: (message) => log.error({ err: message }, 'minute tick failed'),
  });
  return (run) => {
    let running: Promise<void> = Promise.resolve();
    const tick = (): Promise<void> => {
      const now = run();
      running = now.catch(() => {});
      return now;
    };
    const task = schedule('* * * * *', tick, {
      timezone: 'UTC',
      noOverlap: true,
      missedExecutionTolerance: 60_000,
      name: 'minute',
    });
    return async () => {
      await task.destroy();
      await running;
    };
  };
}
