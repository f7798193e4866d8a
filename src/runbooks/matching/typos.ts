/** Mends words that no page knows into the words by which pages are called, where they are but a slip away. */

import Fuse from 'fuse.js';

const SHORTEST = 5;
const OPTIONS = { includeScore: true, ignoreLocation: true, ignoreFieldNorm: true, threshold: 0.25 };
const MOST_CANDIDATES = 12;

export interface TypoMender {
  /** The word that was meant; undefined where none is near, or where several are. */
  mend(word: string): string | undefined;
}

export function createTypoMender(vocabulary: ReadonlySet<string>): TypoMender {
  const byPair = new Map<string, string[]>();
  for (const word of vocabulary) {
    if (word.length < SHORTEST) continue;
    for (const pair of pairsOf(word)) {
      const list = byPair.get(pair);
      if (list) list.push(word);
      else byPair.set(pair, [word]);
    }
  }
  const known = new Map<string, string | undefined>();
  const mend = (word: string): string | undefined => {
    const shared = new Map<string, number>();
    const pairs = pairsOf(word);
    for (const pair of pairs) {
      for (const candidate of byPair.get(pair) ?? []) {
        // A slip of the finger seldom hits the first letter, and a header is no reader.
        if (candidate[0] !== word[0]) continue;
        if (Math.abs(candidate.length - word.length) <= 2) shared.set(candidate, (shared.get(candidate) ?? 0) + 1);
      }
    }
    // One wrong letter spoils two pairs; two wrong ones in a long word four.
    const least = pairs.size - (word.length >= 8 ? 4 : 2);
    const near = [...shared]
      .filter(([candidate, count]) => count >= Math.max(1, least) && distance(word, candidate) <= (word.length >= 8 ? 2 : 1))
      .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_CANDIDATES)
      .map(([candidate]) => candidate);
    const scored = near
      .map((candidate) => ({ candidate, score: Fuse.match(word, candidate, OPTIONS).score ?? 1 }))
      .toSorted((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
    return scored[0]?.candidate;
  };
  return {
    mend(word) {
      if (word.length < SHORTEST || word.length > 40 || !/^[a-z]+$/.test(word)) return undefined;
      if (!known.has(word)) {
        if (known.size > 5_000) known.clear();
        known.set(word, mend(word));
      }
      return known.get(word);
    },
  };
}

function pairsOf(word: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < word.length; at++) pairs.add(word.slice(at, at + 2));
  return pairs;
}

/** Edits between two words, a swap of neighbours being one. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? Infinity;
}
