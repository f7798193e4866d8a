/** What becomes of a draft: asked, accepted, declined, withdrawn, undone; each step once, by whoever may take it. */

import type { Cover, CoverState } from '../domain/cover.ts';
import { endOf, startOf } from '../domain/cover.ts';
import type { CoverDeps } from './deps.ts';
import { removeAll, writeCover } from './write-cover.ts';
import type { Written } from './write-cover.ts';

export type Settled =
  | { readonly kind: 'moved'; readonly cover: Cover }
  | { readonly kind: 'not-yours' | 'stale' | 'over' | 'begun' | 'no-account' }
  /** Nothing stands; it may be tried again. */
  | { readonly kind: 'refused'; readonly cover: Cover; readonly reason: string }
  | { readonly kind: 'changed-meanwhile' | 'half' | 'not-left' | 'unknown'; readonly cover: Cover };

/** The asker has seen the preview. Taking somebody's shift over oneself needs nobody else. */
export async function confirmCover(id: string, userId: string, deps: CoverDeps): Promise<Settled> {
  const cover = await deps.store.get(id);
  if (!cover) return { kind: 'stale' };
  if (userId !== cover.asker.slackId) return { kind: 'not-yours' };
  if (isOver(cover, deps.clock.now())) return { kind: 'over' };
  if (cover.partner.slackId === userId) return write(cover, 'drafted', userId, deps);
  return move(id, ['drafted'], 'asked', userId, deps);
}

export async function acceptCover(id: string, userId: string, deps: CoverDeps): Promise<Settled> {
  const cover = await deps.store.get(id);
  if (!cover) return { kind: 'stale' };
  if (userId !== cover.partner.slackId) return { kind: 'not-yours' };
  if (isOver(cover, deps.clock.now())) return { kind: 'over' };
  return write(cover, 'asked', userId, deps);
}

export async function declineCover(id: string, userId: string, deps: CoverDeps): Promise<Settled> {
  const cover = await deps.store.get(id);
  if (userId !== cover?.partner.slackId) return { kind: cover ? 'not-yours' : 'stale' };
  return move(id, ['asked'], 'declined', userId, deps);
}

/** Of a draft or of a request that nobody has answered. */
export async function withdrawCover(id: string, userId: string, deps: CoverDeps): Promise<Settled> {
  const cover = await deps.store.get(id);
  if (userId !== cover?.asker.slackId) return { kind: cover ? 'not-yours' : 'stale' };
  return move(id, ['drafted', 'asked'], 'withdrawn', userId, deps);
}

/** Until it starts. */
export async function undoCover(id: string, userId: string, deps: CoverDeps): Promise<Settled> {
  const cover = await deps.store.get(id);
  if (!cover) return { kind: 'stale' };
  if (userId !== cover.asker.slackId && userId !== cover.partner.slackId) return { kind: 'not-yours' };
  if (startOf(cover) <= deps.clock.now()) return { kind: 'begun' };
  const from = await deps.directory.pagerEmailOf(userId);
  if (!from) return { kind: 'no-account' };
  const claimed = await move(id, ['stands'], 'undoing', userId, deps);
  if (claimed.kind !== 'moved') return claimed;
  const unknown = claimed.cover.changes.filter(({ override }) => !override);
  const left = [...unknown, ...(await removeAll(claimed.cover.changes, { from }, deps))];
  deps.refresh();
  const at = deps.clock.now();
  const changes = left.length > 0 ? { changes: left } : {};
  const to: CoverState = left.length > 0 ? 'stands' : 'undone';
  const moved = await deps.store.move(id, { from: ['undoing'], to, actor: userId, at, ...changes });
  if (!moved) return { kind: 'stale' };
  return left.length > 0 ? { kind: 'not-left', cover: moved } : { kind: 'moved', cover: moved };
}

/** A swap is whole or nothing: it ends when the first of its shifts begins. */
function isOver(cover: Cover, now: number): boolean {
  return (cover.kind === 'swap' ? startOf(cover) : endOf(cover)) <= now;
}

/** In the name of whoever pressed; what began meanwhile is covered from the next minute on. */
async function write(cover: Cover, from: 'drafted' | 'asked', userId: string, deps: CoverDeps): Promise<Settled> {
  const email = await deps.directory.pagerEmailOf(userId);
  if (!email) return { kind: 'no-account' };
  const now = Math.ceil(deps.clock.now() / 60_000) * 60_000;
  const changes = cover.changes
    .filter(({ end }) => end > now)
    .map((change) => ({ ...change, start: Math.max(change.start, now) }));
  if (changes.length === 0) return { kind: 'over' };
  const claimed = await move(cover.id, [from], 'writing', userId, deps);
  if (claimed.kind !== 'moved') return claimed;
  const settle = async (to: CoverState, kept = cover.changes): Promise<Cover> =>
    (await deps.store.move(cover.id, {
      from: ['writing'],
      to,
      actor: userId,
      at: deps.clock.now(),
      changes: kept,
    })) ?? cover;
  let written: Written;
  try {
    written = await writeCover({ ...cover, changes }, { from: email }, deps);
  } catch (error) {
    await settle(from);
    throw error;
  }
  deps.refresh();
  switch (written.kind) {
    case 'written':
      return { kind: 'moved', cover: await settle('stands', written.changes) };
    case 'refused':
      return { kind: 'refused', cover: await settle(from), reason: written.reason };
    case 'unknown':
      return { kind: 'unknown', cover: await settle(from) };
    case 'changed-meanwhile':
      return { kind: 'changed-meanwhile', cover: await settle('failed') };
    case 'half':
      return { kind: 'half', cover: await settle('half', written.changes) };
  }
}

async function move(
  id: string,
  from: readonly CoverState[],
  to: CoverState,
  actor: string,
  deps: CoverDeps,
): Promise<Settled> {
  const cover = await deps.store.move(id, { from, to, actor, at: deps.clock.now() });
  return cover ? { kind: 'moved', cover } : { kind: 'stale' };
}
