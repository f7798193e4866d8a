/** Turns reminders, and words in an alert's thread, into text. */

import type { Mention } from '../../domain/alert.ts';
import { clockTime, span } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Reply } from '../../ports/care-store.ts';
import type { Content } from '../../ports/chat.ts';
import { mentionText } from '../mention-text.ts';
import { messages } from './messages.ts';

/** `waited`: milliseconds since the mention. */
export function reminderContent(mention: Mention, waited: number, style: TimeStyle): Content {
  const words = messages[style.locale];
  const after = span(waited, style.locale);
  return { text: mention.targets.length > 0 ? words.again(mentionText(mention.targets), after) : words.nobody(after) };
}

export function replyLine({ userId, at }: Reply, style: TimeStyle): string {
  return messages[style.locale].replied(`<@${userId}>`, clockTime(at, style));
}
