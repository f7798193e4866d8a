/** `npm run -s match -- --runbooks DIR --cases FILE.jsonl`: tries the matcher on alert texts, with no account. */

import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { systemClock } from './ports/clock.ts';
import { silentLog } from './ports/log.ts';
import { openLibrary } from './runbooks/library.ts';
import { matchCases } from './runbooks/match-cases.ts';
import { createMatcher } from './runbooks/matcher.ts';

const USAGE = `Usage: npm run -s match -- --runbooks DIR --cases FILE.jsonl

Reads {"id","text"} a line and prints {"id","silent","suggestions":[{"path","score","reasons"}]} a line.`;

interface Options {
  readonly runbooks?: string | undefined;
  readonly cases?: string | undefined;
  readonly help?: boolean | undefined;
}

function readOptions(): Options | string {
  try {
    return parseArgs({
      options: { runbooks: { type: 'string' }, cases: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'The options cannot be read.';
  }
}

const print = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string') {
    complain(`${options}\n\n${USAGE}`);
    return 2;
  }
  if (options.help) {
    print(USAGE);
    return 0;
  }
  if (!options.runbooks || !options.cases) {
    complain(`Both --runbooks and --cases are needed.\n\n${USAGE}`);
    return 2;
  }
  let cases: string;
  try {
    cases = await readFile(options.cases, 'utf8');
  } catch (error) {
    complain(`${options.cases}: the file cannot be read (${error instanceof Error ? error.message : 'unknown'})`);
    return 1;
  }
  const library = await openLibrary({ dir: options.runbooks, clock: systemClock, log: silentLog });
  library.stop();
  for (const { path, line, message } of library.faults()) {
    complain(`${path}${line === undefined ? '' : `:${line}`}: ${message}`);
  }
  // Without a folder every case would be answered with silence, which looks like a result.
  if (library.faults().some(({ path }) => path === options.runbooks)) return 1;
  const faults = matchCases(cases, createMatcher(library.runbooks()), print);
  for (const { line, message } of faults) complain(`${options.cases}:${line}: ${message}`);
  return faults.length === 0 ? 0 : 1;
}

process.exitCode = await main();
