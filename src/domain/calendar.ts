/** The company's calendar: business hours, national holidays and company days off, in the configured zone alone. */

import { addDays, instantOf, localDay, localMoment, weekdayOf } from './local-day.ts';
import type { Weekday } from './local-day.ts';
import type { Locale } from './locale.ts';

/** Calendar days `YYYY-MM-DD`, both ends included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** `from` and `to` in minutes of the day. */
export interface BusinessHours {
  readonly days: readonly Weekday[];
  readonly from: number;
  readonly to: number;
}

export type HolidayName = Readonly<Record<Locale, string>>;

export interface CalendarRules {
  /** IANA name. */
  readonly timezone: string;
  readonly businessHours: BusinessHours;
  /** Company days off. */
  readonly add: readonly DayRange[];
  /** Working days in spite of a holiday or of a company day; a weekday without business hours stays one. */
  readonly remove: readonly DayRange[];
  /** Of a day `YYYY-MM-DD`; undefined where it is none. */
  readonly holidayName: (day: string) => HolidayName | undefined;
}

/** Why a day is no business day: `closed` is a weekday without business hours, such as Saturday. */
export type DayOff =
  { readonly kind: 'holiday'; readonly name: HolidayName } | { readonly kind: 'company' } | { readonly kind: 'closed' };

/** A span of time: `to` belongs to what comes after. Epoch ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The part of a window outside business hours, in ms (J-02). */
export interface OffHours {
  readonly total: number;
  /** On business days. */
  readonly weekdayNight: number;
  /** On days off, whole days. */
  readonly dayOff: number;
}

export interface Calendar {
  readonly timezone: string;
  readonly businessHours: BusinessHours;
  /** `YYYY-MM-DD` of an instant (epoch ms). */
  dayOf(instant: number): string;
  /** Minutes of the day, 0 to 1439. */
  minutesOf(instant: number): number;
  /** The one instant of a day at which the wall clock reaches `minutes`, across changes of summer time too. */
  at(day: string, minutes: number): number;
  /** Undefined on a business day. */
  dayOff(day: string): DayOff | undefined;
  /** The national holiday on that day, a Sunday's and a worked one too. */
  holiday(day: string): HolidayName | undefined;
  isBusinessDay(day: string): boolean;
  /** Undefined on a day off. */
  businessSpan(day: string): Span | undefined;
  /** From the opening instant to the last one before closing. */
  isBusinessTime(instant: number): boolean;
  /** The first business day after `day`; undefined where there is none in the next year. */
  nextBusinessDay(day: string): string | undefined;
  /** Of the window from `from` to `to`, epoch ms. */
  offHours(from: number, to: number): OffHours;
}

const DAYS_TO_LOOK = 366;

export function createCalendar(rules: CalendarRules): Calendar {
  const { timezone, businessHours, holidayName } = rules;
  const dayOff = (day: string): DayOff | undefined => {
    if (!businessHours.days.includes(weekdayOf(day))) {
      // A holiday's name says more than that it is a Sunday.
      const name = holidayName(day);
      return name ? { kind: 'holiday', name } : { kind: 'closed' };
    }
    if (within(rules.remove, day)) return undefined;
    const name = holidayName(day);
    if (name) return { kind: 'holiday', name };
    return within(rules.add, day) ? { kind: 'company' } : undefined;
  };
  const at = (day: string, minutes: number) => instantOf(day, minutes, timezone);
  const businessSpan = (day: string): Span | undefined =>
    dayOff(day) ? undefined : { from: at(day, businessHours.from), to: at(day, businessHours.to) };
  const isBusinessDay = (day: string) => dayOff(day) === undefined;
  return {
    timezone,
    businessHours,
    dayOf: (instant) => localDay(instant, timezone),
    minutesOf: (instant) => localMoment(instant, timezone).minutes,
    at,
    dayOff,
    holiday: holidayName,
    isBusinessDay,
    businessSpan,
    isBusinessTime: (instant) => {
      const { day, minutes } = localMoment(instant, timezone);
      return isBusinessDay(day) && minutes >= businessHours.from && minutes < businessHours.to;
    },
    nextBusinessDay: (day) => {
      for (let count = 1; count <= DAYS_TO_LOOK; count++) {
        const next = addDays(day, count);
        if (isBusinessDay(next)) return next;
      }
      return undefined;
    },
    offHours: (from, to) => {
      let [weekdayNight, off] = [0, 0];
      for (let day = localDay(from, timezone), start = at(day, 0); start < to; day = addDays(day, 1)) {
        const end = at(addDays(day, 1), 0);
        const business = businessSpan(day);
        const length = shared({ from: start, to: end }, { from, to });
        if (business) weekdayNight += length - shared(business, { from, to });
        else off += length;
        start = end;
      }
      return { total: weekdayNight + off, weekdayNight, dayOff: off };
    },
  };
}

function within(ranges: readonly DayRange[], day: string): boolean {
  return ranges.some(({ from, to }) => from <= day && day <= to);
}

/** How long two spans have in common. */
function shared(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from));
}
