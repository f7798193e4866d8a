/** Reads when a cover is meant: `19:00-22:00`, `11/25 19:00-22:00`, `明日 19時〜翌7時`, `11/25`, `11/25 19:00-11/27 10:00`. */

import { addDays, instantOf, localMoment } from '../domain/local-day.ts';

/** Epoch ms. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

export interface ReadingClock {
  readonly now: number;
  /** IANA name. */
  readonly timezone: string;
  /** Minutes of the day: a date alone is the duty from here to the next day's. */
  readonly handoverAt: number;
}

export type ReadWhen =
  { readonly kind: 'span'; readonly span: TimeSpan; readonly rest: string } | { readonly kind: 'unclear' | 'past' };

const DAY = String.raw`(?:(\d{4})[-/])?(\d{1,2})[-/](\d{1,2})|(\d{1,2})月(\d{1,2})日|今日|きょう|明日|あした|明後日|あさって|today|tomorrow`;
const TIME = String.raw`翌?(\d{1,2})(?::(\d{2})|時(?:(\d{1,2})分)?)`;
const TO = String.raw`\s*(?:-|–|—|~|〜|から|to)\s*`;
const RANGE = new RegExp(`(?:(?<d1>${DAY})\\s*)?(?<t1>${TIME})${TO}(?:(?<d2>${DAY})\\s*)?(?<t2>${TIME})(?:まで)?`, 'i');
const DATE = new RegExp(`(?:^|\\s)(?<d1>${DAY})(?=\\s|$)`, 'i');

export function readWhen(text: string, clock: ReadingClock): ReadWhen {
  const range = RANGE.exec(text);
  const match = range ?? DATE.exec(text);
  if (!match?.groups) return { kind: 'unclear' };
  const rest = text.replace(match[0], ' ').trim();
  const { d1, t1, d2, t2 } = match.groups;
  const today = localMoment(clock.now, clock.timezone).day;
  const first = d1 === undefined ? today : dayOf(d1, today);
  if (first === undefined) return { kind: 'unclear' };
  if (t1 === undefined || t2 === undefined) {
    return spanOf(first, clock.handoverAt, addDays(first, 1), clock.handoverAt, rest, clock);
  }
  const [from, to] = [minutesOf(t1), minutesOf(t2)];
  if (from === undefined || to === undefined) return { kind: 'unclear' };
  const isNextDay = t2.startsWith('翌') || to <= from;
  const last = d2 === undefined ? (isNextDay ? addDays(first, 1) : first) : dayOf(d2, today);
  if (last === undefined) return { kind: 'unclear' };
  const read = spanOf(first, from, last, to, rest, clock);
  // Without a date the next such time is meant.
  if (read.kind !== 'past' || d1 !== undefined) return read;
  return spanOf(addDays(first, 1), from, addDays(last, 1), to, rest, clock);
}

/** The days that are named, `YYYY-MM-DD`, and what else was typed. */
export function readDays(text: string, clock: ReadingClock): { days: readonly string[]; rest: string } {
  const today = localMoment(clock.now, clock.timezone).day;
  const words = text.split(/\s+/).filter(Boolean);
  const read = words.map((word) => ({ word, day: dayOf(word, today) }));
  const rest = read.filter(({ day }) => day === undefined).map(({ word }) => word);
  return { days: read.flatMap(({ day }) => day ?? []), rest: rest.join(' ') };
}

function spanOf(first: string, from: number, last: string, to: number, rest: string, clock: ReadingClock): ReadWhen {
  const start = instantOf(first, from, clock.timezone);
  const end = instantOf(last, to, clock.timezone);
  if (end <= start) return { kind: 'unclear' };
  if (end <= clock.now) return { kind: 'past' };
  // What has begun is covered from the next whole minute on.
  return { kind: 'span', span: { start: Math.max(start, Math.ceil(clock.now / 60_000) * 60_000), end }, rest };
}

/** `YYYY-MM-DD`; a date without a year that is over is the next year's. */
function dayOf(word: string, today: string): string | undefined {
  const lower = word.toLowerCase();
  if (['今日', 'きょう', 'today'].includes(lower)) return today;
  if (['明日', 'あした', 'tomorrow'].includes(lower)) return addDays(today, 1);
  if (['明後日', 'あさって'].includes(lower)) return addDays(today, 2);
  const [, year, month, day] = /^(?:(\d{4})[-/])?(\d{1,2})[-/月](\d{1,2})日?$/.exec(lower) ?? [];
  if (month === undefined || day === undefined) return undefined;
  const named = (of: number) => `${of}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const thisYear = Number(today.slice(0, 4));
  const found = named(year === undefined ? thisYear : Number(year));
  if (!exists(found)) return undefined;
  return year === undefined && found < addDays(today, -1) ? named(thisYear + 1) : found;
}

function exists(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

function minutesOf(time: string): number | undefined {
  const [, hour = '', minute = '0'] = /^翌?(\d{1,2})(?::|時)(\d{1,2})?/.exec(time) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour === '' || Number(minute) > 59 || minutes > 24 * 60 ? undefined : minutes;
}
