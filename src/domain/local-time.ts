/** Times as people read them, in the configured zone, whatever the host's zone is (REQUIREMENTS 5.2). */

import type { Locale } from './locale.ts';

export interface TimeStyle {
  readonly locale: Locale;
  /** IANA name. */
  readonly timezone: string;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function parts(instant: number, { locale, timezone }: TimeStyle): Record<string, string> {
  const key = `${locale}/${timezone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-US', {
      timeZone: timezone,
      month: locale === 'ja' ? 'numeric' : 'short',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(key, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
}

/** `02:31` */
export function clockTime(instant: number, style: TimeStyle): string {
  const { hour, minute } = parts(instant, style);
  return `${hour}:${minute}`;
}

/** `11/25(水) 10:00`, `Wed Nov 25 10:00` */
export function dateTime(instant: number, style: TimeStyle): string {
  const { month, day, weekday, hour, minute } = parts(instant, style);
  return style.locale === 'ja'
    ? `${month}/${day}(${weekday}) ${hour}:${minute}`
    : `${weekday} ${month} ${day} ${hour}:${minute}`;
}

/** The time alone where it is on the day of `now`, else with its date. */
export function timeFrom(now: number, instant: number, style: TimeStyle): string {
  const [today, then] = [parts(now, style), parts(instant, style)];
  const same = today['day'] === then['day'] && today['month'] === then['month'];
  return same ? clockTime(instant, style) : dateTime(instant, style);
}

/** Minutes and seconds, for a reaction time: `0:42`, `12:05`; from an hour on `1:02:05`. */
export function stopwatch(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Whole minutes for a span: `21分`, `1時間5分`; `21 min`, `1 h 5 min`. Under a minute in seconds. */
export function span(milliseconds: number, locale: Locale): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const ja = locale === 'ja';
  if (seconds < 60) return ja ? `${seconds}秒` : `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return ja ? `${minutes}分` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (ja) return rest ? `${hours}時間${rest}分` : `${hours}時間`;
  return rest ? `${hours} h ${rest} min` : `${hours} h`;
}
