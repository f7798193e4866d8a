/** Joins Slack to what is watched: talk in threads and rooms, people who join, rooms to put away. */

import { ACTION } from '../../blockkit/action-ids.ts';
import type { ChatListeners } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { archiveRoom, createActivity } from './idle.ts';
import { greetLate } from './late-joiner.ts';
import { watchTalk } from './long-talk.ts';

export function registerWatch(listeners: ChatListeners, deps: IncidentDeps): void {
  const noteActivity = createActivity(deps);
  listeners.onPost((post) => noteActivity(post));
  listeners.onPost((post) => watchTalk(post, deps));
  listeners.onJoined((joined) => greetLate(joined, deps));
  listeners.onPress(ACTION.archiveRoom, (press) => archiveRoom(press, deps));
}
