/** Calendar days and wall clocks of a zone, and the instants behind them, right across every change of summer time. */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clock on the wall shows at an instant. */
export interface LocalMoment {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Minutes of the day, 0 to 1439. */
  readonly minutes: number;
}

export function localMoment(instant: number, timezone: string): LocalMoment {
  const wall = wallOf(instant, timezone);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  return { day: dayKey(midnight), minutes: Math.floor((wall - midnight) / MINUTE_MS) };
}

/** `YYYY-MM-DD` of the zone. */
export function localDay(instant: number, timezone: string): string {
  return localMoment(instant, timezone).day;
}

/**
 * When the clock on the wall first shows `minutes` of `day` or later: exactly one instant a day, in its order. A time
 * that the change to summer time leaves out begins where the gap ends; of a time that comes twice the first counts.
 */
export function instantOf(day: string, minutes: number, timezone: string): number {
  const wall = midnightOf(day) + minutes * MINUTE_MS;
  // The offsets a day before and a day after: a zone never changes twice in two days.
  const early = wall - offsetAt(wall - DAY_MS, timezone);
  const late = wall - offsetAt(wall + DAY_MS, timezone);
  const right = [Math.min(early, late), Math.max(early, late)].find((one) => wallOf(one, timezone) === wall);
  if (right !== undefined) return right;
  let [before, after] = [Math.min(early, late), Math.max(early, late)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (wallOf(middle, timezone) < wall) before = middle;
    else after = middle;
  }
  return after;
}

/** The day `count` days after `day`. */
export function addDays(day: string, count: number): string {
  return dayKey(midnightOf(day) + count * DAY_MS);
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export function weekdayOf(day: string): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(Math.floor(midnightOf(day) / DAY_MS) + 3) % 7] ?? 'mon';
}

function midnightOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayKey(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10);
}

function offsetAt(instant: number, timezone: string): number {
  return wallOf(instant, timezone) - instant;
}

/** The wall clock's reading as if it were UTC, epoch ms. */
function wallOf(instant: number, timezone: string): number {
  const seconds = Math.floor(instant / 1000) * 1000;
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(timezone).formatToParts(seconds)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (instant - seconds);
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
    formats.set(timezone, format);
  }
  return format;
}
