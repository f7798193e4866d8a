/** Libraries with labelled alerts: read where they are, never copied into the project. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runbook } from '../../src/domain/runbook.ts';
import { silentLog } from '../../src/ports/log.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { openLibrary } from '../../src/runbooks/library.ts';

export interface LabelledAlert {
  readonly id: string;
  readonly variant: string;
  readonly text: string;
  /** Null where no page is the right answer. */
  readonly expected: string | null;
  readonly half: 'dev' | 'test';
}

export interface Corpus {
  readonly name: string;
  readonly runbooks: readonly Runbook[];
  readonly alerts: readonly LabelledAlert[];
}

/** A folder of folders, each with `runbooks/` and `cases.jsonl`; none where the folder is not there. */
export async function readCorpora(dir: string): Promise<readonly Corpus[]> {
  if (!existsSync(dir)) return [];
  const corpora: Corpus[] = [];
  for (const name of readdirSync(dir).toSorted((a, b) => (a < b ? -1 : 1))) {
    const cases = join(dir, name, 'cases.jsonl');
    if (!existsSync(cases)) continue;
    const own = join(dir, name, 'runbooks');
    // The small set of the bench asks for the starter runbooks.
    const pages = existsSync(own) ? own : join(import.meta.dirname, '../../runbooks');
    const library = await openLibrary({ dir: pages, clock: systemClock, log: silentLog });
    library.stop();
    const alerts = readFileSync(cases, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as LabelledAlert);
    corpora.push({ name, runbooks: library.runbooks(), alerts });
  }
  return corpora;
}
