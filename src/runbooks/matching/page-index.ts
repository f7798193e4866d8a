/** The library as an inverted index: which pages hold a word, how strongly, and how rare it is. */

import type { Runbook } from '../../domain/runbook.ts';
import { nameOf } from '../front-matter.ts';
import type { ConceptFinder } from './concept-finder.ts';
import { squash, wordsIn } from './words.ts';

const FIELD = { name: 3, title: 3, keyword: 3, service: 1, check: 0.6, heading: 0.6, body: 0.35, concept: 0.7 } as const;
/** Later text of a page is examples and output. */
const BODY = 2_500;
/** Libraries of fewer pages are weighed as if they had so many. */
const SMALL = 20;
const SATURATION = 1.2;
const LENGTH_SHARE = 0.4;
/** File names that say nothing about the page. */
const EMPTY = new Set(['readme', 'index', 'template', 'untitled', 'runbook', 'runbooks', 'contents']);

export interface Page {
  readonly runbook: Runbook;
  /** The words by which the page is called, each once: file name, title, keywords. */
  readonly identity: readonly string[];
  /** The same, phrase by phrase: each file name, title or keyword alone can name the page. */
  readonly phrases: readonly (readonly string[])[];
  /** The concepts of the same, apart from its words. */
  readonly concepts: readonly string[];
  /** The rarities of its weightiest phrase summed up. */
  readonly phraseRarity: number;
}

interface Posting {
  readonly page: number;
  /** Saturated weight, before rarity. */
  readonly weight: number;
}

export interface PageIndex {
  readonly pages: readonly Page[];
  postings(word: string): readonly Posting[];
  rarity(word: string): number;
  /** The rarity of a word that no page holds. */
  readonly unknownRarity: number;
  /** Pages whose squashed name, title or keyword is that. */
  named(squashed: string): readonly number[];
  /** Words by which pages are called, to mend typos with. */
  readonly identityWords: ReadonlySet<string>;
}

export function indexPages(runbooks: readonly Runbook[], finder: ConceptFinder): PageIndex {
  const read = runbooks.map((runbook) => readPage(runbook, finder));
  const average = read.reduce((sum, { length }) => sum + length, 0) / Math.max(1, read.length);
  const postings = new Map<string, Posting[]>();
  const names = new Map<string, number[]>();
  for (const [page, { weights, length, squashed }] of read.entries()) {
    const norm = 1 - LENGTH_SHARE + LENGTH_SHARE * (length / Math.max(1, average));
    for (const [word, raw] of weights) {
      const weight = (raw / norm) * ((SATURATION + 1) / (raw / norm + SATURATION));
      const list = postings.get(word);
      if (list) list.push({ page, weight });
      else postings.set(word, [{ page, weight }]);
    }
    for (const name of squashed) {
      const list = names.get(name);
      if (list) list.push(page);
      else names.set(name, [page]);
    }
  }
  // In a handful of pages nothing is rare.
  const count = Math.max(SMALL, runbooks.length);
  const rarityOf = (holders: number) => Math.log(1 + (count - holders + 0.5) / (holders + 0.5)) + 0.1;
  const rarity = (word: string) => rarityOf(postings.get(word)?.length ?? 0);
  const pages = read.map(({ runbook, identity, phrases, concepts }) => ({
    runbook,
    identity,
    phrases,
    concepts,
    phraseRarity: Math.max(0, ...phrases.map((phrase) => phrase.reduce((sum, word) => sum + rarity(word), 0))),
  }));
  return {
    pages,
    postings: (word) => postings.get(word) ?? [],
    rarity,
    unknownRarity: rarityOf(1),
    named: (squashed) => names.get(squashed) ?? [],
    identityWords: new Set(pages.flatMap(({ identity }) => identity)),
  };
}

function readPage(runbook: Runbook, finder: ConceptFinder) {
  const weights = new Map<string, number>();
  let length = 0;
  const add = (text: string, weight: number): readonly string[] => {
    const words = wordsIn(text);
    for (const word of words) weights.set(word, (weights.get(word) ?? 0) + weight);
    length += words.length * weight;
    return words;
  };
  const name = nameOf(runbook.path);
  const called = EMPTY.has(squash(name)) ? [] : [name];
  const phrases = [
    ...called.map((one) => add(one, FIELD.name)),
    add(runbook.title, FIELD.title),
    ...runbook.keywords.map((keyword) => add(keyword, FIELD.keyword)),
  ].filter((phrase) => phrase.length > 0);
  const identity = new Set(phrases.flat());
  for (const service of runbook.services) add(service, FIELD.service);
  for (const check of runbook.firstChecks) add(check, FIELD.check);
  const body = runbook.body.slice(0, BODY);
  add(body.match(/^#{1,4}\s.*$/gm)?.join('\n') ?? '', FIELD.heading);
  const bodyWords = wordsIn(body.replace(/https?:\/\/\S+/g, ' '));
  const counted = new Map<string, number>();
  for (const word of bodyWords) counted.set(word, (counted.get(word) ?? 0) + 1);
  for (const [word, times] of counted) {
    weights.set(word, (weights.get(word) ?? 0) + FIELD.body * (1 + Math.log(times)));
    length += FIELD.body;
  }
  const own = [...called, runbook.title, ...runbook.keywords].join('\n');
  const concepts = finder.find(own, wordsIn(own));
  for (const concept of concepts) weights.set(concept, (weights.get(concept) ?? 0) + FIELD.title * FIELD.concept);
  const head = body.slice(0, 600);
  for (const concept of finder.find(head, wordsIn(head))) {
    weights.set(concept, (weights.get(concept) ?? 0) + FIELD.heading * FIELD.concept);
  }
  const squashed = new Set(
    [...called, runbook.title, ...runbook.keywords]
      .map(squash)
      .flatMap((one) => (one.length > 9 && one.endsWith('alert') ? [one, one.slice(0, -'alert'.length)] : [one]))
      .filter((one) => one.length >= 4),
  );
  return { runbook, weights, length, identity: [...identity], phrases, concepts, squashed };
}
