/** Posts the handover of a day: exactly once, at its time or as soon after it as Toban runs again (H-01 to H-03). */

import type { Handover } from '../domain/handover.ts';
import { firstLevelAt } from '../domain/first-level.ts';
import { onCallAt } from '../domain/on-call.ts';
import type { Shift } from '../domain/on-call.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Draft } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';
import type { KeptHandover } from '../ports/handover-store.ts';
import { buildHandover } from './build-handover.ts';
import { setChase } from './chase.ts';
import type { HandoverDeps, HandoverTeam, PostPlan } from './deps.ts';
import { digests } from './digest.ts';
import { dueDay, nextPost, postingTime } from './due.ts';
import { sideMessages } from './side-messages.ts';
import { contentsOf, partKey } from './show-handover.ts';
import { warnAdmins } from './warn-admins.ts';

/** People whom Slack has not shown yet are waited for so long. */
const LEARN_WITHIN_MS = 10_000;
/** The plan is read every minute. */
const FRESH_MS = 75_000;
const REFRESH_WITHIN_MS = 20_000;
/** Where nothing at all is known PagerDuty has a moment to answer before the post says so. */
const UNKNOWN_FOR_MS = 5 * 60_000;

export type Posting =
  | { readonly kind: 'posted'; readonly handover: Handover }
  | { readonly kind: 'not-due' }
  | { readonly kind: 'known' }
  /** Asked again with the next minute. */
  | { readonly kind: 'waiting' };

/** Every plan by itself: one that fails holds up no other. */
export async function postDueHandovers(deps: HandoverDeps): Promise<void> {
  for (const plan of deps.plans) {
    await postHandover(plan, deps).catch((error: unknown) => {
      deps.log.error({ err: error, post: plan.post }, 'handover could not be posted yet');
    });
  }
}

export async function postHandover(plan: PostPlan, deps: HandoverDeps): Promise<Posting> {
  const { clock, store, outbox, log } = deps;
  const now = clock.now();
  const day = dueDay(plan, now, deps);
  if (!day) return { kind: 'not-due' };
  if (await store.get(day, plan.post)) return { kind: 'known' };
  const done = await store.teamsOf(day);
  const teams = plan.teams.filter(({ team }) => !done.has(team.key));
  if (teams.length === 0) return { kind: 'known' };
  const at = postingTime(plan, day, deps);
  await refresh(teams, deps);
  const isUnknown = teams.every(({ team }) => deps.book.confirmedAt(team.key) === undefined);
  if (isUnknown && now - at < UNKNOWN_FOR_MS) return { kind: 'waiting' };
  const channel = await channelOf(plan, deps);
  if (!channel) return { kind: 'waiting' };
  const handover = await makeHandover({ plan, teams, day, at, channel }, deps);
  const kept: KeptHandover = { handover, key: `handover:${day}:${plan.post}` };
  // Before the row: a process that ends in between leaves timers that find nothing, not a post that nobody chases.
  await setChase(handover, deps);
  const recorded = await store.record(kept, await draftsOf(kept, deps));
  if (recorded.kind === 'known') return recorded;
  outbox.takeUp(recorded.rows);
  log.info({ day, post: plan.post, teams: teams.length, lateMs: now - at }, 'handover was posted');
  await warnAdmins(handover, deps);
  return { kind: 'posted', handover };
}

/** The plan of just before the switch is right; an older one may have changed since. */
async function refresh(teams: readonly HandoverTeam[], deps: HandoverDeps): Promise<void> {
  const { book, clock } = deps;
  const isFresh = (at: number | undefined) => at !== undefined && clock.now() - at < FRESH_MS;
  if (teams.every(({ team }) => isFresh(book.confirmedAt(team.key)))) return;
  await Promise.race([deps.refresh(), wait(clock, REFRESH_WITHIN_MS)]);
}

async function channelOf({ channel }: PostPlan, deps: HandoverDeps): Promise<string | undefined> {
  const id = deps.channelId(channel);
  if (!id)
    await deps.admins.tell(`handover-channel:${channel}`, sideMessages[deps.style.locale].admin.channel(channel));
  return id;
}

