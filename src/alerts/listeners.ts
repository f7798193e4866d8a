/** Joins Slack to the verbs of alerts: messages in watched channels, and the buttons under a mention. */

import type { ChatListeners } from '../ports/chat.ts';
import type { AlertDeps } from './deps.ts';
import { receivePost } from './receive-post.ts';
import { noteReply } from './reminders/note-reply.ts';
import { registerHygiene } from './hygiene/listeners.ts';
import { registerPaging } from './paging/listeners.ts';
import { registerResponse } from './respond/listeners.ts';

export function registerAlerts(listeners: ChatListeners, deps: AlertDeps): void {
  listeners.onPost(async (post) => {
    await deps.inTurn(async () => {
      await receivePost(post, deps);
      await noteReply(post, deps);
    });
  });

  registerResponse(listeners, deps);
  registerPaging(listeners, deps);
  registerHygiene(listeners, deps);
}
