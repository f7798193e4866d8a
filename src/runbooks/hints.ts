/** Single words of a title: too weak to break the silence, good enough to order what could still be meant. */

import type { Runbook } from '../domain/runbook.ts';
import { nameOf } from './front-matter.ts';
import { fold, splitCamelCase, wordsOf } from './terms.ts';

/** Grammar and the words that every alert carries. */
const STOP = new Set(
  'the a an of for to in on is are has have with and or not no at by from be this that it its too very alert alerts runbook 対応 手順 対応手順 対処 方法'.split(
    ' ',
  ),
);

/** What a single word found may add, against 1 for certainty. */
const MOST = 0.28;

export interface Hints {
  /** 0 to `MOST`, and the words that were found. */
  score(runbook: Runbook, alert: ReadonlySet<string>): { readonly score: number; readonly words: readonly string[] };
}

export function createHints(runbooks: readonly Runbook[]): Hints {
  const words = new Map(runbooks.map((runbook) => [runbook.path, wordsOfTitle(runbook)]));
  const holders = new Map<string, number>();
  for (const of of words.values()) for (const word of of) holders.set(word, (holders.get(word) ?? 0) + 1);
  const weight = (word: string): number => Math.log(1 + (runbooks.length + 1) / (holders.get(word) ?? 1));
  return {
    score(runbook, alert) {
      const own = words.get(runbook.path) ?? [];
      const found = own.filter((word) => alert.has(word));
      if (found.length === 0) return { score: 0, words: [] };
      const sum = (of: readonly string[]): number => of.reduce((total, word) => total + weight(word), 0);
      // Long titles have more words to miss: the square root is kind to them.
      return { score: (MOST * sum(found)) / Math.sqrt(sum(own) * Math.max(sum(own), 8)), words: found };
    },
  };
}

/** The words of a text as hints compare them: no plural s, Japanese by runs of one script. */
export function hintWords(text: string): ReadonlySet<string> {
  const japanese = fold(text).match(/[\p{Script=Katakana}ー]{3,}|\p{Script=Han}{2,}/gu) ?? [];
  const words = new Set<string>();
  for (const word of [...wordsOf(text).split(' '), ...wordsOf(splitCamelCase(text)).split(' ')]) {
    const stem = stemOf(word);
    if (stem.length >= 2 && !STOP.has(word) && !/^\p{N}+$/u.test(stem)) words.add(stem);
  }
  for (const run of japanese) {
    words.add(run);
    // 使用率 stands in ディスク使用率高騰; pairs stand for the words that no dictionary here can cut out.
    if (/^\p{Script=Han}/u.test(run)) for (let at = 0; at + 2 <= run.length; at++) words.add(run.slice(at, at + 2));
  }
  return words;
}

function wordsOfTitle(runbook: Runbook): readonly string[] {
  return [...hintWords(`${runbook.title} ${nameOf(runbook.path)}`)].filter((word) => !STOP.has(word)).toSorted();
}

function stemOf(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}
