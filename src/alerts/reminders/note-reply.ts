/** Shows that somebody answered in an alert's thread: words are no acknowledgement. */

import type { ChatPost } from '../../ports/chat.ts';
import type { AlertDeps } from '../deps.ts';
import { showAlert } from '../show-alert.ts';

export async function noteReply(post: ChatPost, deps: AlertDeps): Promise<void> {
  if (post.author.kind !== 'person' || post.threadTs === undefined || post.edited) return;
  if (!deps.watch.channel(post.channel)) return;
  const alert = await deps.care.byThread(post.channel, post.threadTs);
  if (!alert || alert.acknowledgedAt !== undefined || alert.resolvedAt !== undefined) return;
  const reply = { userId: post.author.id, at: Math.round(Number(post.ts) * 1000) };
  if ((await deps.care.replied(alert.id, reply)) === 'known') return;
  await showAlert(alert, deps);
}
