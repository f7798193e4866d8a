/** `npm run doctor`: says what is wrong with the set-up and what to do about it; exit code 1 where something is fatal. */

import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readEnvironment } from './config/environment.ts';
import { surveyConfig } from './config/survey.ts';
import { examine } from './doctor/examine.ts';
import { worst } from './doctor/finding.ts';
import { findingLines } from './doctor/views.ts';
import { probesOf, setupOf } from './examining.ts';
import { systemClock } from './ports/clock.ts';

const USAGE = `Usage: npm run doctor [-- --json] [-- --lang ja|en]

Looks at the settings, Slack, PagerDuty, the people, the database and the runbooks, and changes nothing.
--json prints {"verdict","findings":[{"check","weight","is","should","todo"}]} for machines (with npm run -s).`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

function readOptions() {
  try {
    return parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return error instanceof Error ? error.message : 'The options cannot be read.';
  }
}

async function main(): Promise<number> {
  const options = readOptions();
  if (typeof options === 'string' || (options.lang !== undefined && !['ja', 'en'].includes(options.lang))) {
    process.stderr.write(
      `${typeof options === 'string' ? options : `--lang ${options.lang}: expected ja or en.`}\n\n${USAGE}\n`,
    );
    return 2;
  }
  if (options.help) {
    print(USAGE);
    return 0;
  }
  const survey = surveyConfig(readEnvironment(), (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
  const setup = setupOf(survey);
  const locale = options.lang === 'ja' || options.lang === 'en' ? options.lang : setup.style.locale;
  const findings = await examine({ ...setup, style: { ...setup.style, locale } }, probesOf(survey.config, systemClock));
  const verdict = worst(findings);
  if (options.json) print(JSON.stringify({ verdict, findings }, null, 2));
  else for (const line of findingLines(findings, locale)) print(line);
  return verdict === 'fatal' ? 1 : 0;
}

process.exitCode = await main();
