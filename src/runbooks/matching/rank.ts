/** Ranks the pages for an alert and gathers what speaks for and against the best of them. */

import type { AlertWords } from './read-alert.ts';
import type { PageIndex } from './page-index.ts';
import type { TypoMender } from './typos.ts';

/** What is weighed into the confidence in a candidate; each about 0 to 1. */
export interface Evidence {
  /** How much of what the alert speaks of, by rarity, the page holds. */
  readonly covered: number;
  /** The same for what the alert is called. */
  readonly coveredName: number;
  /** How much of what the alert is called stands in what the page is called. */
  readonly nameInPage: number;
  /** How much of what the page is called stands in the alert. */
  readonly identity: number;
  /** How much of the alert's concepts the page is called by. */
  readonly concepts: number;
  /** How much of the page's concepts stands in the alert. */
  readonly pageConcepts: number;
  /** The name of the page stands in the alert: 0 no, 1 in its title. */
  readonly named: number;
  /** The score, growing towards 1. */
  readonly strength: number;
  /** How far ahead of the next page. */
  readonly lead: number;
  /** How much of what the alert is called no page holds. */
  readonly unknown: number;
}

export interface Ranked {
  readonly page: number;
  readonly score: number;
  readonly evidence: Evidence;
  /** The words that speak for it, the strongest first. */
  readonly words: readonly string[];
}

/** In words that one page alone holds. */
const NAME_BONUS = 2.2;
/** A slip of the finger is weaker than the word. */
const MENDED = 0.75;
/** A page without a rival has beaten nobody. */
const ALONE = 0.3;
const LONG_NAME = 16;
/** In words that one page alone holds: longer names have more to miss. */
const LONG_PHRASE = 7;
/** A score of so many such words, in what an alert is called, is half of certainty. */
const HALF_STRENGTH = 3;

export function rank(alert: AlertWords, index: PageIndex, mender: TypoMender, limit: number): readonly Ranked[] {
  const scores = new Map<number, number>();
  const found = new Map<number, Map<string, number>>();
  const query: QueryWord[] = [];
  for (const { word, weight, named } of alert.words) {
    if (index.postings(word).length > 0) {
      query.push({ word, weight, named, rarity: index.rarity(word), known: true });
      continue;
    }
    if (word.startsWith('#')) continue;
    const mended = mender.mend(word);
    if (mended) query.push({ word: mended, weight: weight * MENDED, named, rarity: index.rarity(mended), known: true });
    else query.push({ word, weight, named, rarity: index.unknownRarity, known: false });
  }
  for (const { word, weight, rarity } of query) {
    for (const { page, weight: own } of index.postings(word)) {
      const worth = weight * rarity * own;
      scores.set(page, (scores.get(page) ?? 0) + worth);
      let words = found.get(page);
      if (!words) found.set(page, (words = new Map()));
      words.set(word, (words.get(word) ?? 0) + worth);
    }
  }
  const plainWords = query.filter(({ word }) => !word.startsWith('#'));
  const nameWords = plainWords.filter(({ named }) => named);
  const conceptWords = query.filter(({ word }) => word.startsWith('#'));
  const namedBy = new Map<number, number>();
  for (const [run, weight] of alert.names) {
    for (const page of index.named(run)) {
      const strength = Math.min(1, run.length / LONG_NAME) * Math.min(1, weight / 2);
      if ((namedBy.get(page) ?? 0) < strength) namedBy.set(page, strength);
    }
  }
  for (const [page, strength] of namedBy) scores.set(page, (scores.get(page) ?? 0) + NAME_BONUS * index.unknownRarity * strength);
  const best = [...scores]
    .map(([page, score]) => ({ page, score: score / Math.sqrt(1 + (index.pages[page]?.phraseRarity ?? 0) / (LONG_PHRASE * index.unknownRarity)) }))
    .toSorted((a, b) => b.score - a.score || (pathOf(a.page, index) < pathOf(b.page, index) ? -1 : 1))
    .slice(0, limit + 1);
  const weightOf = new Map(query.map(({ word, weight }) => [word, weight]));
  return best.slice(0, limit).map(({ page, score }, place): Ranked => {
    const words = found.get(page) ?? new Map<string, number>();
    const own = index.pages[page];
    const identity = new Set(own?.identity);
    const concepts = new Set(own?.concepts);
    const rival = place === 0 ? best[1] : best[0];
    return {
      page,
      score,
      evidence: {
        covered: share(plainWords, ({ word }) => words.has(word)),
        coveredName: share(nameWords, ({ word }) => words.has(word)),
        nameInPage: share(nameWords, ({ word }) => identity.has(word)),
        identity: Math.max(0, ...(own?.phrases ?? []).map((phrase) => shareOf(phrase, index, weightOf))),
        concepts: share(conceptWords, ({ word }) => concepts.has(word)),
        pageConcepts: shareOf(own?.concepts ?? [], index, weightOf),
        named: namedBy.get(page) ?? 0,
        strength: score / (score + HALF_STRENGTH * index.unknownRarity),
        lead: rival ? Math.max(0, 1 - rival.score / Math.max(score, 0.001)) : ALONE,
        unknown: share(nameWords, ({ known }) => !known),
      },
      words: [...words].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word),
    };
  });
}

interface QueryWord {
  readonly word: string;
  readonly weight: number;
  readonly named: boolean;
  readonly rarity: number;
  /** Whether any page holds it. */
  readonly known: boolean;
}

/** The part of the words, by weight and rarity, for which `holds` is true; 0 where there are none. */
function share(words: readonly QueryWord[], holds: (word: QueryWord) => boolean): number {
  let all = 0;
  let held = 0;
  for (const word of words) {
    const worth = word.weight * word.rarity;
    all += worth;
    if (holds(word)) held += worth;
  }
  return all === 0 ? 0 : held / all;
}

/** The part of a page's own words that stand in the alert, by rarity; less for those that stand in its margins. */
function shareOf(own: readonly string[], index: PageIndex, weightOf: ReadonlyMap<string, number>): number {
  let all = 0;
  let held = 0;
  for (const word of own) {
    const rarity = index.rarity(word);
    all += rarity;
    held += Math.min(1, weightOf.get(word) ?? 0) * rarity;
  }
  // One common word names nothing.
  return all === 0 ? 0 : (held / all) * Math.min(1, all / index.unknownRarity);
}

function pathOf(page: number, index: PageIndex): string {
  return index.pages[page]?.runbook.path ?? '';
}
