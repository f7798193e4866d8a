/** `npm run -s runbooks:lint -- [DIR] [--strict]`: names every fault of a runbook library with file and line, for a team's CI. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { RunbookFault } from './domain/runbook.ts';
import { silentLog } from './ports/log.ts';
import { systemClock } from './ports/clock.ts';
import { brokenLinks } from './runbooks/growth/broken-links.ts';
import { openLibrary } from './runbooks/library.ts';
import { lintRunbook } from './runbooks/lint.ts';
import { splitPage } from './runbooks/front-matter.ts';

const USAGE = `Usage: npm run -s runbooks:lint -- [DIR] [--strict]

Reads the pages below DIR (default: runbooks). Names pages that cannot be used and links between pages that lead
nowhere; with --strict also front matter that is missing or incomplete. Exit code 1 where there is a fault.`;

function readOptions(): { readonly dir: string; readonly strict: boolean } | string {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { strict: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    });
    if (values.help) return USAGE;
    if (positionals.length > 1) return `One folder at a time.\n\n${USAGE}`;
    return { dir: positionals[0] ?? 'runbooks', strict: values.strict };
  } catch (error) {
    return `${error instanceof Error ? error.message : 'The options cannot be read.'}\n\n${USAGE}`;
  }
}

async function faultsOf(dir: string, strict: boolean): Promise<readonly RunbookFault[]> {
  const library = await openLibrary({ dir, clock: systemClock, log: silentLog });
  library.stop();
  const faults = [...library.faults()];
  for (const { path, line = 1, message } of brokenLinks(library.runbooks())) {
    const text = await readFile(join(dir, path), 'utf8');
    const front = splitPage(text).yaml;
    faults.push({ path, line: line + (front === undefined ? 0 : front.split('\n').length + 2), message });
  }
  if (strict) {
    for (const { path } of library.runbooks()) {
      faults.push(...lintRunbook(path, await readFile(join(dir, path), 'utf8')));
    }
  }
  return faults.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : (a.line ?? 0) - (b.line ?? 0)));
}

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  const faults = await faultsOf(options.dir, options.strict);
  for (const { path, line, message } of faults) {
    process.stdout.write(`${path}${line === undefined ? '' : `:${line}`}: ${message}\n`);
  }
  process.stderr.write(
    faults.length === 0 ? 'No faults.\n' : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = await main();
