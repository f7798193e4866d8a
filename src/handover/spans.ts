/** Times of a handover as people write them: `19:00–翌10:00`, `11/26(木) 10:00〜翌10:00`, `今日 19:00〜翌10:00`. */

import { addDays, localDay } from '../domain/local-day.ts';
import { clockTime, dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import { messages } from './messages.ts';

/** The end of a span that begins at `from`. */
function endOf(from: number, to: number, style: TimeStyle): string {
  const [first, last] = [localDay(from, style.timezone), localDay(to, style.timezone)];
  if (last === first) return clockTime(to, style);
  return last === addDays(first, 1) ? messages[style.locale].nextDay(clockTime(to, style)) : dateTime(to, style);
}

/** A part of `day`, `YYYY-MM-DD`; a part of a later day names it. */
export function partOfDay(from: number, to: number, day: string, style: TimeStyle): string {
  const begin = localDay(from, style.timezone) === day ? clockTime(from, style) : dateTime(from, style);
  return `${begin}–${endOf(from, to, style)}`;
}

export function dated(from: number, to: number, style: TimeStyle): string {
  return `${dateTime(from, style)}${wave(style)}${endOf(from, to, style)}`;
}

/** With 今日 or 明日 as seen from `now`. */
export function relative(from: number, to: number, now: number, style: TimeStyle): string {
  return `${moment(from, now, style, clockTime(from, style))}${wave(style)}${endOf(from, to, style)}`;
}

/** `明日 11/25(水) 10:00` */
export function upcoming(at: number, now: number, style: TimeStyle): string {
  return moment(at, now, style, dateTime(at, style));
}

function moment(at: number, now: number, style: TimeStyle, near: string): string {
  const words = messages[style.locale];
  const [today, day] = [localDay(now, style.timezone), localDay(at, style.timezone)];
  if (day === today) return words.today(near);
  return day === addDays(today, 1) ? words.tomorrow(near) : dateTime(at, style);
}

function wave({ locale }: TimeStyle): string {
  return locale === 'ja' ? '〜' : ' to ';
}
