/** The few statistics that the bench prints: quantiles, and how far apart the parts of one run lie. */

export interface Summary {
  readonly n: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** The value below which a share `q` of `values` lies, straight between the two nearest; throws where there is none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) throw new Error('No values, so there is no quantile of them');
  return low + (high - low) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function summarise(values: readonly number[]): Summary {
  return {
    n: values.length,
    p50: rounded(median(values)),
    p90: rounded(quantile(values, 0.9)),
    p99: rounded(quantile(values, 0.99)),
    max: rounded(Math.max(...values)),
  };
}

/** The medians of `count` parts of the run, in the order in which they were taken. */
export function mediansInTurn(values: readonly number[], count: number): readonly number[] {
  const size = Math.ceil(values.length / count);
  const parts = Array.from({ length: count }, (_, index) => values.slice(index * size, (index + 1) * size));
  return parts.filter((part) => part.length > 0).map(median);
}

/** How restless the machine was: the widest distance of those medians from the median of all, as a share of it. */
export function restlessness(values: readonly number[], parts = 4): number {
  const all = median(values);
  return rounded(Math.max(...mediansInTurn(values, parts).map((one) => Math.abs(one - all) / all)));
}

/** To two places. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
