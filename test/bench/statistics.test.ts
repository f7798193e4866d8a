/** The bench's own arithmetic, checked against values worked out by hand. */

import { median, mediansInTurn, quantile, restlessness, summarise } from '../../bench/statistics.ts';

describe('statistics of the bench', () => {
  test('a quantile lies straight between the two nearest values, whatever their order', () => {
    expect(quantile([40, 10, 30, 20], 0)).toBe(10);
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([40, 10, 30, 20], 0.9)).toBeCloseTo(37);
    expect(quantile([40, 10, 30, 20], 1)).toBe(40);
    expect(quantile([7], 0.99)).toBe(7);
    expect(() => quantile([], 0.5)).toThrow('No values');
  });

  test('the median of an odd number of values is the middle one', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  test('a summary has the quantiles that are printed, to two places', () => {
    const hundred = Array.from({ length: 101 }, (_, index) => index / 3);
    expect(summarise(hundred)).toEqual({ n: 101, p50: 16.67, p90: 30, p99: 33, max: 33.33 });
  });

  test('the parts of a run keep the order in which they were measured', () => {
    expect(mediansInTurn([1, 1, 2, 2, 3, 3, 9], 4)).toEqual([1, 2, 3, 9]);
    expect(mediansInTurn([5], 4)).toEqual([5]);
  });

  test('restlessness is how far the worst part lies from the whole', () => {
    expect(restlessness([10, 10, 10, 10], 2)).toBe(0);
    expect(restlessness([10, 10, 10, 10, 20, 20], 3)).toBe(1);
  });
});
