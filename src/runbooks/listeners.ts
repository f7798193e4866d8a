/** Joins the runbook buttons to their verbs. */

import { ACTION } from '../blockkit/action-ids.ts';
import type { ChatListeners } from '../ports/chat.ts';
import { judgeRunbook, showFullRunbook, showRunbookOf } from './suggest.ts';
import type { RunbookDeps } from './suggest.ts';

export function registerRunbooks(listeners: ChatListeners, deps: RunbookDeps): void {
  listeners.onPress(ACTION.showRunbook, (press) => showRunbookOf(press, deps));
  listeners.onPress(ACTION.showFullRunbook, (press) => showFullRunbook(press, deps));
  listeners.onPress(ACTION.runbookHelpful, (press) => judgeRunbook(press, 'helpful', deps));
  listeners.onPress(ACTION.runbookWrong, (press) => judgeRunbook(press, 'wrong', deps));
}
