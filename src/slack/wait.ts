/** Waiting on the injected clock. */

import type { Clock } from '../ports/clock.ts';

export function wait(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimer(milliseconds, resolve);
  });
}
