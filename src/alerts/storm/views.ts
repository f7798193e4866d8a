/** Turns a storm into its one living message and the list in its thread. */

import type { KnownBlock } from '@slack/types';
import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, context, section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { Alert } from '../../domain/alert.ts';
import { clockTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import type { Storm } from '../../ports/storm-store.ts';
import { normaliseTitle } from '../recognise/normalise-title.ts';
import { mentionText } from '../mention-text.ts';
import { personText } from '../views.ts';
import { isUntaken } from './untaken.ts';
import { STORM_WORDS } from './messages.ts';

const MOST_KEYS = 10;
/** Alerts on a page of the list. */
export const PAGE = 40;
/** A section takes 3,000 characters. */
const LINES_A_SECTION = 20;

export interface StormView {
  readonly storm: Storm;
  /** Never empty; in the order in which they joined. */
  readonly members: readonly Alert[];
}

export function stormContent({ storm, members }: StormView, style: TimeStyle): Content {
  const words = STORM_WORDS[style.locale];
  const fired = members.flatMap(({ firedAt, lastFiredAt }) => [firedAt, lastFiredAt]);
  const [first, last] = [least(fired), most(fired)].map((at) => clockTime(at, style)) as [string, string];
  const who = mentionText(storm.mention.targets);
  const nobody = storm.mention.hush ? words.low : words.nobody;
  const call = who === '' ? nobody : words.head(who);
  const head = storm.endedAt === undefined ? call : words.ended(first, last, members.length);
  const facts = [
    words.count(members.length),
    words.seen(first, last),
    ...stateFacts(members, style),
    ...lastTaken(members, style),
    ...(storm.endedAt !== undefined && who !== '' ? [words.called(who)] : []),
  ];
  const keys = keyLines(members, style);
  const blocks: KnownBlock[] = [
    section(head),
    section(keys.join('\n')),
    context([...facts, words.listed].join(words.separator)),
  ];
  if (members.some(isUntaken)) {
    const text = words.acknowledge;
    blocks.push(actions([button({ text, actionId: ACTION.acknowledgeStorm, value: storm.id, style: 'primary' })]));
  }
  return { text: clip([head, ...keys, facts.join(words.separator)].join('\n'), 3000), blocks };
}

/** One line in the thread when it is over: no mention. */
export function stormSummary({ members }: StormView, style: TimeStyle): Content {
  const words = STORM_WORDS[style.locale];
  const fired = members.map(({ firedAt }) => firedAt);
  const over = words.ended(clockTime(least(fired), style), clockTime(most(fired), style), members.length);
  return { text: [over, ...stateFacts(members, style)].join(words.separator) };
}

/** `page` counts from 0. */
export function pageContent(members: readonly Alert[], page: number, style: TimeStyle): Content {
  const words = STORM_WORDS[style.locale];
  const listed = members.slice(page * PAGE, (page + 1) * PAGE);
  const lines = listed.map((alert) => memberLine(alert, style));
  const head = words.page(page * PAGE + 1, page * PAGE + listed.length);
  const blocks: KnownBlock[] = [section(head)];
  for (let at = 0; at < lines.length; at += LINES_A_SECTION) {
    blocks.push(section(lines.slice(at, at + LINES_A_SECTION).join('\n')));
  }
  return { text: clip([head, ...lines].join('\n'), 3900), blocks };
}

function memberLine(alert: Alert, style: TimeStyle): string {
  const mark = alert.resolvedAt !== undefined ? '✅' : alert.acknowledgedAt !== undefined ? '👀' : '🔴';
  const service = alert.reading.service ? `（${shown(alert.reading.service, 30)}）` : '';
  return `${mark} ${clockTime(alert.firedAt, style)} ${shown(alert.reading.title, 70)}${service}`;
}

function stateFacts(members: readonly Alert[], style: TimeStyle): readonly string[] {
  const words = STORM_WORDS[style.locale];
  const resolved = members.filter(({ resolvedAt }) => resolvedAt !== undefined).length;
  const taken = members.filter((one) => one.resolvedAt === undefined && one.acknowledgedAt !== undefined).length;
  return [
    words.open(members.length - resolved - taken),
    ...(taken > 0 ? [words.acknowledged(taken)] : []),
    ...(resolved > 0 ? [words.resolved(resolved)] : []),
  ];
}

/** Who acknowledged last, and when. */
function lastTaken(members: readonly Alert[], style: TimeStyle): readonly string[] {
  const words = STORM_WORDS[style.locale];
  const last = members.toSorted((a, b) => (b.acknowledgedAt ?? 0) - (a.acknowledgedAt ?? 0))[0];
  if (last?.acknowledgedAt === undefined || !last.acknowledgedBy) return [];
  return [words.lastBy(personText(last.acknowledgedBy), clockTime(last.acknowledgedAt, style))];
}

/** The most frequent kinds: titles that differ in numbers only are one kind, shown by its first alert. */
function keyLines(members: readonly Alert[], style: TimeStyle): readonly string[] {
  const words = STORM_WORDS[style.locale];
  const kinds = new Map<string, { title: string; count: number }>();
  for (const { reading } of members) {
    const key = normaliseTitle(reading.title).replace(/\d+/g, '#');
    const kind = kinds.get(key);
    if (kind) kind.count += 1;
    else kinds.set(key, { title: reading.title, count: 1 });
  }
  const sorted = [...kinds.values()].toSorted((a, b) => b.count - a.count);
  const lines = sorted.slice(0, MOST_KEYS).map(({ count, title }) => words.key(count, shown(title, 100)));
  const rest = sorted.slice(MOST_KEYS);
  if (rest.length === 0) return lines;
  return [
    ...lines,
    words.others(
      rest.length,
      rest.reduce((sum, { count }) => sum + count, 0),
    ),
  ];
}

/** Slack's bold breaks next to Japanese (J-07): a star in foreign text stays a star. */
function shown(text: string, most: number): string {
  return escapeMrkdwn(clip(text.replace(/\s+/g, ' '), most).replaceAll('*', '∗'));
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.max(a, b), -Infinity);
}
