/** Times as people type them, in the configured zone. */

import { readTime } from '../../src/domain/read-time.ts';

const near = Date.parse('2026-11-24T02:10:00+09:00');
const read = (text: string, zone = 'Asia/Tokyo') => {
  const instant = readTime(text, near, zone);
  return instant === undefined ? undefined : new Date(instant).toISOString();
};

describe('a typed time', () => {
  it('L-04 is the nearest such time', () => {
    expect(read('02:05')).toBe('2026-11-23T17:05:00.000Z');
    expect(read('23:50')).toBe('2026-11-23T14:50:00.000Z');
    expect(read('１１：２０')).toBe('2026-11-24T02:20:00.000Z');
    expect(read('9:05')).toBe('2026-11-24T00:05:00.000Z');
  });

  it('L-04 may name its day', () => {
    expect(read('11/20 11:20')).toBe('2026-11-20T02:20:00.000Z');
    expect(read('1/3 0:00')).toBe('2027-01-02T15:00:00.000Z');
    expect(read('2026-11-24 11:20')).toBe('2026-11-24T02:20:00.000Z');
    expect(read('2026/11/24 11:20')).toBe('2026-11-24T02:20:00.000Z');
  });

  it.each(['', 'soon', '25:00', '12:60', '2/30 10:00', '13/1 10:00', '11:20 x'])('is none: %s', (text) => {
    expect(read(text)).toBeUndefined();
  });

  it('knows summer time', () => {
    const spring = Date.parse('2027-03-14T12:00:00-04:00');
    expect(readTime('2:30', spring, 'America/New_York')).not.toBe(Date.parse('2027-03-14T02:30:00-05:00'));
    expect(readTime('3:30', spring, 'America/New_York')).toBe(Date.parse('2027-03-14T03:30:00-04:00'));
    expect(readTime('2027-03-14 2:30', spring, 'America/New_York')).toBeUndefined();
  });
});
