/** Local days and the instants behind wall clocks, over every day of 2024 to 2030 (J-01). */

import { addDays, instantOf, localDay, localMoment, weekdayOf } from '../../src/domain/local-day.ts';

const ZONES = [
  'Asia/Tokyo',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Kathmandu',
];
const FIRST = '2024-01-01';
const DAYS = 2557;

describe('a local time of a day', () => {
  it.each(ZONES)('J-01 comes exactly once a day from 2024 to 2030, in the order of the days, in %s', (zone) => {
    const wrong: string[] = [];
    let last = -Infinity;
    for (let day = FIRST, count = 0; count < DAYS; count++, day = addDays(day, 1)) {
      const ten = instantOf(day, 600, zone);
      const { day: read, minutes } = localMoment(ten, zone);
      // 10:00 is never in a gap and never comes twice, and a day has 23 to 25 hours.
      if (read !== day || minutes !== 600) wrong.push(`${day}: ${read} ${minutes}`);
      if (last !== -Infinity && Math.abs(ten - last - 86_400_000) > 3_600_000)
        wrong.push(`${day} is ${ten - last} ms long`);
      const night = instantOf(day, 150, zone);
      if (localDay(night, zone) !== day || night >= ten) wrong.push(`${day}: 02:30`);
      last = ten;
    }
    expect(wrong).toEqual([]);
    expect(localDay(last, zone)).toBe('2030-12-31');
  });

  it('J-01 begins where the gap ends, and the first of two counts', () => {
    const at = (day: string, minutes: number, zone: string) => new Date(instantOf(day, minutes, zone)).toISOString();
    expect(at('2026-03-08', 150, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
    expect(at('2026-03-08', 180, 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
    expect(at('2026-11-01', 90, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
    // Midnight itself is left out.
    expect(at('2026-04-24', 0, 'Africa/Cairo')).toBe('2026-04-23T22:00:00.000Z');
    expect(localMoment(Date.parse('2026-04-23T22:00:00Z'), 'Africa/Cairo')).toEqual({ day: '2026-04-24', minutes: 60 });
  });

  it('J-01 is of the configured zone, whatever the host’s is', () => {
    expect(localMoment(Date.parse('2026-11-22T15:30:59.999Z'), 'Asia/Tokyo')).toEqual({
      day: '2026-11-23',
      minutes: 30,
    });
    expect([weekdayOf('2026-11-23'), weekdayOf('2024-02-29'), addDays('2028-02-28', 1)]).toEqual([
      'mon',
      'thu',
      '2028-02-29',
    ]);
  });
});
