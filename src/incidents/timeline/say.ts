/** Foreign words and addresses for the timeline: what people typed as letters, and a message's address where there is one. */

import { clip, escapeMrkdwn, plain } from '../../blockkit/mrkdwn.ts';
import { ChatError } from '../../ports/chat.ts';
import type { Chat } from '../../ports/chat.ts';

/** One line; a star stays a star (J-07). */
export function letters(text: string, most = 200): string {
  return escapeMrkdwn(clip(plain(text), most)).replaceAll('*', '∗');
}

/** Undefined where the message is gone or Slack does not say: a row without an address is better than none. */
export async function addressOf(chat: Chat, channel: string, ts: string): Promise<string | undefined> {
  try {
    return await chat.permalink(channel, ts);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    return undefined;
  }
}
