/** The direct calls to Slack that answer a click: ephemeral messages and modals. */

import type { View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { ChatError } from '../ports/chat.ts';
import type { Chat, Content } from '../ports/chat.ts';
import { chatError } from './web.ts';

export function createChat(client: WebClient): Chat {
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
    permalink: async (channel, ts) => {
      const { permalink } = await classified(() => client.chat.getPermalink({ channel, message_ts: ts }));
      return permalink;
    },
    directChannel: async (userId) => {
      const { channel } = await classified(() => client.conversations.open({ users: userId }));
      if (!channel?.id) throw new ChatError('no_channel', 'Slack opened no direct conversation; try again.');
      return channel.id;
    },
  };
}
