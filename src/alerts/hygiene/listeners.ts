/** Keeps what people say an alert was worth, for the reports. */

import { ACTION } from '../../blockkit/action-ids.ts';
import type { Worth } from '../../ports/care-store.ts';
import type { ChatListeners, Press } from '../../ports/chat.ts';
import type { AlertDeps } from '../deps.ts';
import { hygieneMessages } from './messages.ts';

export function registerHygiene(listeners: ChatListeners, deps: AlertDeps): void {
  const words = hygieneMessages[deps.style.locale];
  const judge = async (press: Press, worth: Worth): Promise<void> => {
    const kept = await deps.care.judge(press.value, press.userId, worth, deps.clock.now());
    const { needed, not_needed: notNeeded } = await deps.care.worthOf(press.value);
    await deps.chat.whisper(press, { text: kept === 'kept' ? words.kept(needed, notNeeded) : words.known });
  };
  listeners.onPress(ACTION.alertWasNeeded, (press) => judge(press, 'needed'));
  listeners.onPress(ACTION.alertWasNotNeeded, (press) => judge(press, 'not_needed'));
}
