/** A direct message without the outbox: for what must be told when the outbox or the database is what fails. */

import type { WebClient } from '@slack/web-api';
import type { Content } from '../ports/chat.ts';
import { chatError } from './web.ts';

/** Posting to a person's id needs chat:write alone. */
export function createDirectLine(client: WebClient): (userId: string, content: Content) => Promise<void> {
  return async (userId, content) => {
    try {
      await client.chat.postMessage({
        channel: userId,
        text: content.text,
        ...(content.blocks ? { blocks: [...content.blocks] } : {}),
        unfurl_links: false,
      });
    } catch (error) {
      throw chatError(error);
    }
  };
}
