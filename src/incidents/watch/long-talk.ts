/** Suggests a war room once where people talk long in an alert's thread (I-09). */

import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, section } from '../../blockkit/blocks.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { ChatPost } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { watchMessages } from './messages.ts';

const MANY_POSTS = 10;
const MANY_PEOPLE = 3;

export async function watchTalk(post: ChatPost, deps: IncidentDeps): Promise<void> {
  const { channel, threadTs, ts, author } = post;
  if (author.kind !== 'person' || threadTs === undefined || post.edited) return;
  const alert = await deps.alerts.byPost({ channel, ts: threadTs });
  if (!alert || (await deps.store.byKey(`alert:${alert.id}`))) return;
  const talk = await deps.talk.countTalk({ channel, threadTs, ts, userId: author.id });
  if (talk.suggested || (talk.posts < MANY_POSTS && talk.people.length < MANY_PEOPLE)) return;
  const words = watchMessages[deps.style.locale];
  const open = button({
    text: words.longTalkButton,
    actionId: ACTION.openWarRoom,
    value: alert.id,
    style: 'primary',
  });
  // By its key it is said once, also where the process dies before the thread is marked.
  await deps.outbox.post({
    key: `talk:${channel}:${threadTs}`,
    channel,
    threadTs,
    priority: PRIORITY.companion,
    content: { text: words.longTalk, blocks: [section(words.longTalk), actions([open])] },
  });
  await deps.talk.suggested(channel, threadTs);
}
