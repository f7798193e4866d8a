/** Joins the runbook buttons to their verbs. */

import { ACTION } from '../blockkit/action-ids.ts';
import type { ChatListeners, Press } from '../ports/chat.ts';
import { judgeRunbook, showFullRunbook, showRunbookOf, takeBackVerdict } from './suggest.ts';
import type { RunbookDeps } from './suggest.ts';
import { keepChange } from './thread/show-surroundings.ts';
import { tickItem } from './thread/tick-item.ts';
import type { TickDeps } from './thread/tick-item.ts';

export function registerRunbooks(listeners: ChatListeners, deps: RunbookDeps, thread: TickDeps): void {
  /** A press that comes while the pages are still being read waits for them. */
  const onPress = (actionId: string, handle: (press: Press) => Promise<void>): void => {
    listeners.onPress(actionId, async (press) => {
      await deps.library.loaded;
      await handle(press);
    });
  };
  onPress(ACTION.showRunbook, (press) => showRunbookOf(press, deps));
  onPress(ACTION.showFullRunbook, (press) => showFullRunbook(press, deps));
  onPress(ACTION.runbookHelpful, (press) => judgeRunbook(press, 'helpful', deps));
  onPress(ACTION.runbookWrong, (press) => judgeRunbook(press, 'wrong', deps));
  onPress(ACTION.runbookTakeBack, (press) => takeBackVerdict(press, deps));
  onPress(ACTION.tickItem, (press) => tickItem(press, true, thread));
  onPress(ACTION.untickItem, (press) => tickItem(press, false, thread));
  listeners.onPost((post) => keepChange(post, thread));
}
