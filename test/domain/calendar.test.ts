/** Business hours, holidays and company days, and the off-hours of any window. */

import { holidayOfJapan } from '../../src/calendar/holidays-of-japan.ts';
import { createCalendar } from '../../src/domain/calendar.ts';
import type { CalendarRules } from '../../src/domain/calendar.ts';
import { addDays, weekdayOf } from '../../src/domain/local-day.ts';

const RULES: CalendarRules = {
  timezone: 'Asia/Tokyo',
  businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: 600, to: 1140 },
  add: [],
  remove: [],
  holidayName: holidayOfJapan,
};
const tokyo = createCalendar(RULES);
const at = (text: string) => Date.parse(`${text}+09:00`);
const HOUR = 3_600_000;

describe('business time', () => {
  it.each([
    ['2026-11-24T14:00:00', true],
    ['2026-11-24T19:00:00', false],
    ['2026-11-24T18:59:59.999', true],
    ['2026-11-23T14:00:00', false],
    ['2026-11-24T09:59:59', false],
    ['2026-11-24T10:00:00', true],
    ['2026-11-21T14:00:00', false],
  ])('A-02 %s: %s', (text, business) => expect(tokyo.isBusinessTime(at(text))).toBe(business));
});

describe('a day', () => {
  it('J-01 is a holiday by the configured zone', () => {
    expect(tokyo.dayOff(tokyo.dayOf(Date.parse('2026-11-22T15:30:00Z')))).toEqual({
      kind: 'holiday',
      name: { ja: '勤労感謝の日', en: 'Labor Thanksgiving Day' },
    });
  });

  it('J-01 knows substitute and citizens’ holidays of every year to 2030', () => {
    const off = ['2026-05-06', '2026-09-22', '2027-03-22', '2029-02-12', '2029-04-30', '2029-09-24', '2030-05-06'];
    expect(off.map((day) => tokyo.dayOff(day)?.kind)).toEqual(off.map(() => 'holiday'));
    expect(tokyo.holiday('2026-09-22')?.ja).toBe('休日');
    const counted = new Map<string, number>();
    for (let day = '2024-01-01'; day <= '2030-12-31'; day = addDays(day, 1)) {
      if (tokyo.holiday(day)) counted.set(day.slice(0, 4), (counted.get(day.slice(0, 4)) ?? 0) + 1);
    }
    expect([...counted.values()]).toEqual([21, 19, 18, 17, 16, 19, 19]);
  });

  it('J-01 may be added as a company day, and taken out again', () => {
    const calendar = createCalendar({
      ...RULES,
      add: [{ from: '2026-12-29', to: '2027-01-03' }],
      remove: [
        { from: '2026-11-23', to: '2026-11-23' },
        { from: '2026-12-30', to: '2026-12-30' },
        { from: '2026-12-26', to: '2026-12-26' },
      ],
    });
    const kinds = ['2026-11-23', '2026-12-26', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'];
    expect(kinds.map((day) => calendar.dayOff(day)?.kind ?? 'business')).toEqual([
      'business',
      'closed',
      'company',
      'business',
      'company',
      'holiday',
    ]);
    expect(calendar.nextBusinessDay('2026-12-30')).toBe('2027-01-04');
    expect(
      createCalendar({ ...RULES, businessHours: { ...RULES.businessHours, days: [] } }).nextBusinessDay('2026-12-30'),
    ).toBe(undefined);
  });

  it('J-01 has a next business day that is one, with none between, on every day of 2024 to 2030', () => {
    const wrong: string[] = [];
    for (let day = '2024-01-01'; day <= '2030-12-31'; day = addDays(day, 1)) {
      const next = tokyo.nextBusinessDay(day) ?? '';
      if (!tokyo.isBusinessDay(next) || next <= day) wrong.push(day);
      for (let between = addDays(day, 1); between < next; between = addDays(between, 1)) {
        if (tokyo.isBusinessDay(between)) wrong.push(day);
      }
      const weekend = ['sat', 'sun'].includes(weekdayOf(day)) || holidayOfJapan(day) !== undefined;
      if (weekend === tokyo.isBusinessDay(day)) wrong.push(day);
    }
    expect(wrong).toEqual([]);
  });
});

describe('off-hours', () => {
  it.each([
    ['2026-11-16', 123, 65, 58],
    ['2026-11-23', 132, undefined, undefined],
    ['2026-09-21', 150, undefined, undefined],
    ['2026-05-04', 150, undefined, undefined],
    ['2026-12-28', 132, undefined, undefined],
  ])('J-02 of the week from %s 10:00 are %d h', (day, hours, night, off) => {
    const from = tokyo.at(day, 600);
    const found = tokyo.offHours(from, from + 168 * HOUR);
    expect(found.total / HOUR).toBe(hours);
    if (night !== undefined) expect([found.weekdayNight / HOUR, found.dayOff / HOUR]).toEqual([night, off]);
  });

  it('J-02 are none in an empty window or in business hours, and whole on a day off', () => {
    expect(tokyo.offHours(at('2026-11-24T12:00:00'), at('2026-11-24T12:00:00')).total).toBe(0);
    expect(tokyo.offHours(at('2026-11-24T10:00:00'), at('2026-11-24T19:00:00')).total).toBe(0);
    expect(tokyo.offHours(at('2026-11-24T18:59:59'), at('2026-11-24T19:00:01')).total).toBe(1000);
    expect(tokyo.offHours(at('2026-11-23T03:00:00'), at('2026-11-23T04:00:00'))).toEqual({
      total: HOUR,
      weekdayNight: 0,
      dayOff: HOUR,
    });
  });

  it.each(['Asia/Tokyo', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe'])(
    'J-02 and business hours fill every day of 2024 to 2030, and parts add up to the whole, in %s',
    (timezone) => {
      const calendar = createCalendar({ ...RULES, timezone });
      const wrong: string[] = [];
      let sum = 0;
      for (let day = '2024-01-01'; day <= '2030-12-31'; day = addDays(day, 1)) {
        const [from, to] = [calendar.at(day, 0), calendar.at(addDays(day, 1), 0)];
        const { total } = calendar.offHours(from, to);
        const business = calendar.businessSpan(day);
        const open = business ? business.to - business.from : 0;
        if (total + open !== to - from || (business && open !== 9 * HOUR)) wrong.push(day);
        if (business && (!calendar.isBusinessTime(business.from) || calendar.isBusinessTime(business.to)))
          wrong.push(day);
        sum += total;
      }
      expect(wrong).toEqual([]);
      expect(calendar.offHours(calendar.at('2024-01-01', 0), calendar.at('2031-01-01', 0)).total).toBe(sum);
    },
  );
});
