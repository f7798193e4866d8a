/** Starts the bot from the environment and toban.yml, and stops it in order. */

import { existsSync, readFileSync } from 'node:fs';
import { startApp } from './app.ts';
import type { RunningApp } from './app.ts';
import { loadConfig } from './config/config.ts';
import { readEnvironment } from './config/environment.ts';
import { createLog } from './logging/pino-log.ts';
import { systemClock } from './ports/clock.ts';
import { cronTick } from './timing/minute-tick.ts';

/** CONTRACT: stopped within 10 s. */
const STOP_WITHIN_MS = 9_000;

const loading = loadConfig(readEnvironment(), (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));
if (loading.kind === 'refused') {
  process.stderr.write('Toban cannot start. Mend these settings and start it again:\n');
  for (const { where, message } of loading.faults) process.stderr.write(`  ${where}: ${message}\n`);
  process.exit(1);
}
const { config, notInUse } = loading;
if (process.argv.includes('--check')) {
  process.stdout.write('The configuration is valid.\n');
  process.exit(0);
}

const { slack, pagerduty } = config;
const log = createLog({
  level: config.logLevel,
  secrets: [
    slack.botToken,
    slack.mode.kind === 'socket' ? slack.mode.appToken : slack.mode.signingSecret,
    pagerduty.token,
    ...pagerduty.webhookSecrets,
  ],
});
if (notInUse.length > 0) log.info({ settings: notInUse }, 'settings of a later version are not in use');

let app: RunningApp | undefined;
let stopping = false;
const stop = (signal: string): void => {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'Toban is stopping');
  setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  void Promise.resolve(app?.stop())
    .catch((error: unknown) => log.error({ err: error }, 'stop was not clean'))
    .finally(() => process.exit(0));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('unhandledRejection', (error) => log.error({ err: error }, 'promise was rejected unhandled'));

try {
  app = await startApp({ config, clock: systemClock, log, everyMinute: cronTick(log) });
} catch (error) {
  log.error({ err: error }, 'Toban could not start');
  process.stderr.write(`Toban could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
