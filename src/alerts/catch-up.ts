/** Takes what stood in a channel while nobody listened: alerts are mentioned late, those already over are not. */

import type { ChatPost } from '../ports/chat.ts';
import type { AlertDeps } from './deps.ts';
import { receivePost } from './receive-post.ts';
import { recogniseAlert } from './recognise/recognise-alert.ts';
import { resolveAlert } from './resolve-alert.ts';

export interface MissedPost {
  readonly post: ChatPost;
  /** False where its thread is empty, so that it cannot have been answered. */
  readonly hasReplies: boolean;
}

/**
 * `posts` are of one channel, oldest first. One that fails does not hold up the others; the first failure is thrown
 * at the end, so that the history is read from the same place again.
 */
export async function catchUp(posts: readonly MissedPost[], deps: AlertDeps): Promise<void> {
  const recoveries = recoveryTimes(posts);
  const failures: unknown[] = [];
  for (const missed of posts) {
    try {
      await take(missed, recoveries.get(missed.post.ts), deps);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function take({ post, hasReplies }: MissedPost, recoveredAt: number | undefined, deps: AlertDeps): Promise<void> {
  const over = recoveredAt === undefined ? {} : { recoveredAt };
  const received = await receivePost(post, deps, { mayBeAnswered: hasReplies, ...over });
  if (received.kind !== 'missed-and-over') return;
  const alert = await deps.store.byId(received.alertId);
  if (alert && recoveredAt !== undefined) await resolveAlert(alert, recoveredAt, deps, { missed: true });
}

/** For each firing message, when a later message of the batch tells that it is over. */
function recoveryTimes(posts: readonly MissedPost[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const firing = new Map<string, string[]>();
  for (const { post } of posts) {
    const reading = recogniseAlert(post);
    if (!reading) continue;
    if (reading.state === 'resolved') {
      for (const ts of firing.get(reading.fingerprint) ?? []) times.set(ts, Number(post.ts) * 1000);
      firing.delete(reading.fingerprint);
    } else {
      firing.set(reading.fingerprint, [...(firing.get(reading.fingerprint) ?? []), post.ts]);
    }
  }
  return times;
}
