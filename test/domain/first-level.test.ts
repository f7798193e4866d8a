/** The first level over time: stretches, what comes next, and what a new plan changes. */

import { differences, nextChange, stretches } from '../../src/domain/first-level.ts';
import type { Shift } from '../../src/domain/on-call.ts';

const shift = (id: string, start: number | null, end: number | null, level = 1): Shift => ({
  responder: { id, name: id },
  level,
  start,
  end,
  scheduleId: 'S',
});
const show = ({ from, to, people }: { from: number; to: number; people: readonly { id: string }[] }) =>
  `${from}-${to} ${people.map(({ id }) => id).join('+')}`;

describe('the first level', () => {
  it('H-04 is one stretch where the same person has two shifts, and shows gaps', () => {
    const plan = [shift('a', 0, 10), shift('a', 10, 20), shift('b', 25, 30), shift('c', 0, 40, 2)];
    expect(stretches(plan, 5, 40).map(show)).toEqual(['5-20 a', '20-25 ', '25-30 b', '30-40 ']);
    expect(nextChange(plan, 5, 40)).toMatchObject({ from: 20, people: [] });
    expect(nextChange([shift('a', null, null)], 5, 40)).toBeUndefined();
  });

  it('H-02 gives the boundary instant to the next shift', () => {
    expect(stretches([shift('a', 0, 10), shift('b', 10, 20)], 10, 20).map(show)).toEqual(['10-20 b']);
  });

  it('H-06 differs only where other people stand, in one piece where it is one change', () => {
    const before = [shift('a', 0, 10), shift('b', 10, 20)];
    const after = [shift('a', 0, 4), shift('c', 4, 7), shift('c', 7, 12), shift('b', 12, 20)];
    const found = differences(before, after, 2, 20).map(
      (one) => `${one.from}-${one.to} ${one.before.map(({ id }) => id).join()}>${one.after.map(({ id }) => id).join()}`,
    );
    expect(found).toEqual(['4-10 a>c', '10-12 b>c']);
    expect(differences(before, [...before].toReversed(), 0, 20)).toEqual([]);
    // The same people in other shifts are no change.
    expect(differences(before, [shift('a', 0, 3), shift('a', 3, 10), shift('b', 10, 20)], 0, 20)).toEqual([]);
  });
});
