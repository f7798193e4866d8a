/** A complete environment and file to bend in the tests of the configuration. */

import { loadConfig, type Config, type ConfigLoading } from '../../src/config/config.ts';

export const ENVIRONMENT = {
  SLACK_BOT_TOKEN: 'xoxb-1-bot',
  SLACK_APP_TOKEN: 'xapp-1-app',
  PAGERDUTY_TOKEN: 'u+PagerDutyKey',
};

export const SMALLEST = 'teams: { sre: { schedule: PSCHED1 } }';

export function load(file: string | undefined, environment: Readonly<Record<string, string>> = {}): ConfigLoading {
  return loadConfig({ ...ENVIRONMENT, ...environment }, () => file);
}

export function loaded(file: string, environment: Readonly<Record<string, string>> = {}): Config {
  const loading = load(file, environment);
  if (loading.kind === 'refused') throw new Error(`refused: ${JSON.stringify(loading.faults)}`);
  return loading.config;
}

/** `where` → `message` of every fault; empty where it loads. */
export function faults(loading: ConfigLoading): Readonly<Record<string, string>> {
  if (loading.kind === 'loaded') return {};
  return Object.fromEntries(loading.faults.map(({ where, message }) => [where, message]));
}
