/** Prints the matcher's figures beside fuse.js and minisearch: `node bench/matcher/run.ts [--corpora DIR] [--half dev|test] [--quick]`. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measureMatcher } from './measure.ts';
import type { MatcherFigures } from './measure.ts';

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    half: { type: 'string', default: 'test' },
    quick: { type: 'boolean', default: false },
  },
});
const half = values.half === 'dev' ? 'dev' : 'test';
const given = values.corpora ?? join(import.meta.dirname, '../../../shared/corpora');
const sizes = values.quick ? [100] : [100, 1_000, 5_000];

let dir = given;
let figures = await measureMatcher(given, half, []);
if (figures.accuracy.length === 0) {
  process.stdout.write(
    `No corpora at ${given}: name their folder with --corpora. The small set of the bench is used.\n`,
  );
  dir = join(import.meta.dirname, 'corpora');
}
figures = await measureMatcher(dir, half, sizes);
print(figures);
const date = new Date().toISOString();
const folder = join(import.meta.dirname, '../results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${date.slice(0, 16).replace(':', '-')}-matcher${half === 'dev' ? '-dev' : ''}.json`);
writeFileSync(file, `${JSON.stringify({ date, node: process.version, half, figures }, null, 2)}\n`);
process.stdout.write(`Written to ${file}\n`);

function print({ accuracy, byVariant, speed }: MatcherFigures): void {
  const line = (cells: readonly string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
  line(['corpus', 'engine', 'recall@1', 'recall@3', 'MRR', 'silence F1', 'shown where none is right']);
  line(['---', '---', '---', '---', '---', '---', '---']);
  for (const one of accuracy) {
    line([
      one.corpus,
      one.engine,
      `${one.recall1.toFixed(3)} ± ${one.recall1Within.toFixed(3)} (n ${one.answerable})`,
      one.recall3.toFixed(3),
      one.meanReciprocalRank.toFixed(3),
      one.silenceF1.toFixed(3),
      `${one.shownWrongly}/${one.unanswerable}`,
    ]);
  }
  process.stdout.write('\n');
  line(['pages', 'engine', 'index ms', 'p50 ms', 'p99 ms']);
  line(['---', '---', '---', '---', '---']);
  for (const { pages, indexMs, p50Ms, p99Ms } of speed) {
    for (const engine of Object.keys(indexMs)) {
      const shown = [indexMs[engine], p50Ms[engine], p99Ms[engine]].map((value) => (value ?? 0).toFixed(1));
      line([String(pages), engine, ...shown]);
    }
  }
  process.stdout.write(
    `\nRight by variant (toban): ${Object.entries(byVariant)
      .map(([name, right]) => `${name} ${right}`)
      .join(', ')}\n`,
  );
}
