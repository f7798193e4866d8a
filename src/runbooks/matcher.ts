/** Ranks the runbooks for an alert and says how sure it is of each; silent where it is not sure. */

import type { Runbook, RunbookSuggestion } from '../domain/runbook.ts';
import { readAlertText } from './alert-text.ts';
import { createConceptFinder } from './matching/concept-finder.ts';
import { CONCEPTS } from './matching/concepts.ts';
import { confidenceOf, SUGGEST_FROM } from './matching/confidence.ts';
import { findTerms, weigh } from './matching/find-terms.ts';
import { indexPages } from './matching/page-index.ts';
import { rank } from './matching/rank.ts';
import { readAlertWords } from './matching/read-alert.ts';
import { createTypoMender } from './matching/typos.ts';
import { namedRunbooks } from './named.ts';
import { stemOf } from './matching/words.ts';
import { splitCamelCase } from './terms.ts';

const MAX_SUGGESTIONS = 10;
/** How many candidates the bot offers. */
export const OFFERED = 3;
/** Where an author wrote keywords, what is guessed beside them counts for less. */
const BESIDE_KEYWORDS = 0.8;
/** One idea in common, and not one word, is no reason to speak. */
const ONE_IDEA = 0.45;
/** What people said of a page moves it by this at the most: it orders equals and breaks no silence far away. */
const MOST_BIAS = 0.08;

export interface AlertToMatch {
  readonly text: string;
  readonly title?: string;
  /** Runbook addresses or ids that the alert itself names. */
  readonly runbookRefs?: readonly string[];
}

export interface MatchAnswer {
  /** Best first, at most ten; the bot offers the first three, and only where `silent` is false. */
  readonly suggestions: readonly RunbookSuggestion[];
  readonly silent: boolean;
}

/** How often people found a page helpful or wrong. */
export type Opinion = (path: string) => { readonly helpful: number; readonly wrong: number };

export interface Matcher {
  match(alert: AlertToMatch, opinion?: Opinion): MatchAnswer;
}

/** Pure: the same answer for the same pages in whatever order. `concepts` are lists of phrases that mean the same. */
export function createMatcher(runbooks: readonly Runbook[], concepts: readonly (readonly string[])[] = []): Matcher {
  const finder = createConceptFinder([...CONCEPTS, ...concepts]);
  const index = indexPages(runbooks, finder);
  const mender = createTypoMender(index.identityWords);
  const terms = weigh(runbooks);
  return {
    match(alert, opinion) {
      const named = namedRunbooks(runbooks, alert.runbookRefs ?? []).map(
        (runbook): RunbookSuggestion => ({ runbook, score: 1, matched: [], because: 'named' }),
      );
      const taken = new Set(named.map(({ runbook }) => runbook.path));
      const whole = alert.title === undefined ? alert.text : `${alert.title}\n${alert.text}`;
      const text = readAlertText(whole);
      const title = readAlertText(alert.title ?? alert.text.split('\n', 1)[0] ?? '');
      const spelled = spellings(whole);
      const guessed = rank(readAlertWords(alert, finder), index, mender, MAX_SUGGESTIONS)
        .flatMap(({ page, evidence, words }) => {
          const runbook = index.pages[page]?.runbook;
          if (!runbook || taken.has(runbook.path)) return [];
          const found = findTerms(terms(runbook), { text, title });
          const inCommon = words.length > 1 || words.some((word) => !word.startsWith('#')) || evidence.named > 0;
          const guess =
            Math.min(confidenceOf(evidence, found.called), inCommon ? 1 : ONE_IDEA) *
            (runbook.keywords.length > 0 ? BESIDE_KEYWORDS : 1);
          const sure = Math.max(guess, found.keywords);
          const matched = found.matched.length > 0 ? found.matched : spelled(words);
          return [{ runbook, score: rounded(biased(sure, runbook.path, opinion)), matched, because: 'keywords' as const }];
        })
        .toSorted((a, b) => b.score - a.score);
      const suggestions = [...named, ...guessed].slice(0, MAX_SUGGESTIONS);
      return { suggestions, silent: (suggestions[0]?.score ?? 0) < SUGGEST_FROM };
    },
  };
}

/** The candidates that the bot shows: at most three, each good enough by itself, none where the answer is silent. */
export function offeredBy(answer: MatchAnswer): readonly RunbookSuggestion[] {
  return answer.suggestions.filter(({ score }) => score >= SUGGEST_FROM).slice(0, OFFERED);
}

/** A matcher that is made anew when the library's runbooks have changed, and only then. */
export function followLibrary(library: { runbooks(): readonly Runbook[] }): Matcher {
  let made: { readonly of: readonly Runbook[]; readonly matcher: Matcher } | undefined;
  return {
    match(alert, opinion) {
      const runbooks = library.runbooks();
      if (made?.of !== runbooks) made = { of: runbooks, matcher: createMatcher(runbooks) };
      return made.matcher.match(alert, opinion);
    },
  };
}

/** The words of a page as the alert spells them: nobody wants to read stems. */
function spellings(text: string): (words: readonly string[]) => readonly string[] {
  let known: Map<string, string> | undefined;
  return (words) => {
    if (!known) {
      known = new Map();
      for (const [word] of splitCamelCase(text.slice(0, 8_000).normalize('NFKC')).matchAll(/\p{L}+/gu)) {
        const stem = stemOf(word.toLowerCase());
        if (!known.has(stem)) known.set(stem, word);
      }
    }
    return words.flatMap((word) => (word.startsWith('#') ? [] : [known?.get(word) ?? word])).slice(0, 5);
  };
}

function biased(sure: number, path: string, opinion: Opinion | undefined): number {
  if (!opinion) return sure;
  const { helpful, wrong } = opinion(path);
  return Math.min(0.99, Math.max(0, sure + MOST_BIAS * Math.tanh((helpful - wrong) / 4)));
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}
