/** Sets the timer that tells when the last level has had its time (E-07). */

import type { Alert } from '../../domain/alert.ts';
import type { AlertDeps } from '../deps.ts';
import { callsFor } from '../watch.ts';

export const EXHAUSTED = 'alert.exhausted';

export function topLevel(alert: Pick<Alert, 'team'>, deps: AlertDeps): number {
  return deps.roster.levels(alert.team, deps.clock.now()).at(-1)?.level ?? 1;
}

/** After a level was called: where there is none above it, its people have so long. */
export async function planExhausted(alert: Alert, level: number, deps: AlertDeps): Promise<void> {
  if (level < topLevel(alert, deps) || !callsFor(alert, deps)) return;
  const dueAt = deps.clock.now() + deps.exhaustedAfterMs;
  await deps.timers.set({ key: `alert:${alert.id}:exhausted`, kind: EXHAUSTED, dueAt, payload: alert.id });
}
