/** Brings the message of a handover up to what is known now: confirmations and notes; and posts it once more. */

import type { Handover, TeamHandover } from '../domain/handover.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Content } from '../ports/chat.ts';
import type { KeptHandover } from '../ports/handover-store.ts';
import type { HandoverDeps } from './deps.ts';
import { handoverContents } from './views.ts';

/** The keys of a post that takes several messages. */
export function partKey(key: string, index: number): string {
  return index === 0 ? key : `${key}:${index + 1}`;
}

export async function contentsOf(
  handover: Handover,
  deps: HandoverDeps,
  options: { readonly live?: boolean; readonly againAt?: number } = {},
): Promise<readonly Content[]> {
  const { store, style, rulesUrl } = deps;
  const [confirmations, notes] = await Promise.all([
    store.confirmations(handover.day),
    store.openNotes(handover.teams.map(({ team }) => team)),
  ]);
  const view = { handover, confirmations, notes, askOf: askedOf(deps), live: options.live ?? true };
  return handoverContents(view, {
    style,
    ...(rulesUrl ? { rulesUrl } : {}),
    ...(options.againAt === undefined ? {} : { againAt: options.againAt }),
  });
}

/** Whoever is to mend an empty first level: the highest level that can be mentioned, else the admins (H-15). */
export function askedOf({ adminIds }: Pick<HandoverDeps, 'adminIds'>) {
  return ({ levels }: Pick<TeamHandover, 'levels'>): readonly string[] => {
    const reachable = levels.map(({ people }) => people.flatMap(({ slackId }) => slackId ?? []));
    return (reachable.findLast((ids) => ids.length > 0) ?? adminIds).slice(0, 3);
  };
}

/** Edits the post; one that Slack never took is left as it is. */
export async function refreshHandover(day: string, post: string, deps: HandoverDeps): Promise<void> {
  const kept = await deps.store.get(day, post);
  if (!kept) return;
  const contents = await contentsOf(kept.handover, deps);
  for (const [index, content] of contents.entries()) await deps.outbox.edit(partKey(kept.key, index), content);
}

/** Posts a handover anew; from then on the new message is the one that is kept true. */
export async function postAgain({ handover, key }: KeptHandover, deps: HandoverDeps): Promise<void> {
  const { clock, outbox, store } = deps;
  const again = `${key}:again:${clock.now()}`;
  const contents = await contentsOf(handover, deps, { againAt: clock.now() });
  await store.moved(handover.day, handover.post, again);
  for (const [index, content] of contents.entries()) {
    await outbox.post({
      key: partKey(again, index),
      channel: handover.channel,
      priority: PRIORITY.state,
      content,
    });
  }
}
