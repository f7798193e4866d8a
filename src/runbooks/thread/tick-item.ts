/** Ticks an item of a list under an alert, and takes the tick back; a second press changes nothing. */

import type { Alert } from '../../domain/alert.ts';
import type { Press } from '../../ports/chat.ts';
import type { Tick } from '../../ports/thread-store.ts';
import { readChecklistButton } from './checklist-blocks.ts';
import { THREAD_WORDS } from './messages.ts';
import { refreshSurroundings } from './show-surroundings.ts';
import type { ThreadDeps } from './show-surroundings.ts';
import { CHECKS } from './views.ts';

export interface TickDeps extends ThreadDeps {
  /** Shows the steps of the alert's runbook with their ticks. */
  readonly refreshSteps: (alert: Alert, list: string) => Promise<void>;
  /** Told of each new tick. */
  readonly onTicked?: (tick: Tick, alert: Alert) => Promise<void>;
}

export async function tickItem(press: Press, done: boolean, deps: TickDeps): Promise<void> {
  const pressed = readChecklistButton(press.value);
  const alert = pressed && (await deps.alerts.byId(pressed.alertId));
  if (!pressed || !alert) return deps.chat.whisper(press, { text: THREAD_WORDS[deps.style.locale].gone });
  if (done) {
    const tick: Tick = { ...pressed, userId: press.userId, at: deps.clock.now() };
    const outcome = await deps.thread.tick(tick);
    if (outcome === 'added') await deps.onTicked?.(tick, alert);
  } else {
    await deps.thread.untick(alert.id, pressed.list, pressed.item);
  }
  if (pressed.list === CHECKS) await refreshSurroundings(alert.id, deps);
  else await deps.refreshSteps(alert, pressed.list);
}
