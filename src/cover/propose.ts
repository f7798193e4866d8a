/** Turns what somebody typed after cover or swap into a draft, or into the reason why not. */

import { randomUUID } from 'node:crypto';
import type { Cover } from '../domain/cover.ts';
import { localDay } from '../domain/local-day.ts';
import type { Responder } from '../domain/responder.ts';
import type { Team } from '../domain/team.ts';
import type { Command } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';
import type { CoverDeps } from './deps.ts';
import { planCover, planSwap } from './plan.ts';
import type { Plan } from './plan.ts';
import { readDays, readWhen } from './read-when.ts';
import type { ReadingClock, TimeSpan } from './read-when.ts';

export type Proposal =
  | { readonly kind: 'drafted'; readonly cover: Cover; readonly team: Team }
  | { readonly kind: 'unclear' | 'past' | 'who' | 'self' | 'no-account' | 'slow-pager' | 'not-known' }
  | { readonly kind: 'partner-no-account'; readonly slackId: string }
  | { readonly kind: 'no-such-team'; readonly word: string }
  | { readonly kind: 'which-team'; readonly teams: readonly Team[] }
  /** Further away than anybody knows; epoch ms. */
  | { readonly kind: 'too-far'; readonly until: number }
  | Exclude<Plan, { readonly kind: 'plan' }>;

const MENTION = /<@([UW][A-Z0-9_]+)(?:\|[^>]*)?>/;
/** Slack waits 3 s for an answer. */
const LOOK_UP_MS = 2_000;

interface Pair {
  readonly asker: Responder;
  readonly partner: Responder;
}

export async function proposeCover(command: Command, deps: CoverDeps): Promise<Proposal> {
  const typed = command.rest.replace(MENTION, ' ');
  const when = readWhen(typed, clockOf(deps));
  if (when.kind !== 'span') return { kind: when.kind };
  const teams = teamsIn(when.rest, deps);
  if (!Array.isArray(teams)) return { kind: 'no-such-team', word: when.rest };
  const partnerId = MENTION.exec(command.rest)?.[1] ?? command.userId;
  const pair = await pairOf(command.userId, partnerId, deps);
  if (!('asker' in pair)) return pair;
  const { asker, partner } = pair;
  const known = Math.min(...teams.map(({ key }) => deps.agenda.knownUntil(key) ?? 0));
  if (when.span.end > known) return known === 0 ? { kind: 'not-known' } : { kind: 'too-far', until: known };
  const plan = (team: Team) => planCover(deps.agenda.shifts(team.key), when.span, asker, partner);
  return chosen('cover', command.userId, partnerId, pair, teams, plan, deps);
}

export async function proposeSwap(command: Command, deps: CoverDeps): Promise<Proposal> {
  const partnerId = MENTION.exec(command.rest)?.[1];
  if (!partnerId) return { kind: 'who' };
  if (partnerId === command.userId) return { kind: 'self' };
  const { days, rest } = readDays(command.rest.replace(MENTION, ' '), clockOf(deps));
  const teams = teamsIn(rest, deps);
  if (!Array.isArray(teams)) return { kind: 'no-such-team', word: rest };
  const pair = await pairOf(command.userId, partnerId, deps);
  if (!('asker' in pair)) return pair;
  if (teams.some(({ key }) => deps.agenda.knownUntil(key) === undefined)) return { kind: 'not-known' };
  const [mine, theirs] = days;
  const isOn = (day: string | undefined) => (shift: TimeSpan) => {
    if (day === undefined) return true;
    const handover = deps.calendar.at(day, deps.handoverAt);
    return localDay(shift.start, deps.style.timezone) === day || (shift.start <= handover && shift.end > handover);
  };
  const wish = { ...pair, isAskers: isOn(mine), isPartners: isOn(theirs) };
  const plan = (team: Team) => planSwap(deps.agenda.shifts(team.key), deps.clock.now(), wish);
  return chosen('swap', command.userId, partnerId, pair, teams, plan, deps);
}

/** The one team in which it would change something, of several the one where the asker gives a shift away. */
async function chosen(
  kind: Cover['kind'],
  askerId: string,
  partnerId: string,
  { asker, partner }: Pair,
  teams: readonly Team[],
  planOf: (team: Team) => Plan,
  deps: CoverDeps,
): Promise<Proposal> {
  const plans = teams.map((team) => ({ team, plan: planOf(team) }));
  const possible = plans.flatMap(({ team, plan }) => (plan.kind === 'plan' ? [{ team, changes: plan.changes }] : []));
  const own = possible.filter(({ changes }) => changes.some(({ from }) => from.id === asker.id));
  const [only, ...others] = own.length > 0 ? own : possible;
  if (!only) {
    const why = plans.find(({ plan }) => plan.kind !== 'nobody')?.plan ?? { kind: 'nobody' };
    return why.kind === 'plan' ? { kind: 'nobody' } : why;
  }
  if (others.length > 0) return { kind: 'which-team', teams: [only, ...others].map(({ team }) => team) };
  const cover: Cover = {
    id: randomUUID(),
    kind,
    team: only.team.key,
    asker: { slackId: askerId, name: asker.name },
    partner: { slackId: partnerId, name: partner.name },
    state: 'drafted',
    changes: only.changes,
    createdAt: deps.clock.now(),
  };
  await deps.store.add(cover);
  return { kind: 'drafted', cover, team: only.team };
}

/** Both in PagerDuty, or who is not; nobody waits for a PagerDuty that does not answer. */
async function pairOf(askerId: string, partnerId: string, deps: CoverDeps): Promise<Pair | Proposal> {
  const slow = wait(deps.clock, LOOK_UP_MS).then(() => 'slow' as const);
  const found = await Promise.race([
    Promise.all([askerId, partnerId].map((id) => deps.directory.responderOf(id))).catch(() => 'slow' as const),
    slow,
  ]);
  if (found === 'slow') return { kind: 'slow-pager' };
  const [asker, partner] = found;
  if (!asker) return { kind: 'no-account' };
  return partner ? { asker, partner } : { kind: 'partner-no-account', slackId: partnerId };
}

function teamsIn(word: string, { teams }: CoverDeps): readonly Team[] | undefined {
  const name = word.trim().toLowerCase();
  if (name === '') return teams;
  const named = teams.filter(
    (team) => team.key.toLowerCase() === name || team.name.normalize('NFKC').toLowerCase() === name,
  );
  return named.length > 0 ? named : undefined;
}

function clockOf({ clock, style, handoverAt }: CoverDeps): ReadingClock {
  return { now: clock.now(), timezone: style.timezone, handoverAt };
}
