/** Fits the weights of the matcher's confidence to the `dev` halves: `node bench/matcher/train.ts [--corpora DIR]`. */

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAlertText } from '../../src/runbooks/alert-text.ts';
import { createConceptFinder } from '../../src/runbooks/matching/concept-finder.ts';
import { CONCEPTS } from '../../src/runbooks/matching/concepts.ts';
import { inputsOf } from '../../src/runbooks/matching/confidence.ts';
import { calledIn } from '../../src/runbooks/matching/find-terms.ts';
import { indexPages } from '../../src/runbooks/matching/page-index.ts';
import { rank } from '../../src/runbooks/matching/rank.ts';
import { readAlertWords } from '../../src/runbooks/matching/read-alert.ts';
import { createTypoMender } from '../../src/runbooks/matching/typos.ts';
import { readCorpora } from './corpora.ts';

/** Showing a wrong page costs more than silence. */
const WRONG_COSTS = 1.5;
const RIDGE = 0.002;
const STEPS = 6_000;
const RATE = 0.05;

interface Example {
  readonly inputs: readonly number[];
  readonly right: 0 | 1;
  /** Each corpus counts the same, whatever its size. */
  readonly weight: number;
}

const { values } = parseArgs({ options: { corpora: { type: 'string' } } });
const corpora = await readCorpora(values.corpora ?? join(import.meta.dirname, '../../../shared/corpora'));
const finder = createConceptFinder(CONCEPTS);
const examples = corpora.flatMap(({ runbooks, alerts }): readonly Example[] => {
  const index = indexPages(runbooks, finder);
  const mender = createTypoMender(index.identityWords);
  const dev = alerts.filter(({ half }) => half === 'dev');
  return dev.flatMap(({ text, expected }) => {
    const [best] = rank(readAlertWords({ text }, finder), index, mender, 3);
    const page = best && index.pages[best.page]?.runbook;
    if (!best || !page) return [];
    const called = calledIn(page, { text: readAlertText(text), title: readAlertText(text.split('\n', 1)[0] ?? '') });
    const right = page.path === expected ? 1 : 0;
    return [{ inputs: inputsOf(best.evidence, called), right, weight: (right ? 1 : WRONG_COSTS) / dev.length }];
  });
});
process.stdout.write(
  `${fit(examples)
    .map((weight) => weight.toFixed(2))
    .join(', ')}\n`,
);

/** Logistic regression by Adam; the constant is not held back. */
function fit(all: readonly Example[]): readonly number[] {
  const size = all[0]?.inputs.length ?? 0;
  const weights = Array.from({ length: size }, () => 0);
  const mean = Array.from({ length: size }, () => 0);
  const square = Array.from({ length: size }, () => 0);
  for (let step = 1; step <= STEPS; step++) {
    const slope = weights.map((weight, at) => (at === 0 ? 0 : RIDGE * weight));
    for (const { inputs, right, weight } of all) {
      const sum = inputs.reduce((total, input, at) => total + input * (weights[at] ?? 0), 0);
      const off = (1 / (1 + Math.exp(-sum)) - right) * weight;
      for (const [at, input] of inputs.entries()) slope[at] = (slope[at] ?? 0) + off * input;
    }
    for (let at = 0; at < size; at++) {
      const one = slope[at] ?? 0;
      mean[at] = 0.9 * (mean[at] ?? 0) + 0.1 * one;
      square[at] = 0.999 * (square[at] ?? 0) + 0.001 * one * one;
      const step1 = (mean[at] ?? 0) / (1 - 0.9 ** step);
      const step2 = (square[at] ?? 0) / (1 - 0.999 ** step);
      weights[at] = (weights[at] ?? 0) - (RATE * step1) / (Math.sqrt(step2) + 1e-8);
    }
  }
  return weights;
}
