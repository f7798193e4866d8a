/** Looks for a message of ours in Slack by the key in its metadata, to know whether a doubtful post stands. */

import type { WebClient } from '@slack/web-api';
import type { OutboxRow } from '../ports/outbox-store.ts';

export const METADATA_EVENT = 'toban_post';

interface Carrier {
  readonly ts?: string;
  readonly metadata?: { event_type?: string; event_payload?: Record<string, unknown> };
}

/**
 * The timestamp of the message that carries the row's key, or undefined where Slack has none.
 * Reads the thread, or for a message without thread the channel since a minute before the row was made.
 */
export async function findPost(
  client: WebClient,
  row: Pick<OutboxRow, 'key' | 'channel' | 'threadTs' | 'createdAt'>,
): Promise<string | undefined> {
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
          oldest: (row.createdAt / 1000 - 60).toFixed(6),
          include_all_metadata: true,
          limit: 200,
          ...(cursor ? { cursor } : {}),
        });
    const found = page.messages?.find(
      ({ metadata }) => metadata?.event_type === METADATA_EVENT && metadata.event_payload?.['key'] === row.key,
    );
    if (found?.ts) return found.ts;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}
