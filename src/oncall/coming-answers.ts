/** Answers /oncall next, schedule, me and policy from memory: within Slack's 3 s whatever PagerDuty does. */

import { escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Team } from '../domain/team.ts';
import type { Agenda } from '../ports/agenda.ts';
import type { ChatListeners, Content, Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { OnCallRoster } from '../ports/on-call-roster.ts';
import { myContent, nextContent, policyContent, scheduleContent } from './coming-views.ts';
import type { ComingStyle, TeamAgenda } from './coming-views.ts';
import { messages } from './messages.ts';
import { readWish } from './wish.ts';

export interface ComingDeps {
  readonly teams: readonly Team[];
  readonly roster: OnCallRoster;
  readonly agenda: Agenda;
  readonly calendar: Calendar;
  /** Minutes of the day. */
  readonly handoverAt: number;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly style: TimeStyle;
}

const NEXT_WORDS = ['next', '次', '次回'] as const;
const SCHEDULE_WORDS = ['schedule', '予定', 'スケジュール'] as const;
const MY_WORDS = ['me', '自分', '私'] as const;
const POLICY_WORDS = ['policy', 'ポリシー', '段階'] as const;

const STANDARD_DAYS = 7;
const DAY_MS = 24 * 3_600_000;
/** Three missed refreshes: PagerDuty is not answering, and the answer says so. */
export const STALE_MS = 3 * 60_000;

export function registerComing(listeners: ChatListeners, deps: ComingDeps): void {
  const { clock, directory } = deps;
  listeners.onCommand(
    NEXT_WORDS,
    async ({ rest }) =>
      forWish(rest, deps, (teams, days) => nextContent(agendas(teams, deps), days, clock.now(), styleOf(deps))),
    help('helpNext'),
  );
  listeners.onCommand(
    SCHEDULE_WORDS,
    async ({ rest }) =>
      forWish(rest, deps, (teams, days = STANDARD_DAYS) =>
        scheduleContent(agendas(teams, deps), days, clock.now(), styleOf(deps)),
      ),
    help('helpSchedule'),
  );
  listeners.onCommand(
    MY_WORDS,
    async ({ rest, userId }) =>
      forWish(rest, deps, (teams, days) => {
        const now = clock.now();
        const until = days === undefined ? Infinity : now + days * DAY_MS;
        const mine = agendas(teams, deps).flatMap((team) =>
          team.shifts
            .filter(({ responder }) => directory.slackIdOf(responder) === userId)
            .filter(({ start, end }) => (start ?? 0) < until && (end ?? Infinity) > now)
            .map((shift) => ({ team, shift })),
        );
        const byStart = mine.toSorted((a, b) => (a.shift.start ?? Infinity) - (b.shift.start ?? Infinity));
        return myContent(byStart, now, styleOf(deps));
      }),
    help('helpMe'),
  );
  listeners.onCommand(
    POLICY_WORDS,
    async ({ rest }) =>
      forWish(rest, deps, (teams) =>
        policyContent(
          teams.map(({ key, name, escalationPolicy }) => ({
            name,
            policy: deps.agenda.policy(key),
            hasPolicy: escalationPolicy !== undefined,
            levels: deps.roster.levels(key, clock.now()),
          })),
          styleOf(deps),
        ),
      ),
    help('helpPolicy'),
  );
}

function forWish(
  rest: string,
  { teams, style }: ComingDeps,
  answer: (teams: readonly Team[], days: number | undefined) => Content,
): Content {
  const wish = readWish(rest, teams);
  if (wish.kind === 'wish') return answer(wish.teams, wish.days);
  const words = messages[style.locale];
  const names = teams.map(({ key }) => key).join(words.separator);
  return { text: words.noSuchTeam(escapeMrkdwn(wish.word), escapeMrkdwn(names)) };
}

function agendas(teams: readonly Team[], { agenda, clock }: ComingDeps): readonly TeamAgenda[] {
  return teams.map(({ key, name }) => {
    const confirmedAt = agenda.confirmedAt(key);
    const isStale = confirmedAt !== undefined && clock.now() - confirmedAt > STALE_MS;
    return {
      name,
      shifts: agenda.shifts(key),
      knownUntil: agenda.knownUntil(key),
      staleSince: isStale ? confirmedAt : undefined,
    };
  });
}

function styleOf({ style, calendar, handoverAt, directory }: ComingDeps): ComingStyle {
  return { ...style, calendar, handoverAt, isLinked: (responder) => directory.slackIdOf(responder) !== undefined };
}

function help(line: 'helpNext' | 'helpSchedule' | 'helpMe' | 'helpPolicy') {
  return { ja: messages.ja[line], en: messages.en[line] };
}
