/** `npm run db`: backup, restore, retention, upgrade and check of the database, one command each. */

import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseDuration } from './config/duration.ts';
import { readEnvironment } from './config/environment.ts';
import { surveyConfig } from './config/survey.ts';
import { systemClock } from './ports/clock.ts';
import { filePath, openDatabase } from './store/database.ts';
import { backupDatabase, restoreDatabase, UpkeepError } from './store/upkeep/backup.ts';
import { checkDatabase } from './store/upkeep/check.ts';
import { pruneDatabase, shrinkDatabase } from './store/upkeep/prune.ts';

const USAGE = `Usage: npm run db -- COMMAND

  backup FILE               copies the database into FILE while Toban runs
  restore FILE              brings FILE back; stop Toban first. What was there is kept beside it
  prune --keep 400d         removes alerts, posts and deliveries that are older; incidents and postmortems stay
        [--shrink]          and gives the space back to the disk; Toban's writes wait meanwhile
  upgrade                   brings the schema up to date, after a backup beside the database
  check                     looks through the whole database; exit code 1 where something is wrong

The database is that of DATABASE_URL in .env.`;

/** Toban looks back as far as this for itself. */
const LEAST_KEEP_MS = 30 * 86_400_000;

const print = (line: string) => void process.stdout.write(`${line}\n`);
const refuse = (line: string): number => {
  process.stderr.write(`${line}\n`);
  return 2;
};

type Options = { readonly keep?: string | undefined; readonly shrink?: boolean | undefined };
type Command = (url: string, file: string | undefined, options: Options) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  backup: async (url, file) => {
    if (file === undefined) return refuse(`backup needs a FILE.\n\n${USAGE}`);
    const { pages } = await backupDatabase(url, file);
    print(`Backed up ${url} to ${file} (${pages} pages).`);
    return 0;
  },
  restore: async (url, file) => {
    if (file === undefined) return refuse(`restore needs a FILE.\n\n${USAGE}`);
    const { kept } = await restoreDatabase(url, file, systemClock.now());
    print(`Restored ${url} from ${file}.${kept === undefined ? '' : ` What was there is ${kept} now.`}`);
    return 0;
  },
  prune: async (url, _file, { keep, shrink }) => {
    const keepMs = parseDuration(keep ?? '');
    if (keepMs === undefined) return refuse(`prune needs --keep and a duration such as 400d.\n\n${USAGE}`);
    if (keepMs < LEAST_KEEP_MS) return refuse('--keep: expected 30d or more; Toban needs the last weeks itself.');
    const pruned = pruneDatabase(url, systemClock.now() - keepMs);
    for (const { table, rows } of pruned) print(`${table}: ${rows} rows removed`);
    if (pruned.length === 0) print('Nothing was old enough.');
    if (shrink) shrinkDatabase(url);
    return 0;
  },
  upgrade: async (url) => {
    const path = filePath(url);
    const { pending, faults } = existsSync(path) ? checkDatabase(url) : { pending: [], faults: [] };
    if (faults.length > 0) return complain(faults);
    if (existsSync(path) && pending.length === 0) {
      print('The schema is up to date.');
      return 0;
    }
    if (existsSync(path)) {
      const kept = `${path}.before-${pending[0]}`;
      await backupDatabase(url, kept);
      print(`Backed up to ${kept}.`);
    }
    const database = await openDatabase(url);
    await database.destroy();
    print(pending.length === 0 ? `Made ${url}.` : `Ran ${pending.join(', ')}.`);
    return 0;
  },
  check: async (url) => {
    const { faults, pending, bytes, rows } = checkDatabase(url);
    for (const { table, rows: count } of rows) print(`${table}: ${count} rows`);
    print(`${Math.ceil(bytes / 1024)} kB; migrations to run: ${pending.length === 0 ? 'none' : pending.join(', ')}`);
    if (faults.length > 0) return complain(faults);
    print('The database is sound.');
    return 0;
  },
};

function complain(faults: readonly string[]): number {
  for (const line of faults) process.stderr.write(`The database: ${line}\n`);
  process.stderr.write('Stop Toban and bring a backup back: npm run db -- restore FILE\n');
  return 1;
}

async function main(): Promise<number> {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        keep: { type: 'string' },
        shrink: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return refuse(`${error instanceof Error ? error.message : 'The options cannot be read.'}\n\n${USAGE}`);
  }
  const [name = '', file, ...rest] = parsed.positionals;
  if (parsed.values.help) {
    print(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command || rest.length > 0)
    return refuse(`${name ? `There is no command ${name}.` : 'Name a command.'}\n\n${USAGE}`);
  // Neither tokens nor toban.yml are needed for this.
  const { config } = surveyConfig(readEnvironment(), () => undefined);
  try {
    return await command(config.databaseUrl, file, parsed.values);
  } catch (error) {
    if (error instanceof UpkeepError) process.stderr.write(`${error.message}\n`);
    else process.stderr.write(`${name} failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main();
