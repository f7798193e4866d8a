/** Reads a time as a person types it, in the configured zone, whatever the host's zone is (L-04). */

import { addDays, instantOf, localDay, localMoment } from './local-day.ts';

const TIME = /^(?:(?:(\d{4})[/-])?(\d{1,2})[/-](\d{1,2})\s+)?(\d{1,2}):(\d{2})$/;

/** What the time may be, epoch ms. */
export interface TimeLimits {
  readonly notBefore?: number;
  readonly notAfter?: number;
}

/**
 * `11:20`, `11/24 11:20` or `2026-11-24 11:20` as epoch ms; undefined where it is no time, or none within the
 * limits. What the text leaves open is
 * chosen so that the result is nearest to `near`.
 */
export function readTime(
  text: string,
  near: number,
  timezone: string,
  { notBefore = -Infinity, notAfter = Infinity }: TimeLimits = {},
): number | undefined {
  const match = TIME.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute] = match;
  const minutes = Number(hour) * 60 + Number(minute);
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  const today = localDay(near, timezone);
  const years = year === undefined ? [-1, 0, 1].map((offset) => Number(today.slice(0, 4)) + offset) : [Number(year)];
  const days =
    month === undefined || day === undefined
      ? [-1, 0, 1].map((offset) => addDays(today, offset))
      : years.map((one) => `${one}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return days
    .filter(isDay)
    .map((one) => ({ one, instant: instantOf(one, minutes, timezone) }))
    .filter(({ one, instant }) => isShown(instant, one, minutes, timezone))
    .map(({ instant }) => instant)
    .filter((instant) => instant >= notBefore && instant <= notAfter)
    .toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near))[0];
}

/** False for 2/30. */
function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return Number.isFinite(midnight) && new Date(midnight).toISOString().startsWith(day);
}

/** False for a time that summer time skips. */
function isShown(instant: number, day: string, minutes: number, timezone: string): boolean {
  const shown = localMoment(instant, timezone);
  return shown.day === day && shown.minutes === minutes;
}
