/** Joins the runbook buttons to their verbs. */

import { ACTION, CALLBACK } from '../blockkit/action-ids.ts';
import type { ChatListeners, Press } from '../ports/chat.ts';
import { openStub, writeStubOf } from './growth/create-stub.ts';
import type { GrowthDeps } from './growth/deps.ts';
import { GROWTH_WORDS } from './growth/messages.ts';
import { askWhereToPaste, pasteRunbook, searchRunbooks } from './growth/search.ts';
import { judgeRunbook, showFullRunbook, showRunbookOf, takeBackVerdict } from './suggest.ts';
import type { RunbookDeps } from './suggest.ts';
import { keepChange } from './thread/show-surroundings.ts';
import { tickItem } from './thread/tick-item.ts';
import type { TickDeps } from './thread/tick-item.ts';

const SEARCH_WORDS = ['runbook', 'ランブック', '手順'] as const;

export function registerRunbooks(listeners: ChatListeners, deps: RunbookDeps, thread: TickDeps, growth: GrowthDeps): void {
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
  onPress(ACTION.pasteRunbook, (press) => askWhereToPaste(press, growth));
  onPress(ACTION.createRunbook, (press) => openStub(press, growth));
  listeners.onSubmit(CALLBACK.pasteRunbook, (submission) => pasteRunbook(submission, growth));
  listeners.onSubmit(CALLBACK.createRunbook, (submission) => writeStubOf(submission, growth));
  listeners.onCommand(SEARCH_WORDS, (command) => searchRunbooks(command, growth), { ja: GROWTH_WORDS.ja.help, en: GROWTH_WORDS.en.help });
  listeners.onPost((post) => keepChange(post, thread));
}
