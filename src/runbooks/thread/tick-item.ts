/** Ticks an item of a list under an alert, and takes the tick back; a second press changes nothing. */

import { clip, plain } from '../../blockkit/mrkdwn.ts';
import type { Alert } from '../../domain/alert.ts';
import type { Press } from '../../ports/chat.ts';
import type { Tick } from '../../ports/thread-store.ts';
import { readChecklistButton } from './checklist-blocks.ts';
import { THREAD_WORDS } from './messages.ts';
import type { Checklist } from './checklist.ts';
import { checksOf, refreshSurroundings } from './show-surroundings.ts';
import type { ThreadDeps } from './show-surroundings.ts';
import { CHECKS } from './views.ts';

export interface TickDeps extends ThreadDeps {
  /** Shows the steps of the alert's runbook with their ticks. */
  readonly refreshSteps: (alert: Alert, list: string) => Promise<void>;
  /** The steps of a page of the library; none where it has none that can be ticked. */
  readonly stepsOf: (path: string) => Pick<Checklist, 'items'>;
}

export async function tickItem(press: Press, done: boolean, deps: TickDeps): Promise<void> {
  const pressed = readChecklistButton(press.value);
  const alert = pressed && (await deps.alerts.byId(pressed.alertId));
  if (!pressed || !alert) return deps.chat.whisper(press, { text: THREAD_WORDS[deps.style.locale].gone });
  if (done) {
    const { items } = pressed.list === CHECKS ? await checksOf(alert, deps) : deps.stepsOf(pressed.list);
    const markdown = items.find(({ id }) => id === pressed.item)?.markdown;
    if (markdown === undefined) return deps.chat.whisper(press, { text: THREAD_WORDS[deps.style.locale].gone });
    const tick: Tick = { ...pressed, text: inWords(markdown), userId: press.userId, at: deps.clock.now() };
    await deps.thread.tick(tick);
  } else {
    await deps.thread.untick(alert.id, pressed.list, pressed.item);
  }
  if (pressed.list === CHECKS) await refreshSurroundings(alert.id, deps);
  else await deps.refreshSteps(alert, pressed.list);
}

/** The first line of an item, without its sign. */
function inWords(markdown: string): string {
  const [line = ''] = markdown.split('\n', 1);
  return clip(plain(line.replace(/^\s*(?:\d{1,3}[.)]|[-*+])\s+(?:\[[ xX]\]\s+)?/, '')), 200);
}
