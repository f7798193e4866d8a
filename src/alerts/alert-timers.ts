/** Hangs the handlers of every timer that an alert sets. */

import type { Timers } from '../ports/timers.ts';
import type { AlertDeps } from './deps.ts';
import { registerMoon } from './moon.ts';
import { registerExhausted } from './paging/exhausted.ts';
import { registerReminders } from './reminders/remind.ts';

export function registerAlertTimers(timers: Timers, deps: AlertDeps): void {
  registerReminders(timers, deps);
  registerExhausted(timers, deps);
  registerMoon(timers, deps);
}
