/** Random material that is the same for the same seed. */

export interface Seeded {
  /** A whole number below `limit`. */
  below(limit: number): number;
  /** A few of `pieces` joined. */
  text(pieces: readonly string[]): string;
}

/** mulberry32 */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  return {
    below,
    text: (pieces) => Array.from({ length: below(12) }, () => pieces[below(pieces.length)] ?? '').join(''),
  };
}
