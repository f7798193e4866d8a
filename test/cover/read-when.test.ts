/** When a cover is meant, from what people type. */

import { readDays, readWhen } from '../../src/cover/read-when.ts';

const clock = { now: Date.parse('2026-11-24T15:00:30+09:00'), timezone: 'Asia/Tokyo', handoverAt: 600 };
const read = (text: string) => {
  const found = readWhen(text, clock);
  if (found.kind !== 'span') return found.kind;
  const [start, end] = [found.span.start, found.span.end].map((at) =>
    new Date(at + 9 * 3_600_000).toISOString().slice(0, 16),
  );
  return `${start} ${end} ${found.rest}`.trim();
};

describe('the time of a cover', () => {
  it.each([
    ['19:00-22:00', '2026-11-24T19:00 2026-11-24T22:00'],
    ['19:00〜22:00 sre', '2026-11-24T19:00 2026-11-24T22:00 sre'],
    ['sre 19時から22時まで', '2026-11-24T19:00 2026-11-24T22:00 sre'],
    ['19時30分-22時15分', '2026-11-24T19:30 2026-11-24T22:15'],
    ['22:00-7:00', '2026-11-24T22:00 2026-11-25T07:00'],
    ['22:00-翌7:00', '2026-11-24T22:00 2026-11-25T07:00'],
    ['9:00-翌10:00', '2026-11-24T15:01 2026-11-25T10:00'],
    ['11/25 9時〜翌10時', '2026-11-25T09:00 2026-11-26T10:00'],
    ['18:00-24:00', '2026-11-24T18:00 2026-11-25T00:00'],
    ['11/25 19:00-22:00', '2026-11-25T19:00 2026-11-25T22:00'],
    ['11月25日 19:00-22:00', '2026-11-25T19:00 2026-11-25T22:00'],
    ['明日 19:00 - 22:00 決済', '2026-11-25T19:00 2026-11-25T22:00 決済'],
    ['tomorrow 19:00 to 22:00', '2026-11-25T19:00 2026-11-25T22:00'],
    ['あさって 9:00-10:00', '2026-11-26T09:00 2026-11-26T10:00'],
    ['11/25 19:00-11/27 10:00', '2026-11-25T19:00 2026-11-27T10:00'],
    ['2026-11-25 19:00-22:00', '2026-11-25T19:00 2026-11-25T22:00'],
    ['11/25', '2026-11-25T10:00 2026-11-26T10:00'],
    ['11/25 sre', '2026-11-25T10:00 2026-11-26T10:00 sre'],
    ['1/5 19:00-22:00', '2027-01-05T19:00 2027-01-05T22:00'],
    // The next such time, and what has begun from the next minute on.
    ['9:00-10:00', '2026-11-25T09:00 2026-11-25T10:00'],
    ['14:00-16:00', '2026-11-24T15:01 2026-11-24T16:00'],
    ['11/24 9:00-10:00', 'past'],
    ['', 'unclear'],
    ['明日の夜', 'unclear'],
    ['19:00', 'unclear'],
    ['25:00-26:00', 'unclear'],
    ['19:00-19:99', 'unclear'],
    ['2/30', 'unclear'],
    ['13/45 10:00-11:00', 'unclear'],
    ['11/26 10:00-11/25 10:00', 'unclear'],
  ])('H-06 %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('H-06 is right on the day of a change to summer time', () => {
    const newYork = { now: Date.parse('2027-03-13T12:00:00Z'), timezone: 'America/New_York', handoverAt: 600 };
    expect(readWhen('3/14 1:00-4:00', newYork)).toEqual({
      kind: 'span',
      rest: '',
      span: { start: Date.parse('2027-03-14T06:00:00Z'), end: Date.parse('2027-03-14T08:00:00Z') },
    });
  });

  it('H-06 of a swap is two days', () => {
    expect(readDays('11/25 sre 明日', clock)).toEqual({ days: ['2026-11-25', '2026-11-25'], rest: 'sre' });
  });
});
