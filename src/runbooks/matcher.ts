/** Ranks the runbooks for an alert: every keyword is looked for in the alert, never the alert in the runbooks. */

import type { Runbook, RunbookSuggestion } from '../domain/runbook.ts';
import { readAlertText } from './alert-text.ts';
import type { AlertText } from './alert-text.ts';
import { createHints, hintWords } from './hints.ts';
import { namedRunbooks } from './named.ts';
import { termsOf } from './terms.ts';
import type { Term } from './terms.ts';

/** Below this score of the best candidate the bot says that it knows no runbook. */
const SUGGEST_FROM = 0.3;
/** Single words are counted in the beginning of an alert only. */
const HINTS_WITHIN = 8000;
const IN_TITLE = 1.15;
const MAX_SUGGESTIONS = 10;
/** How many candidates the bot offers. */
export const OFFERED = 3;
/** What one exact, long keyword of one runbook alone is worth. */
const STRONGEST = 0.8;

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

export interface Matcher {
  match(alert: AlertToMatch): MatchAnswer;
}

interface Entry {
  readonly runbook: Runbook;
  readonly terms: readonly { readonly term: Term; readonly weight: number }[];
  readonly services: readonly Term[];
}

export function createMatcher(runbooks: readonly Runbook[]): Matcher {
  const entries = weigh(runbooks);
  const hints = createHints(runbooks);
  return {
    match(alert) {
      const named = namedRunbooks(runbooks, alert.runbookRefs ?? []).map(
        (runbook): RunbookSuggestion => ({ runbook, score: 1, matched: [], because: 'named' }),
      );
      const taken = new Set(named.map(({ runbook }) => runbook.path));
      const whole = alert.title === undefined ? alert.text : `${alert.title}\n${alert.text}`;
      const text = readAlertText(whole);
      const title = alert.title === undefined ? undefined : readAlertText(alert.title);
      const words = hintWords(whole.slice(0, HINTS_WITHIN));
      const guessed = entries
        .filter(({ runbook }) => !taken.has(runbook.path))
        .flatMap((entry) => scoreOf(entry, { text, title }, hints.score(entry.runbook, words)) ?? [])
        .toSorted((a, b) => b.score - a.score || (a.runbook.path < b.runbook.path ? -1 : 1));
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
    match(alert) {
      const runbooks = library.runbooks();
      if (made?.of !== runbooks) made = { of: runbooks, matcher: createMatcher(runbooks) };
      return made.matcher.match(alert);
    },
  };
}

/** A term of many runbooks says little about any of them. */
function weigh(runbooks: readonly Runbook[]): readonly Entry[] {
  const read = runbooks.map((runbook) => ({ runbook, terms: termsOf(runbook) }));
  const holders = new Map<string, number>();
  for (const { terms } of read) for (const { form } of terms) holders.set(form, (holders.get(form) ?? 0) + 1);
  return read.map(({ runbook, terms }) => ({
    runbook,
    services: runbook.services.flatMap((service) => termsOf({ ...runbook, path: '', title: '', keywords: [service] })),
    terms: terms
      .map((term) => ({ term, weight: rarity(holders.get(term.form) ?? 1, runbooks.length) * substance(term) }))
      .toSorted((a, b) => b.weight - a.weight || (a.term.form < b.term.form ? -1 : 1)),
  }));
}

/** 1 for a term of one runbook, near 0 for a term of all; two of three pages in a small library are not "all". */
function rarity(holders: number, runbooks: number): number {
  return 1 - Math.log(holders) / Math.log(Math.max(runbooks, 20) + 1);
}

/** Long terms say more than short ones; a Japanese letter counts for two. */
function substance(term: Term): number {
  const letters = term.squashed.length * (term.kind === 'japanese' ? 2 : 1);
  return Math.min(1, 0.35 + letters / 20);
}

function scoreOf(
  entry: Entry,
  alert: { readonly text: AlertText; readonly title: AlertText | undefined },
  hint: { readonly score: number; readonly words: readonly string[] },
): RunbookSuggestion | undefined {
  const found = entry.terms
    .map(({ term, weight }) => {
      const quality = alert.text.quality(term);
      const inTitle = quality > 0 && alert.title?.has(term) === true;
      return { term, worth: quality * weight * (inTitle ? IN_TITLE : 1) };
    })
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth || (a.term.form < b.term.form ? -1 : 1));
  if (found.length === 0 && hint.score === 0) return undefined;
  // Each further term adds to what is left, and less than the one before it.
  let left = 1;
  for (const [index, { worth }] of found.entries()) {
    left *= 1 - Math.min(0.95, (STRONGEST * worth) / (1 + index / 2));
  }
  // A service that the alert names decides between equals; it is no reason by itself.
  if (entry.services.some((service) => alert.text.has(service))) left *= 0.97;
  const byTerms = 1 - left;
  // Single words of the title order what is below the threshold and between equals, and lift nothing above it.
  const score =
    byTerms < SUGGEST_FROM
      ? Math.min(SUGGEST_FROM - 0.005, byTerms + hint.score)
      : Math.min(0.99, 1 - left * (1 - hint.score / 10));
  const matched = found.length > 0 ? found.map(({ term }) => term.shown) : hint.words;
  return { runbook: entry.runbook, score: Math.round(score * 1000) / 1000, matched, because: 'keywords' };
}
