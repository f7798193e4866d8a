/** The direct calls to Slack that answer a click: ephemeral messages and modals. */

import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ChatError } from '../ports/chat.ts';
import type { Chat, Content } from '../ports/chat.ts';
import { readPost } from './read-post.ts';
import type { SelfIdentity } from './self-identity.ts';
import { chatError } from './web.ts';

/** There is no such message for Toban. */
const UNREADABLE = new Set(['thread_not_found', 'message_not_found', 'channel_not_found', 'not_in_channel']);

export function createChat(client: WebClient, self: SelfIdentity): Chat {
  const classified = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw chatError(error);
    }
  };
  return {
    whisper: async (to, content: Content) => {
      await classified(() =>
        client.chat.postEphemeral({
          channel: to.channel,
          user: to.userId,
          text: content.text,
          ...(content.blocks ? { blocks: [...content.blocks] } : {}),
          ...(to.threadTs ? { thread_ts: to.threadTs } : {}),
        }),
      );
    },
    openModal: async (triggerId, view: View) => {
      const { view: opened } = await classified(() => client.views.open({ trigger_id: triggerId, view }));
      return opened?.id ?? '';
    },
    updateModal: async (viewId, view) => {
      await classified(() => client.views.update({ view_id: viewId, view }));
    },
    react: async (channel, ts, name) => {
      try {
        await client.reactions.add({ channel, timestamp: ts, name });
      } catch (error) {
        const refusal = chatError(error);
        if (refusal.code !== 'already_reacted') throw refusal;
      }
    },
    permalink: async (channel, ts) => {
      const { permalink } = await classified(() => client.chat.getPermalink({ channel, message_ts: ts }));
      return permalink;
    },
    readPost: (channel, ts) =>
      classified(async () => {
        const range = { channel, latest: ts, oldest: ts, inclusive: true, limit: 1 };
        const { messages: roots } = await client.conversations.history(range);
        // A reply is in no history: asked for as a thread, Slack answers it alone.
        const found = roots?.[0] ?? (await client.conversations.replies({ channel, ts, limit: 1 })).messages?.[0];
        return found?.ts === ts ? readPost({ ...found, channel }, self) : undefined;
      }).catch((error: unknown) => {
        if (error instanceof ChatError && UNREADABLE.has(error.code)) return undefined;
        throw error;
      }),
    replies: async (channel, ts, limit) => {
      const { messages = [] } = await classified(() => client.conversations.replies({ channel, ts, limit }));
      return messages
        .filter((message) => message.ts !== ts)
        .flatMap((message) => readPost({ type: 'message', ...message, channel }, self) ?? []);
    },
    directChannel: async (userId) => {
      const { channel } = await classified(() => client.conversations.open({ users: userId }));
      if (!channel?.id) throw new ChatError('no_channel', 'Slack opened no direct conversation; try again.');
      return channel.id;
    },
  };
}
