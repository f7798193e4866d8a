/** Nobody acknowledged on any level: said loudly where all engineers read (E-07). */

import { PRIORITY } from '../../ports/chat.ts';
import { wait } from '../../ports/clock.ts';
import type { Timers } from '../../ports/timers.ts';
import { callees } from '../call-in-thread.ts';
import type { AlertDeps } from '../deps.ts';
import { isWaiting } from '../reminders/remind.ts';
import { EXHAUSTED, topLevel } from './plan-exhausted.ts';
import { exhaustedContent } from './views.ts';

const LOOK_WITHIN_MS = 5_000;

export function registerExhausted(timers: Timers, deps: AlertDeps): void {
  timers.on(EXHAUSTED, async ({ payload: alertId }) => {
    if (!(await isWaiting(alertId, deps))) return;
    await Promise.race([deps.lookNow(), wait(deps.clock, LOOK_WITHIN_MS)]);
    const alert = await isWaiting(alertId, deps);
    if (!alert) return;
    // Nobody on a level above was called yet: PagerDuty goes on.
    if (Math.max(1, alert.level) < topLevel(alert, deps)) return;
    // Once for a whole storm, however many alerts it has.
    const what = alert.stormId ? `storm:${alert.stormId}` : `${alert.id}:${alert.lastFiredAt}`;
    await deps.outbox.post({
      key: `exhausted:${what}`,
      channel: deps.loudChannel(alert.team) ?? alert.channel,
      priority: PRIORITY.mention,
      content: exhaustedContent(alert, callees(alert, deps, topLevel(alert, deps)), deps.style),
    });
    deps.log.warn({ alert: alert.id }, 'nobody acknowledged on any level');
  });
}
