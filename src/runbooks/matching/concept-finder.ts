/** Finds concepts in texts, so that ディスク使用率 meets disk usage. */

import { fold } from '../terms.ts';
import { hasCjk, stemOf } from './words.ts';

export interface ConceptFinder {
  /** The concepts of a text, each once, as words that no text holds. `words` are its words in order. */
  find(text: string, words: readonly string[]): readonly string[];
}

/** Each list is one concept: phrases that mean the same. */
export function createConceptFinder(concepts: readonly (readonly string[])[]): ConceptFinder {
  const byFirst = new Map<string, { readonly rest: readonly string[]; readonly concept: string }[]>();
  const japanese = new Map<string, string[]>();
  for (const [index, phrases] of concepts.entries()) {
    const concept = `#${index}`;
    for (const phrase of phrases) {
      const folded = fold(phrase).trim();
      if (folded === '') continue;
      if (hasCjk(folded)) {
        japanese.set(folded, [...(japanese.get(folded) ?? []), concept]);
        continue;
      }
      const [first = '', ...rest] = folded.split(/[^\p{L}\p{N}]+/u).map((word) => stemOf(word));
      byFirst.set(first, [...(byFirst.get(first) ?? []), { rest, concept }]);
    }
  }
  // The longest first: 接続数 before 接続.
  const phrases = [...japanese.keys()].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const anyJapanese = phrases.length === 0 ? undefined : new RegExp(phrases.map(patternOf).join('|'), 'gu');
  return {
    find(text, words) {
      const found = new Set<string>();
      for (const [at, word] of words.entries()) {
        for (const { rest, concept } of byFirst.get(word) ?? []) {
          if (rest.every((next, index) => words[at + 1 + index] === next)) found.add(concept);
        }
      }
      if (anyJapanese && hasCjk(text)) {
        for (const [match] of fold(text).matchAll(anyJapanese)) {
          for (const concept of japanese.get(match) ?? []) found.add(concept);
        }
      }
      return [...found];
    },
  };
}

/** A short katakana word must stand alone: ラグ is not in フラグ. */
function patternOf(phrase: string): string {
  const pattern = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return /^[\p{Script=Katakana}ー]{1,3}$/u.test(phrase)
    ? `(?<![\\p{Script=Katakana}ー])${pattern}(?![\\p{Script=Katakana}ー])`
    : pattern;
}
