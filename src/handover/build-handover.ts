/** Makes a handover of the plan, of the alerts since the last one, and of whoever can be mentioned; asks nobody. */

import { firstLevelAt, nextChange, samePeople, stretches } from '../domain/first-level.ts';
import type { Digest, Handover, Holder, TeamHandover, TurnKind } from '../domain/handover.ts';
import { addDays } from '../domain/local-day.ts';
import { onCallAt } from '../domain/on-call.ts';
import type { OnCallLevel, Shift } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';
import type { Team } from '../domain/team.ts';
import { coverageOf } from './coverage.ts';
import type { CoverageQuestion } from './coverage.ts';
import type { HandoverTeam, ShiftBook } from './deps.ts';

const GAPS_AHEAD_MS = 7 * 24 * 3_600_000;
/** Three missed refreshes: PagerDuty is not answering, and the post says so. */
const STALE_MS = 3 * 60_000;

export type Occasion = Pick<Handover, 'day' | 'post' | 'channel' | 'at' | 'until' | 'postedAt'>;

export interface BuildDeps {
  readonly book: ShiftBook;
  readonly calendar: CoverageQuestion['calendar'];
  readonly slackIdOf: (responder: Responder) => string | undefined;
  /** The newest handover of a team before this one. */
  readonly lastOf: (team: string) => Handover | undefined;
  /** Shifts that were told of before, for what the plan does not reach back to any more. */
  readonly toldOf: (team: string) => readonly Shift[];
  /** From the switch to now as PagerDuty says it, where the plan was read after the switch. */
  readonly stoodOf: (team: string) => readonly Shift[];
  readonly digestOf: (team: string) => Digest;
}

export function buildHandover(
  occasion: Occasion,
  since: number | undefined,
  teams: readonly HandoverTeam[],
  deps: BuildDeps,
): Handover {
  return {
    ...occasion,
    ...(since === undefined ? {} : { since }),
    teams: teams.map((one) => buildTeam(one, occasion, deps)),
  };
}

function buildTeam({ team, offhours }: HandoverTeam, occasion: Occasion, deps: BuildDeps): TeamHandover {
  const { book, calendar } = deps;
  const { at, postedAt } = occasion;
  const shifts = [...deps.stoodOf(team.key), ...book.shifts(team.key)];
  const confirmedAt = book.confirmedAt(team.key);
  const holderOf = holderBy(deps.slackIdOf);
  const present = firstLevelAt(shifts, postedAt);
  const planned = firstLevelAt(shifts, at);
  // A gap that is over, or a time that nobody can tell of any more: what counts is who has the pager now.
  const from = planned.length > 0 || present.length === 0 ? at : postedAt;
  const levels = onCallAt(shifts, from);
  const incoming = present.length > 0 ? firstLevelAt(shifts, from) : [];
  const outgoing = outgoingOf(team, shifts, incoming, occasion, deps);
  const known = book.knownUntil(team.key) ?? at;
  const end = nextChange(shifts, from, known)?.from;
  const next = nextChange(shifts, postedAt, known);
  const { pieces, dayOff } = coverageOf({ from, to: occasion.until, offhours, shifts, calendar, holderOf });
  const gaps = stretches(shifts, at, Math.min(known, at + GAPS_AHEAD_MS)).filter(
    ({ people, to }) => people.length === 0 && to > postedAt,
  );
  return {
    team: team.key,
    name: team.name,
    kind: confirmedAt === undefined ? 'unknown' : turnOf(incoming, outgoing),
    incoming: incoming.map(holderOf),
    ...(samePeople(incoming, present) ? {} : { now: present.map(holderOf) }),
    outgoing,
    levels: levels
      .filter(({ level }) => level > 1)
      .map(({ level, shifts: people }) => ({ level, people: people.map(({ responder }) => holderOf(responder)) })),
    until: end ?? endOf(levels),
    ...(next ? { next: { at: next.from, people: next.people.map(holderOf) } } : {}),
    coverage: pieces,
    ...(dayOff ? { dayOff } : {}),
    gaps: confirmedAt === undefined ? [] : gaps.map(({ from, to }) => ({ from, to })),
    digest: deps.digestOf(team.key),
    ...(confirmedAt !== undefined && postedAt - confirmedAt > STALE_MS ? { confirmedAt } : {}),
  };
}

function turnOf(incoming: readonly Responder[], outgoing: readonly Responder[]): TurnKind {
  if (incoming.length === 0) return 'gap';
  return samePeople(incoming, outgoing) ? 'same' : 'changed';
}

/**
 * Whoever hands over. Where days were left out since the last post, a change on one of them is news still: then it is
 * whom that post named.
 */
function outgoingOf(
  team: Team,
  shifts: readonly Shift[],
  incoming: readonly Responder[],
  { day, at }: Occasion,
  deps: BuildDeps,
): readonly Holder[] {
  const last = deps.lastOf(team.key);
  const named = last?.teams.find((one) => one.team === team.key)?.incoming ?? [];
  const planned = firstLevelAt(shifts, at - 1);
  const known = planned.length > 0 ? planned : firstLevelAt(deps.toldOf(team.key), at - 1);
  const before = known.map(holderBy(deps.slackIdOf));
  if (before.length === 0) return named;
  const skipped = last !== undefined && last.day < addDays(day, -1) && named.length > 0;
  return skipped && samePeople(before, incoming) ? named : before;
}

export function holderBy(slackIdOf: (responder: Responder) => string | undefined) {
  return (responder: Responder): Holder => {
    const slackId = slackIdOf(responder);
    return { id: responder.id, name: responder.name, ...(slackId ? { slackId } : {}) };
  };
}

/** When the first level's present shifts end, the last of them. */
function endOf(levels: readonly OnCallLevel[]): number | null {
  const ends = levels.find(({ level }) => level === 1)?.shifts.map(({ end }) => end) ?? [];
  return ends.length === 0 || ends.includes(null) ? null : Math.max(...ends.map((end) => end ?? 0));
}
