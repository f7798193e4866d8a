/** Looks for a message of ours in Slack, to know whether a doubtful post stands. */

import type { WebClient } from '@slack/web-api';
import type { OutboxRow } from '../ports/outbox-store.ts';
import type { SelfIdentity } from './self-identity.ts';

export const METADATA_EVENT = 'toban_post';

/** The host's clock may run ahead of Slack's by this much. */
const LOOK_BACK_MS = 15 * 60_000;

interface Carrier {
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text?: string;
  readonly metadata?: { event_type?: string; event_payload?: Record<string, unknown> };
}

type Wanted = Pick<OutboxRow, 'key' | 'channel' | 'threadTs' | 'createdAt' | 'content'>;

/**
 * The timestamp of the message that carries the row's key, or undefined where Slack has none.
 * Reads the thread, or for a message without thread the channel. Slack may withhold the metadata: then a message of
 * ours counts that says the same in the same place and is not `taken`, the known message of another row.
 */
export async function findPost(
  client: WebClient,
  row: Wanted,
  self: SelfIdentity,
  taken: (ts: string) => Promise<boolean>,
): Promise<string | undefined> {
  const oldest = (row.createdAt - LOOK_BACK_MS) / 1000;
  const alike: string[] = [];
  let cursor: string | undefined;
  do {
    const page: { messages?: Carrier[]; response_metadata?: { next_cursor?: string } } = row.threadTs
      ? await client.conversations.replies({
          channel: row.channel,
          ts: row.threadTs,
          include_all_metadata: true,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        })
      : await client.conversations.history({
          channel: row.channel,
          oldest: oldest.toFixed(6),
          include_all_metadata: true,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
    for (const message of page.messages ?? []) {
      if (!message.ts) continue;
      const { metadata } = message;
      if (metadata?.event_type === METADATA_EVENT && metadata.event_payload?.['key'] === row.key) return message.ts;
      if (!metadata?.event_type && Number(message.ts) >= oldest && isAlike(message, row, self)) alike.push(message.ts);
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  for (const ts of alike) if (!(await taken(ts))) return ts;
  return undefined;
}

function isAlike(message: Carrier, row: Wanted, self: SelfIdentity): boolean {
  const isOurs = message.user === self.userId || (message.bot_id !== undefined && message.bot_id === self.botId);
  const threadTs = message.thread_ts === message.ts ? undefined : message.thread_ts;
  return isOurs && threadTs === row.threadTs && plain(message.text ?? '') === plain(row.content.text);
}

/** What is left when Slack has put bare addresses into brackets, named the emoji and escaped the signs. */
function plain(text: string): string {
  return text
    .replace(/<((?:https?:|mailto:)[^|>]*)(?:\|[^>]*)?>/g, '$1')
    .replace(/(?<!\w):[a-z0-9_+'-]+:(?!\w)|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
