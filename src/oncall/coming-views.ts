/** Turns the coming shifts and the escalation policy into Slack blocks; names are plain text. */

import { context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { Calendar } from '../domain/calendar.ts';
import { dayLabel, spanLabel } from '../domain/day-label.ts';
import { firstLevelParts } from '../domain/duty-parts.ts';
import type { DutyPart } from '../domain/duty-parts.ts';
import type { EscalationPolicy } from '../domain/escalation-policy.ts';
import { addDays } from '../domain/local-day.ts';
import { clockTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { OnCallLevel, Shift } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';
import type { Content } from '../ports/chat.ts';
import { comingMessages } from './coming-messages.ts';

export interface ComingStyle extends TimeStyle {
  readonly calendar: Calendar;
  /** Minutes of the day: where one day of duty ends and the next begins. */
  readonly handoverAt: number;
  readonly isLinked: (responder: Responder) => boolean;
}

export interface TeamAgenda {
  readonly name: string;
  readonly shifts: readonly Shift[];
  readonly knownUntil: number | undefined;
  /** Set where PagerDuty has not confirmed it lately, epoch ms. */
  readonly staleSince: number | undefined;
}

/** A heading, its lines, and what stands small beneath them. */
interface Passage {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** Slack refuses a message whose blocks hold more than about 13,000 characters. */
const MOST_CHARACTERS = 11_000;

/** One line a day of duty, from the one that holds `now` on (H-08). */
export function scheduleContent(teams: readonly TeamAgenda[], days: number, now: number, style: ComingStyle): Content {
  const words = comingMessages[style.locale];
  const { calendar, handoverAt } = style;
  const today = calendar.dayOf(now);
  const first = now < calendar.at(today, handoverAt) ? addDays(today, -1) : today;
  const passages = teams.map((team): Passage => {
    const head = words.schedule(escapeMrkdwn(team.name));
    if (team.knownUntil === undefined) return { lines: [head, words.notKnown], notes: [] };
    const lines: string[] = [];
    for (let day = first, count = 0; count < days; day = addDays(day, 1), count++) {
      const [from, to] = [calendar.at(day, handoverAt), calendar.at(addDays(day, 1), handoverAt)];
      if (from >= team.knownUntil) break;
      const parts = firstLevelParts(team.shifts, from, to).map((part) => partText(part, from, style));
      lines.push(`${dayLabel(day, style, calendar.holiday(day) !== undefined)} ${parts.join(words.andSo)}`);
    }
    const cut = lines.length < days ? [words.until(dayLabel(calendar.dayOf(team.knownUntil), style))] : [];
    const from = words.oneDay(clockTime(calendar.at(today, handoverAt), style));
    return { lines: [head, ...lines], notes: [from, ...cut, ...age(team, style)] };
  });
  return contentOf(passages, `/oncall schedule ${days} TEAM`, style);
}

function partText(part: DutyPart, dayStart: number, style: ComingStyle): string {
  const words = comingMessages[style.locale];
  const who = people(part.shifts, style) || words.nobody;
  return part.from === dayStart ? who : `${words.from(clockTime(part.from, style))}${who}`;
}

/** The next change on the first level, or every one of the coming days (H-08). */
export function nextContent(
  teams: readonly TeamAgenda[],
  days: number | undefined,
  now: number,
  style: ComingStyle,
): Content {
  const words = comingMessages[style.locale];
  const isHoliday = (day: string) => style.calendar.holiday(day) !== undefined;
  const passages = teams.map((team): Passage => {
    const head = words.next(escapeMrkdwn(team.name));
    if (team.knownUntil === undefined) return { lines: [head, words.notKnown], notes: [] };
    const until = days === undefined ? team.knownUntil : Math.min(team.knownUntil, now + days * 24 * 3_600_000);
    const [current, ...coming] = firstLevelParts(team.shifts, now, until + 1);
    const shown = days === undefined ? coming.slice(0, 1) : coming.filter(({ from }) => from < until);
    const lines = shown.map((part) => {
      // A part is cut where the window ends; the shift itself may last longer.
      const ends = part.shifts.map(({ end }) => end ?? part.to);
      const to = part.to > until ? Math.max(part.to, ...ends) : part.to;
      return words.nextLine(spanLabel(part.from, to, style, isHoliday), people(part.shifts, style) || words.nobody);
    });
    const currently = words.nowLine((current && people(current.shifts, style)) || words.nobody);
    return { lines: [head, ...(lines.length > 0 ? lines : [words.noChange])], notes: [currently, ...age(team, style)] };
  });
  return contentOf(passages, '/oncall next TEAM', style);
}

/** One person's own shifts on every level of every team. */
export function myContent(
  mine: readonly { readonly team: TeamAgenda; readonly shift: Shift }[],
  now: number,
  style: ComingStyle,
): Content {
  const words = comingMessages[style.locale];
  const isHoliday = (day: string) => style.calendar.holiday(day) !== undefined;
  const lines = mine.map(({ team, shift }) => {
    const { start, end, level } = shift;
    const when = start === null || end === null ? words.always : spanLabel(start, end, style, isHoliday);
    const isNow = start !== null && start <= now;
    return `${isNow ? words.meNow : ''}${when} ${escapeMrkdwn(team.name)} ${words.level(level)}`;
  });
  const ages = [...new Set(mine.flatMap(({ team }) => age(team, style)))];
  const passage = { lines: [words.me, ...(lines.length > 0 ? lines : [words.meNone])], notes: ages };
  return contentOf([lines.length > 0 ? passage : { ...passage, notes: [words.meHint] }], '/oncall me 7', style);
}

export interface TeamPolicy {
  readonly name: string;
  readonly policy: EscalationPolicy | undefined;
  /** Whether the team has one at all. */
  readonly hasPolicy: boolean;
  readonly levels: readonly OnCallLevel[];
}

/** Every level with its people and its timeout (E-01). */
export function policyContent(teams: readonly TeamPolicy[], style: ComingStyle): Content {
  const words = comingMessages[style.locale];
  const passages = teams.map(({ name, policy, hasPolicy, levels }): Passage => {
    const head = words.policy(escapeMrkdwn(name));
    if (!policy) return { lines: [head, hasPolicy ? words.notKnown : words.noPolicy], notes: [] };
    const lines = policy.levels.map(({ level, timeoutMinutes, targets }, index) => {
      const holders = levels.find((one) => one.level === level)?.shifts ?? [];
      const schedules = targets.filter(({ kind }) => kind === 'schedule').map((target) => escapeMrkdwn(target.name));
      const who = people(holders, style) || words.nobody;
      const through = schedules.length > 0 ? ` (${schedules.join(words.andSo)})` : '';
      const then = index < policy.levels.length - 1 ? words.escalates(timeoutMinutes) : words.lastLevel(timeoutMinutes);
      return `${words.level(level)} ${who}${through} → ${then}`;
    });
    return { lines: [head, ...lines], notes: policy.repeats > 0 ? [words.repeats(policy.repeats)] : [] };
  });
  return contentOf(passages, '/oncall policy TEAM', style);
}

function people(shifts: readonly Shift[], style: ComingStyle): string {
  const words = comingMessages[style.locale];
  return shifts
    .map(({ responder }) => words.person(escapeMrkdwn(responder.name), !style.isLinked(responder)))
    .join(words.andSo);
}

function age(team: TeamAgenda, style: ComingStyle): readonly string[] {
  return team.staleSince === undefined ? [] : [comingMessages[style.locale].age(clockTime(team.staleSince, style))];
}

function contentOf(passages: readonly Passage[], example: string, style: ComingStyle): Content {
  const words = comingMessages[style.locale];
  let [left, blocks] = [MOST_CHARACTERS, 0];
  const shown = passages.filter(({ lines, notes }, index) => {
    const length = [...lines, ...notes].join('\n').length;
    left -= length;
    blocks += Math.ceil(length / 2500) + 1;
    return index === 0 || (left > 0 && blocks < 48);
  });
  const rest = passages.length - shown.length;
  const more = rest > 0 ? [words.more(rest, example)] : [];
  const text = [...shown.flatMap(({ lines, notes }) => [...lines, ...notes]), ...more].join('\n');
  return {
    text: clip(text, 3000),
    blocks: [
      ...shown.flatMap(({ lines, notes }) => [
        ...chunks(lines).map((chunk) => section(chunk)),
        ...(notes.length > 0 ? [context(notes.join('\n'))] : []),
      ]),
      ...more.map((line) => context(line)),
    ],
  };
}

/** Slack takes 3,000 characters a block. */
function chunks(lines: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    if (last !== undefined && last.length + line.length < 2500) found[found.length - 1] = `${last}\n${line}`;
    else found.push(line);
  }
  return found;
}
