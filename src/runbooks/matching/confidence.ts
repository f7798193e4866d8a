/** How sure it is that a page is the right one: one scale for every library, so that one threshold serves all. */

import type { Evidence } from './rank.ts';

/** What stands in the alert of the page's keywords, title and file name, typos forgiven; 1 is a long one, exactly. */
export interface Called {
  readonly inText: number;
  readonly inTitle: number;
}

/** Below this confidence in the best candidate the bot says that it knows no runbook. */
export const SUGGEST_FROM = 0.5;

/** In the order of `inputsOf`; made by bench/matcher/train.ts from the `dev` halves. */
const WEIGHTS: readonly number[] = [-4.65, 1.09, 2.03, -1.89, -1.95, -1.82, 0.62, 1.95, -0.01, 3.76, 1.96, 2.14, 2.14, 1.64, 0.78, 0.41, 1.99, -0.59, 0.67, 2.04, 4.25];

/** What is weighed: the evidence, and what two pieces of it say together. */
export function inputsOf(evidence: Evidence, called: Called): readonly number[] {
  const { covered, coveredName, nameInPage, identity, concepts, pageConcepts, named, strength, lead, unknown } = evidence;
  return [
    1,
    covered,
    coveredName,
    nameInPage,
    identity,
    concepts,
    pageConcepts,
    named,
    strength,
    lead,
    unknown,
    called.inText,
    called.inTitle,
    identity * coveredName,
    identity * nameInPage,
    covered * identity,
    concepts * pageConcepts,
    unknown * identity,
    called.inTitle * nameInPage,
    lead * identity,
    Math.max(nameInPage, concepts) * Math.max(identity, pageConcepts),
  ];
}

/** 0 to 1; from 0.5 on it is more likely right than wrong (logistic regression). */
export function confidenceOf(evidence: Evidence, called: Called, weights: readonly number[] = WEIGHTS): number {
  const sum = inputsOf(evidence, called).reduce((all, input, index) => all + input * (weights[index] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
