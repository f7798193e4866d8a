/** What a feature shows, as Slack's calls take it. */

import type { Content } from '../ports/chat.ts';

export function toMessage({ text, blocks }: Content) {
  return { text, ...(blocks ? { blocks: [...blocks] } : {}) };
}
