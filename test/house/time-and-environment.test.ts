/** Rule 5 of the house: the environment is read in one place, and time comes from the clock alone. */

import { importsOf, linesWith } from './support/scan.ts';
import { src } from './support/sources.ts';
import type { Sources } from './support/sources.ts';

const sources = src();

/** Where the machine's own time may be used, and why. */
const REAL_TIME: Readonly<Record<string, string>> = {
  'ports/clock.ts': 'the clock itself',
  'main.ts': 'the exit timer: the process ends in time whatever hangs',
  'timing/minute-tick.ts': 'node-cron keeps the wall clock for the one tick a minute',
  'simulator/clock.ts': 'lets simulated time flow with real time',
  'simulator/page/stage.ts': 'waits in real time until the bot has acted on a step of a moved clock',
  'simulator/pagerduty/pagerduty-world.ts': '`until` waits in real time for a bot in another process',
  'simulator/slack/feed.ts': '`until` waits in real time for a bot in another process',
  'simulator/slack/http-delivery.ts': 'Bolt compares the signature with its own Date.now()',
};

const TIME =
  /\bDate\.now\b|\bnew Date(?:\(\s*\)|(?=\s*[;,)\]]))|(?<!new )(?<![\w.])Date\(|\bperformance\.now\b|\bhrtime\b|\bTemporal\.Now\b|(?<![\w.#])set(?:Timeout|Interval)\b|\bAbortSignal\.timeout\b/g;
const TIMER_MODULES = /^(?:node:)?(?:timers(?:\/promises)?|perf_hooks)$|^node-cron$/;
const ENVIRONMENT = /\bprocess\.env\b|\bloadEnvFile\b|\bprocess\[|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b/g;

function timeIn(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => [
    ...linesWith(text, TIME).map((line) => `${path}:${line}`),
    ...importsOf(text)
      .filter(({ specifier }) => TIMER_MODULES.test(specifier))
      .map(({ line }) => `${path}:${line}`),
  ]);
}

function environmentIn(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) => [
    ...linesWith(text, ENVIRONMENT).map((line) => `${path}:${line}`),
    ...importsOf(text)
      .filter(({ specifier }) => /^(?:node:)?process$|^dotenv/.test(specifier))
      .map(({ line }) => `${path}:${line}`),
  ]);
}

const fileOf = (place: string) => place.slice(0, place.lastIndexOf(':'));

describe('the time', () => {
  const found = timeIn(sources);

  it('comes from ports/clock.ts, but for the places with a reason', () => {
    expect(found.filter((place) => !(fileOf(place) in REAL_TIME))).toEqual([]);
  });

  it('has no reason left over', () => {
    expect(Object.keys(REAL_TIME).filter((path) => !found.some((place) => fileOf(place) === path))).toEqual([]);
  });

  it.each([
    'const now = Date.now();',
    'const read = Date.now;',
    'const now = new Date();',
    'const now = new Date;',
    'const text = Date();',
    'performance.now()',
    'setTimeout(run, 5);',
    'const later = globalThis && setInterval(run, 5);',
    'fetch(url, { signal: AbortSignal.timeout(5) })',
    "import { setTimeout as sleep } from 'node:timers/promises';",
    "import { schedule } from 'node-cron';",
    'process.hrtime.bigint()',
  ])('is seen in: %s', (text) => {
    expect(timeIn({ 'alerts/a.ts': text })).not.toEqual([]);
  });

  it.each([
    'new Date(instant).toISOString()',
    "new Date('2026-04-01')",
    '// Date.now() is not ours',
    "const words = 'setTimeout(run)';",
    'clock.setTimer(5, run)',
    'clearTimeout(handle)',
    'server.setTimeout(5)',
  ])('is not seen in: %s', (text) => {
    expect(timeIn({ 'alerts/a.ts': text })).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read in config/environment.ts alone', () => {
    expect(environmentIn(sources).map(fileOf)).toContain('config/environment.ts');
    expect(environmentIn(sources).filter((place) => fileOf(place) !== 'config/environment.ts')).toEqual([]);
  });

  it.each([
    'process.env.SLACK_BOT_TOKEN',
    "process['env']",
    'const { env } = process;',
    'process.loadEnvFile()',
    "import { env } from 'node:process';",
    'const text = `${process.env.HOME}`;',
  ])('is seen in: %s', (text) => {
    expect(environmentIn({ 'app.ts': text })).toEqual(['app.ts:1']);
  });

  it('is not seen in words about it', () => {
    expect(environmentIn({ 'app.ts': "/** `process.env` */ const a = 'process.env'; process.exit(1);" })).toEqual([]);
  });
});