interface Making {
  readonly plan: PostPlan;
  readonly teams: readonly HandoverTeam[];
  readonly day: string;
  readonly at: number;
  readonly channel: string;
}

async function makeHandover({ plan, teams, day, at, channel }: Making, deps: HandoverDeps): Promise<Handover> {
  const { clock, book, directory, store } = deps;
  const last = new Map<string, Handover>();
  for (const { team } of teams) {
    const kept = await store.latestOf(team.key);
    if (kept) last.set(team.key, kept.handover);
  }
  const { past, stood } = await shiftsBefore(teams, at, deps);
  const people = teams.flatMap(({ team }) =>
    [at - 1, at, clock.now()].flatMap((instant) =>
      onCallAt([...(stood.get(team.key) ?? []), ...book.shifts(team.key)], instant).flatMap(({ shifts }) =>
        shifts.map(({ responder }) => responder),
      ),
    ),
  );
  await Promise.race([directory.learn(people), wait(clock, LEARN_WITHIN_MS)]).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'people of the handover could not be looked up');
  });
  // What was counted in a late post is not counted twice.
  const times = [...last.values()].map((one) => one.postedAt);
  const since = times.length > 0 ? Math.min(...times) : undefined;
  const postedAt = clock.now();
  const digestOf = await digests(since, postedAt, {
    ...deps,
    permalink: (where, ts) => deps.chat.permalink(where, ts),
  });
  const occasion = { day, post: plan.post, channel, at, until: nextPost(plan, day, deps), postedAt };
  return buildHandover(occasion, since, teams, {
    book,
    stoodOf: (team) => stood.get(team) ?? [],
    calendar: deps.calendar,
    slackIdOf: (responder) => directory.slackIdOf(responder),
    lastOf: (team) => last.get(team),
    toldOf: (team) => past.get(team) ?? [],
    digestOf,
  });
}

interface Before {
  /** Who held the pager up to the switch, as it was told. */
  readonly past: ReadonlyMap<string, readonly Shift[]>;
  /** What PagerDuty says of the time from the switch to now. */
  readonly stood: ReadonlyMap<string, readonly Shift[]>;
}

/** Where the plan was read after the switch it may begin after it: what it lacks is as it was told, or asked for. */
async function shiftsBefore(
  teams: readonly HandoverTeam[],
  at: number,
  { book, store, clock, log, shiftsIn }: HandoverDeps,
): Promise<Before> {
  const past = new Map<string, readonly Shift[]>();
  const stood = new Map<string, readonly Shift[]>();
  const isKnown = (shifts: readonly Shift[]) => firstLevelAt(shifts, at - 1).length > 0;
  const unknown: string[] = [];
  for (const { team } of teams) {
    const isLater = (book.confirmedAt(team.key) ?? 0) > at;
    if (!isLater && isKnown(book.shifts(team.key))) continue;
    const told = (await store.told(team.key))?.shifts ?? [];
    if (isKnown(told)) past.set(team.key, told);
    if (isLater || !isKnown(told)) unknown.push(team.key);
  }
  if (unknown.length === 0) return { past, stood };
  await Promise.race([
    shiftsIn(at - 1, clock.now() + 1).then((of) => {
      for (const team of unknown) stood.set(team, of(team));
    }),
    wait(clock, REFRESH_WITHIN_MS),
  ]).catch((error: unknown) => {
    log.warn({ err: error }, 'who had the pager at the switch could not be asked for');
  });
  return { past, stood };
}

async function draftsOf(kept: KeptHandover, deps: HandoverDeps): Promise<readonly Draft[]> {
  const { handover, key } = kept;
  const contents = await contentsOf(handover, deps);
  return contents.map((content, index) => ({
    key: partKey(key, index),
    channel: handover.channel,
    // The first carries the mention: refused, it is tried again for an hour.
    priority: PRIORITY.mention,
    content,
  }));
}
