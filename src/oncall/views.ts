/** Turns who is on call into Slack blocks; names are plain text, because asking must not call anybody. */

import { context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../blockkit/mrkdwn.ts';
import { clockTime, dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { OnCallLevel, Shift } from '../domain/on-call.ts';
import type { CommandHelp, Content } from '../ports/chat.ts';
import { messages } from './messages.ts';

export interface TeamNow {
  readonly name: string;
  readonly levels: readonly OnCallLevel[];
  /** When PagerDuty last confirmed it; undefined where it never did. */
  readonly confirmedAt: number | undefined;
  /** True where that is long ago enough to say so. */
  readonly stale: boolean;
  readonly isLinked: (shift: Shift) => boolean;
}

/** Slack takes 50 blocks; a team needs two. */
const MOST_TEAMS = 24;

export function nowContent(teams: readonly TeamNow[], style: TimeStyle): Content {
  const words = messages[style.locale];
  const shown = teams.slice(0, MOST_TEAMS).map((team) => {
    const lines = levelLines(team, style);
    return { head: words.title(escapeMrkdwn(team.name)), lines, age: ageLine(team, style) };
  });
  return {
    text: clip(shown.map(({ head, lines, age }) => [head, ...lines, ...age].join('\n')).join('\n'), 3000),
    blocks: shown.flatMap(({ head, lines, age }) => [
      section([head, ...lines].join('\n')),
      ...age.map((line) => context(line)),
    ]),
  };
}

function levelLines(team: TeamNow, style: TimeStyle): readonly string[] {
  const words = messages[style.locale];
  if (team.confirmedAt === undefined) return [words.unknown];
  const lines = team.levels.map(
    ({ level, shifts }) =>
      `${words.level(level)} ${shifts.map((shift) => person(shift, team, style)).join(words.separator)}`,
  );
  return team.levels.some(({ level }) => level === 1) ? lines : [`${words.level(1)} ${words.nobody}`, ...lines];
}

function person(shift: Shift, team: TeamNow, style: TimeStyle): string {
  const words = messages[style.locale];
  const until = shift.end === null ? words.always : words.until(dateTime(shift.end, style));
  return `@${escapeMrkdwn(shift.responder.name)}${team.isLinked(shift) ? '' : words.unlinked}${until}`;
}

function ageLine(team: TeamNow, style: TimeStyle): readonly string[] {
  if (team.confirmedAt === undefined || !team.stale) return [];
  return [messages[style.locale].lastConfirmed(clockTime(team.confirmedAt, style))];
}

/** Every command's line, whichever feature answers it; Slack takes 3,000 characters a block. */
export function helpContent(
  commands: readonly CommandHelp[],
  options: { style: TimeStyle; rulesUrl?: string; unknownWord?: string },
): Content {
  const { locale } = options.style;
  const words = messages[locale];
  const head = options.unknownWord ? words.helpUnknown(escapeMrkdwn(clip(options.unknownWord, 40))) : words.helpTitle;
  const lines = commands.map((command) => command[locale]);
  const after = [
    words.helpAlerts,
    ...(options.rulesUrl ? [words.helpRules(linkTo(options.rulesUrl, words.rulesLabel))] : []),
  ];
  const blocks: string[][] = [[head]];
  for (const line of lines) {
    const last = blocks.at(-1) ?? [];
    if ([...last, line].join('\n').length > 2900) blocks.push([line]);
    else last.push(line);
  }
  return {
    text: [head, ...lines, ...after].join('\n'),
    blocks: [...blocks.map((block) => section(block.join('\n'))), context(after.join('\n'))],
  };
}
