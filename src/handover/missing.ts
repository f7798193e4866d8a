/** Says which post of today should stand by now and does not: something is wrong with Toban or with its channel (O-03). */

import { clockTime } from '../domain/local-time.ts';
import type { Complaint } from '../ports/vitals.ts';
import type { HandoverDeps, PostPlan } from './deps.ts';
import { dueDay, postingTime } from './due.ts';
import { partKey } from './show-handover.ts';
import { sideMessages } from './side-messages.ts';

/** The 10:00 post is missing at 10:05. */
const WITHIN_MS = 5 * 60_000;
/** A late start makes up for the post first. */
const AFTER_START_MS = 90_000;

export async function missingHandover(startedAt: number, deps: HandoverDeps): Promise<Complaint | undefined> {
  const now = deps.clock.now();
  for (const plan of deps.plans) {
    const day = dueDay(plan, now, deps);
    if (day === undefined) continue;
    const at = postingTime(plan, day, deps);
    if (now < Math.max(at + WITHIN_MS, startedAt + AFTER_START_MS)) continue;
    if (await stands(plan, day, deps)) continue;
    return sideMessages[deps.style.locale].missing(plan.channel, clockTime(at, deps.style));
  }
  return undefined;
}

async function stands({ post, teams }: PostPlan, day: string, { store, outbox }: HandoverDeps): Promise<boolean> {
  const kept = await store.get(day, post);
  if (kept) return (await outbox.sentTs(partKey(kept.key, 0))) !== undefined;
  // Every team may stand in a post of its own, made before toban.yml was changed.
  const done = await store.teamsOf(day);
  return teams.every(({ team }) => done.has(team.key));
}
