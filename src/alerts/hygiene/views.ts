/** Asks, where an alert ends, whether it was worth calling anybody. */

import type { KnownBlock } from '@slack/types';
import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, context, section } from '../../blockkit/blocks.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import { hygieneMessages } from './messages.ts';

export function withQuestion({ text }: Content, alertId: string, style: TimeStyle): Content {
  const words = hygieneMessages[style.locale];
  const blocks: KnownBlock[] = [
    section(text),
    context(words.ask),
    actions([
      button({ text: words.needed, actionId: ACTION.alertWasNeeded, value: alertId }),
      button({ text: words.notNeeded, actionId: ACTION.alertWasNotNeeded, value: alertId }),
    ]),
  ];
  return { text, blocks };
}
