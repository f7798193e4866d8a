/** Who holds the pager at an instant. */

import type { Shift } from '../../src/domain/on-call.ts';
import { onCallAt } from '../../src/domain/on-call.ts';

const HANDOVER = Date.parse('2026-11-24T10:00:00+09:00');
const shift = (id: string, level: number, start: number | null, end: number | null): Shift => ({
  responder: { id, name: id },
  level,
  start,
  end,
  scheduleId: null,
});
const names = (shifts: readonly Shift[], instant: number) =>
  onCallAt(shifts, instant).map(
    ({ level, shifts: on }) => `${level} ${on.map(({ responder }) => responder.id).join('+')}`,
  );

describe('who is on call', () => {
  const shifts = [
    shift('boss', 3, null, null),
    shift('b', 1, HANDOVER, null),
    shift('a', 1, null, HANDOVER),
    shift('c', 2, null, null),
  ];

  it('H-02 is the incoming person from the instant of the handover on', () => {
    expect(names(shifts, HANDOVER - 1)).toEqual(['1 a', '2 c', '3 boss']);
    expect(names(shifts, HANDOVER)).toEqual(['1 b', '2 c', '3 boss']);
  });

  it('H-07 names each person once a level, until the latest end', () => {
    const twice = [shift('a', 1, 0, 10), shift('a', 1, 0, null), shift('a', 1, 0, 20), shift('a', 2, 0, 5)];
    expect(onCallAt(twice, 1).map(({ shifts: on }) => on.map(({ end }) => end))).toEqual([[null], [5]]);
  });

  it('H-15 is nobody in a gap', () => {
    expect(names([shift('a', 1, 10, 20)], 5)).toEqual([]);
    expect(names([shift('a', 1, 10, 20)], 20)).toEqual([]);
  });
});
