/** Takes the incoming person's 「引き継ぎました」: theirs alone, once. */

import { takersOf } from '../domain/handover.ts';
import type { TeamHandover } from '../domain/handover.ts';
import { isToConfirm } from './chase.ts';
import type { HandoverDeps } from './deps.ts';
import { nameOf } from './post-lines.ts';
import { refreshHandover } from './show-handover.ts';

export type Confirmed =
  | { readonly kind: 'confirmed'; readonly teams: readonly string[] }
  | { readonly kind: 'known' }
  /** Somebody else takes over, or nobody has to. */
  | { readonly kind: 'not-theirs'; readonly names: readonly string[] }
  | { readonly kind: 'gone' };

export async function confirmHandover(
  order: { readonly day: string; readonly post: string; readonly slackId: string },
  deps: HandoverDeps,
): Promise<Confirmed> {
  const { day, post, slackId } = order;
  const kept = await deps.store.get(day, post);
  if (!kept) return { kind: 'gone' };
  const open = kept.handover.teams.filter(isToConfirm);
  const theirs = open.filter((team) => holderIn(team, slackId));
  if (theirs.length === 0) {
    const people = new Map(open.flatMap((team) => takersOf(team).map((one) => [one.id, one])));
    return { kind: 'not-theirs', names: [...people.values()].map((one) => nameOf(one, deps.style)) };
  }
  const teams: string[] = [];
  for (const team of theirs) {
    const name = holderIn(team, slackId)?.name ?? '';
    const confirmation = { team: team.team, slackId, name, at: deps.clock.now() };
    if ((await deps.store.confirm(day, confirmation)) === 'confirmed') teams.push(team.team);
  }
  if (teams.length === 0) return { kind: 'known' };
  await refreshHandover(day, post, deps);
  deps.log.info({ day, post, teams }, 'handover was confirmed');
  return { kind: 'confirmed', teams };
}

function holderIn(team: TeamHandover, slackId: string) {
  return takersOf(team).find((one) => one.slackId === slackId);
}
