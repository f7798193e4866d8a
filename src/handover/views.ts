/** Turns a handover into as few Slack messages as hold it, and the note form. */

import type { KnownBlock } from '@slack/types';
import { ACTION } from '../blockkit/action-ids.ts';
import { actions, button, context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../blockkit/mrkdwn.ts';
import { clockTime, dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Content } from '../ports/chat.ts';
import { isToConfirm } from './chase.ts';
import { messages } from './messages.ts';
import { knowledgeLines, titleLine, turnLines } from './post-lines.ts';
import type { PostView } from './post-lines.ts';

/** A post that comes so long after its time says so (H-03). */
const LATE_MS = 60_000;
/** Slack takes 50 blocks, and refuses somewhat above 13,000 characters in all. */
const MOST_BLOCKS = 40;
const MOST_CHARACTERS = 9_000;
const SECTION = 2_800;

export interface PostOptions {
  readonly style: TimeStyle;
  readonly rulesUrl?: string;
  /** When somebody asked for it again, epoch ms. */
  readonly againAt?: number;
}

/** One message, or for many teams as many as it takes; the buttons stand under the last. */
export function handoverContents(view: PostView, options: PostOptions): readonly Content[] {
  const { style } = options;
  const { handover } = view;
  const head = titleLine(handover, style);
  const several = handover.teams.length > 1;
  const sections = handover.teams.flatMap((team) => {
    const turn = turnLines(team, view, style);
    const knowledge = knowledgeLines(team, view, style);
    const name = several ? [messages[style.locale].team(escapeMrkdwn(clip(team.name, 60)))] : [];
    return several ? [[...name, ...turn, ...knowledge].join('\n')] : [turn.join('\n'), knowledge.join('\n')];
  });
  const [first = '', ...rest] = sections;
  const pages = paged(several ? [head, first, ...rest] : [`${head}\n${first}`, ...rest], handover.teams.length > 20);
  const foot = footLines(view, options);
  const last = pages.length - 1;
  return pages.map((page, index) => {
    const ends = index === last ? foot : [];
    const blocks: KnownBlock[] = [
      ...page.map((text) => section(text)),
      ...(ends.length > 0 ? [context(ends.join('\n'))] : []),
      ...(index === last && view.live ? [buttons(view, style)] : []),
    ];
    const tail = ends.join('\n');
    return { text: `${clip(page.join('\n'), 2_900 - tail.length)}${tail ? `\n${tail}` : ''}`, blocks };
  });
}

/** Sections gathered into messages; with `dense` several teams share a section. */
function paged(sections: readonly string[], dense: boolean): readonly (readonly string[])[] {
  const pages: string[][] = [[]];
  for (const text of sections) {
    const page = pages.at(-1) ?? [];
    const before = page.at(-1);
    const used = page.reduce((sum, one) => sum + one.length, 0);
    if (page.length >= MOST_BLOCKS || used + text.length > MOST_CHARACTERS) pages.push([text]);
    else if (dense && before !== undefined && before.length + text.length < SECTION)
      page[page.length - 1] = `${before}\n\n${text}`;
    else page.push(clip(text, 2_990));
  }
  return pages;
}

function footLines({ handover }: PostView, { style, rulesUrl, againAt }: PostOptions): readonly string[] {
  const words = messages[style.locale];
  const late = handover.postedAt - handover.at >= LATE_MS;
  const since = handover.since === undefined ? words.sinceFirst : words.since(dateTime(handover.since, style));
  const end =
    againAt === undefined
      ? late
        ? words.late(clockTime(handover.postedAt, style))
        : ''
      : words.again(clockTime(againAt, style));
  const lines = [...(rulesUrl ? [words.rules(linkTo(rulesUrl, words.rulesLabel))] : []), `${since}${end}`];
  return lines;
}

function buttons({ handover, confirmations }: PostView, { locale }: TimeStyle): KnownBlock {
  const words = messages[locale].buttons;
  const value = JSON.stringify([handover.day, handover.post]);
  const open = handover.teams.some((team) => isToConfirm(team) && !confirmations.some((one) => one.team === team.team));
  return actions([
    ...(open ? [button({ text: words.confirm, actionId: ACTION.confirmHandover, value, style: 'primary' })] : []),
    button({ text: words.note, actionId: ACTION.writeHandoverNote, value }),
  ]);
}
