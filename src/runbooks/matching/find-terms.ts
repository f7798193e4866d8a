/** Looks for a page's keywords, title and file name in an alert: what an author wrote speaks for itself. */

import type { Runbook } from '../../domain/runbook.ts';
import type { AlertText } from '../alert-text.ts';
import { termsOf } from '../terms.ts';
import type { Term } from '../terms.ts';
import { SUGGEST_FROM } from './confidence.ts';
import type { Called } from './confidence.ts';

/** A keyword that its author wrote for this very alert speaks for itself from this worth on. */
const KEYWORD_FROM = 0.3;
/** What one exact, long keyword of one runbook alone is worth. */
const STRONGEST = 0.8;
const IN_TITLE = 1.15;

/** How a page is called in an alert; for the fitting of the confidence. */
export function calledIn(runbook: Runbook, alert: { readonly text: AlertText; readonly title: AlertText }): Called {
  return findTerms(weigh([runbook])(runbook), alert).called;
}

export interface Weighed {
  readonly term: Term;
  readonly weight: number;
}

/** The terms of a page with their weights, worked out when they are first asked for. */
export function weigh(runbooks: readonly Runbook[]): (runbook: Runbook) => readonly Weighed[] {
  const known = new Map<string, readonly Weighed[]>();
  let holders: Map<string, number> | undefined;
  return (runbook) => {
    if (!holders) {
      holders = new Map();
      for (const keyword of runbooks.flatMap(({ keywords }) => keywords)) {
        holders.set(keyword, (holders.get(keyword) ?? 0) + 1);
      }
    }
    let weighed = known.get(runbook.path);
    if (!weighed) {
      weighed = termsOf(runbook)
        .map((term) => ({
          term,
          weight: rarity(holders?.get(term.shown) ?? 1, runbooks.length) * substance(term),
        }))
        .toSorted((a, b) => b.weight - a.weight || (a.term.form < b.term.form ? -1 : 1));
      known.set(runbook.path, weighed);
    }
    return weighed;
  };
}

/** 1 for a keyword of one runbook, near 0 for one of all; two of three pages in a small library are not "all". */
function rarity(holders: number, runbooks: number): number {
  return 1 - Math.log(Math.max(1, holders)) / Math.log(Math.max(runbooks, 20) + 1);
}

/** Long terms say more than short ones; a Japanese letter counts for two. */
function substance(term: Term): number {
  const letters = term.squashed.length * (term.kind === 'japanese' ? 2 : 1);
  return Math.min(1, 0.35 + letters / 20);
}

export function findTerms(
  terms: readonly Weighed[],
  alert: { readonly text: AlertText; readonly title: AlertText },
): { readonly matched: readonly string[]; readonly called: Called; readonly keywords: number } {
  let inText = 0;
  let inTitle = 0;
  const found: { readonly term: Term; readonly worth: number }[] = [];
  for (const { term, weight } of terms) {
    const quality = alert.text.quality(term);
    if (quality === 0) continue;
    const long = Math.min(1, (term.squashed.length * (term.kind === 'japanese' ? 2 : 1)) / 16);
    const titled = alert.title.quality(term);
    inText = Math.max(inText, quality * long);
    inTitle = Math.max(inTitle, titled * long);
    found.push({ term, worth: quality * weight * (titled > 0 ? IN_TITLE : 1) });
  }
  found.sort((a, b) => b.worth - a.worth || (a.term.form < b.term.form ? -1 : 1));
  // Each further keyword adds to what is left, and less than the one before it.
  let left = 1;
  for (const [index, { worth }] of found.filter(({ term }) => term.from === 'keyword').entries()) {
    left *= 1 - Math.min(0.95, (STRONGEST * worth) / (1 + index / 2));
  }
  const byKeywords = 1 - left;
  return {
    matched: found.map(({ term }) => term.shown),
    called: { inText, inTitle },
    keywords:
      byKeywords < KEYWORD_FROM
        ? 0
        : SUGGEST_FROM + (0.49 * (byKeywords - KEYWORD_FROM)) / (1 - KEYWORD_FROM),
  };
}

