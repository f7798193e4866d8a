/** How often the matcher is right, how often it is rightly silent, and how fast: beside the yardsticks in the same run. */

import type { Runbook } from '../../src/domain/runbook.ts';
import { quantile } from '../statistics.ts';
import { readCorpora } from './corpora.ts';
import type { Corpus, LabelledAlert } from './corpora.ts';
import { ENGINES } from './engines.ts';
import type { Answer } from './engines.ts';

export interface Accuracy {
  readonly corpus: string;
  readonly engine: string;
  readonly answerable: number;
  readonly recall1: number;
  /** Half of the 95 % interval of recall@1. */
  readonly recall1Within: number;
  readonly recall3: number;
  readonly meanReciprocalRank: number;
  /** Silence where no page is right, as precision and recall in one. */
  readonly silenceF1: number;
  /** Pages shown where none is right. */
  readonly shownWrongly: number;
  readonly unanswerable: number;
}

export interface Speed {
  readonly pages: number;
  readonly indexMs: Readonly<Record<string, number>>;
  readonly p50Ms: Readonly<Record<string, number>>;
  readonly p99Ms: Readonly<Record<string, number>>;
}

export interface MatcherFigures {
  readonly accuracy: readonly Accuracy[];
  readonly byVariant: Readonly<Record<string, string>>;
  readonly speed: readonly Speed[];
}

export async function measureMatcher(
  dir: string,
  half: 'dev' | 'test',
  sizes: readonly number[],
): Promise<MatcherFigures> {
  const corpora = await readCorpora(dir);
  const accuracy: Accuracy[] = [];
  const byVariant: Record<string, string> = {};
  for (const corpus of corpora) {
    for (const engine of ENGINES) {
      const answer = engine.index(corpus.runbooks);
      const alerts = corpus.alerts.filter((alert) => alert.half === half);
      const answers = alerts.map(({ text }) => answer(text));
      accuracy.push({ corpus: corpus.name, engine: engine.name, ...accuracyOf(alerts, answers) });
      if (engine.name === 'toban') Object.assign(byVariant, variantsOf(corpus, alerts, answers));
    }
  }
  return { accuracy, byVariant, speed: sizes.map((size) => speedOf(size, corpora)) };
}

function accuracyOf(alerts: readonly LabelledAlert[], answers: readonly Answer[]) {
  let [first, third, reciprocal, answerable, unanswerable, shown, silentRight, silentWrong] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const [index, { expected }] of alerts.entries()) {
    const { paths, silent } = answers[index] ?? { paths: [], silent: true };
    if (expected === null) {
      unanswerable += 1;
      if (silent) silentRight += 1;
      else shown += 1;
      continue;
    }
    answerable += 1;
    if (silent) silentWrong += 1;
    const place = paths.indexOf(expected);
    if (place === 0) first += 1;
    if (place >= 0 && place < 3) third += 1;
    if (place >= 0) reciprocal += 1 / (place + 1);
  }
  const recall1 = first / Math.max(1, answerable);
  return {
    answerable,
    recall1,
    recall1Within: 1.96 * Math.sqrt((recall1 * (1 - recall1)) / Math.max(1, answerable)),
    recall3: third / Math.max(1, answerable),
    meanReciprocalRank: reciprocal / Math.max(1, answerable),
    silenceF1: (2 * silentRight) / Math.max(1, 2 * silentRight + silentWrong + shown),
    shownWrongly: shown,
    unanswerable,
  };
}

function variantsOf(corpus: Corpus, alerts: readonly LabelledAlert[], answers: readonly Answer[]) {
  const counts = new Map<string, [right: number, all: number]>();
  for (const [index, { variant, expected }] of alerts.entries()) {
    const answer = answers[index];
    const right = expected === null ? answer?.silent === true : answer?.paths[0] === expected;
    const [before, all] = counts.get(variant) ?? [0, 0];
    counts.set(variant, [before + Number(right), all + 1]);
  }
  return Object.fromEntries(
    [...counts].map(([variant, [right, all]]) => [`${corpus.name} ${variant}`, `${right}/${all}`]),
  );
}

/** A library of that many pages, made of the real ones with other names. */
function grown(size: number, corpora: readonly Corpus[]): readonly Runbook[] {
  const real = corpora.flatMap(({ runbooks }) => runbooks);
  return Array.from({ length: size }, (_, index) => {
    const page = real[index % Math.max(1, real.length)];
    const copy = Math.floor(index / Math.max(1, real.length));
    const name = `team${copy}`;
    return copy === 0 && page
      ? page
      : {
          path: `${name}/${page?.path ?? `${index}.md`}`,
          title: `${page?.title ?? ''} ${name}`,
          keywords: page?.keywords ?? [],
          services: page?.services ?? [],
          firstChecks: [],
          links: [],
          body: page?.body ?? '',
        };
  });
}

function speedOf(size: number, corpora: readonly Corpus[]): Speed {
  const runbooks = grown(size, corpora);
  const texts = corpora.flatMap(({ alerts }) => alerts.filter((_, index) => index % 8 === 0).map(({ text }) => text));
  const indexMs: Record<string, number> = {};
  const p50Ms: Record<string, number> = {};
  const p99Ms: Record<string, number> = {};
  for (const { name, index } of ENGINES) {
    const began = performance.now();
    const answer = index(runbooks);
    indexMs[name] = performance.now() - began;
    // fuse.js takes seconds a query at this size: fewer queries say the same.
    const asked = name === 'toban' ? texts : texts.slice(0, name === 'fuse.js' ? 10 : 100);
    const times = asked.map((text) => {
      const start = performance.now();
      answer(text);
      return performance.now() - start;
    });
    times.sort((a, b) => a - b);
    p50Ms[name] = quantile(times, 0.5);
    p99Ms[name] = quantile(times, 0.99);
  }
  return { pages: size, indexMs, p50Ms, p99Ms };
}
