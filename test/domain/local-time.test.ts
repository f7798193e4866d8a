/** Times as people read them, in the configured zone alone (REQUIREMENTS 5.2, J-01). */

import { clockTime, dateTime, span, stopwatch, timeFrom } from '../../src/domain/local-time.ts';

const tokyo = { locale: 'ja', timezone: 'Asia/Tokyo' } as const;
const newYork = { locale: 'en', timezone: 'America/New_York' } as const;
const MIDNIGHT = Date.parse('2026-11-22T15:00:00Z');

describe('a time', () => {
  it('J-01 has its date where it is on another day', () => {
    const evening = MIDNIGHT - 3_600_000;
    expect(timeFrom(evening, MIDNIGHT - 1000, tokyo)).toBe('23:59');
    expect(timeFrom(evening, MIDNIGHT, tokyo)).toBe('11/23(月) 00:00');
    expect(timeFrom(evening, MIDNIGHT, newYork)).toBe('10:00');
  });

  it('J-01 is of the configured zone, with midnight as 00', () => {
    expect(clockTime(MIDNIGHT, tokyo)).toBe('00:00');
    expect(dateTime(MIDNIGHT + 600 * 60_000, tokyo)).toBe('11/23(月) 10:00');
    expect(dateTime(MIDNIGHT, newYork)).toBe('Sun Nov 22 10:00');
  });

  it('J-01 follows the change of summer time', () => {
    expect(clockTime(Date.parse('2026-11-01T05:59:00Z'), newYork)).toBe('01:59');
    expect(clockTime(Date.parse('2026-11-01T06:00:00Z'), newYork)).toBe('01:00');
  });
});

describe('a length of time', () => {
  it.each([
    [0, '0:00'],
    [41_600, '0:42'],
    [725_000, '12:05'],
    [3_725_000, '1:02:05'],
    [-5, '0:00'],
  ])('A-03 of %d ms is %s on a stopwatch', (length, text) => expect(stopwatch(length)).toBe(text));

  it.each([
    [59_000, '59秒', '59 s'],
    [21 * 60_000, '21分', '21 min'],
    [59.6 * 60_000, '1時間', '1 h'],
    [65 * 60_000, '1時間5分', '1 h 5 min'],
  ])('A-07 of %d ms is %s, %s', (length, ja, en) => expect([span(length, 'ja'), span(length, 'en')]).toEqual([ja, en]));
});
