/** Days and spans as people write them: `11/23(月・祝)`, `11/25(水) 19:00〜22:00`. */

import { addDays, localDay, localMoment } from './local-day.ts';
import { clockTime } from './local-time.ts';
import type { TimeStyle } from './local-time.ts';

/** `day` is YYYY-MM-DD. `11/23(月・祝)`; `Mon Nov 23 (holiday)` */
export function dayLabel(day: string, { locale }: TimeStyle, holiday = false): string {
  const noon = new Date(`${day}T12:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    noon.toLocaleDateString(locale === 'ja' ? 'ja-JP' : 'en-US', { timeZone: 'UTC', ...options });
  const weekday = part({ weekday: 'short' });
  if (locale === 'en') return `${weekday} ${part({ month: 'short', day: 'numeric' })}${holiday ? ' (holiday)' : ''}`;
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8))}(${weekday}${holiday ? '・祝' : ''})`;
}

/** `11/25(水) 19:00〜22:00`, `11/25(水) 10:00〜翌10:00`, `11/25(水) 10:00〜12/2(水) 10:00`. Epoch ms. */
export function spanLabel(
  from: number,
  to: number,
  style: TimeStyle,
  isHoliday: (day: string) => boolean = () => false,
): string {
  const ja = style.locale === 'ja';
  const [first, last] = [localDay(from, style.timezone), localDay(to, style.timezone)];
  const at = (day: string, instant: number) => `${dayLabel(day, style, isHoliday(day))} ${clockTime(instant, style)}`;
  const wave = ja ? '〜' : ' to ';
  const begin = `${at(first, from)}${wave}`;
  if (last === first) return `${begin}${clockTime(to, style)}`;
  // Midnight is the end of the day that it closes.
  if (last === addDays(first, 1) && ja) {
    const { minutes } = localMoment(to, style.timezone);
    return minutes === 0 ? `${begin}24:00` : `${begin}翌${clockTime(to, style)}`;
  }
  return `${begin}${at(last, to)}`;
}
