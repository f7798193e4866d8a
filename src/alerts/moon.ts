/** Marks an alert that can wait until morning with a 🌙: it wakes nobody. */

import type { Alert } from '../domain/alert.ts';
import { ChatError } from '../ports/chat.ts';
import type { Timers } from '../ports/timers.ts';
import type { AlertDeps } from './deps.ts';

const KIND = 'alert.moon';
const MOON = 'crescent_moon';

/** Set before the alert is kept, as a reminder is. */
export async function planMoon({ id, channel, ts }: Alert, deps: AlertDeps): Promise<void> {
  if (!ts) return;
  const payload = JSON.stringify({ channel, ts });
  await deps.timers.set({ key: `alert:${id}:moon`, kind: KIND, dueAt: deps.clock.now(), payload });
}

export function registerMoon(timers: Timers, deps: AlertDeps): void {
  timers.on(KIND, async ({ payload }) => {
    const { channel, ts } = JSON.parse(payload) as { channel: string; ts: string };
    try {
      await deps.chat.react(channel, ts, MOON);
    } catch (error) {
      // Deleted, or the right is missing: a second try changes nothing, and the alert is listed in the morning anyway.
      if (!(error instanceof ChatError) || ['no_answer', 'rate_limited', 'ratelimited'].includes(error.code))
        throw error;
      deps.log.warn({ channel, ts, code: error.code }, 'alert of low urgency was not marked');
    }
  });
}
