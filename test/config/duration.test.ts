/** The reading of durations. */

import { parseDuration } from '../../src/config/duration.ts';

describe('a duration', () => {
  it.each([
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['1d', 86_400_000],
  ])('reads %s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '0s', '30', 's', '-5m', '1.5h', '5 m', '5M', '1h30m', '5min', '9999999999s', '１m', '5m\n'])(
    'refuses %j',
    (text) => expect(parseDuration(text)).toBeUndefined(),
  );
});
