/** What stands in a feed: one person's shifts in every team, or one team's, out of the agenda in memory. */

import type { TimeStyle } from '../domain/local-time.ts';
import type { Team } from '../domain/team.ts';
import type { Agenda } from '../ports/agenda.ts';
import type { Directory } from '../ports/chat.ts';
import type { Feed } from '../ports/feed-store.ts';
import type { CalendarSheet } from './calendar-text.ts';
import { messages } from './messages.ts';

export interface SheetDeps {
  readonly teams: readonly Team[];
  readonly agenda: Agenda;
  readonly directory: Directory;
  readonly style: TimeStyle;
}

/** `not-known` where PagerDuty has not said yet; `gone` where the team is no more. */
export function sheetOf(
  { userId, subject }: Pick<Feed, 'userId' | 'subject'>,
  { teams, agenda, directory, style }: SheetDeps,
): CalendarSheet | 'not-known' | 'gone' {
  const words = messages[style.locale];
  const wanted = subject.kind === 'person' ? teams : teams.filter(({ key }) => key === subject.team);
  const [first] = wanted;
  if (!first) return 'gone';
  const confirmed = wanted.map(({ key }) => agenda.confirmedAt(key));
  if (confirmed.includes(undefined)) return 'not-known';
  const shifts = wanted.flatMap((team) =>
    agenda
      .shifts(team.key)
      .filter(({ responder }) => subject.kind === 'team' || directory.slackIdOf(responder) === userId)
      .map((shift) => ({
        shift,
        team: team.key,
        title:
          subject.kind === 'person'
            ? words.myShift(team.name, shift.level)
            : words.teamShift(shift.responder.name, team.name, shift.level),
      })),
  );
  return {
    title: subject.kind === 'person' ? words.mine : words.ofTeam(first.name),
    shifts,
    timezone: style.timezone,
    confirmedAt: Math.max(...confirmed.map((at) => at ?? 0)),
  };
}
