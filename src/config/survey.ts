/** A configuration that may be half made: every fault of it, and what can be used of it all the same. */

import { loadConfig } from './config.ts';
import type { Config } from './config.ts';
import { tobanFilePath, validateEnvironment } from './environment.ts';
import type { Environment } from './environment.ts';
import type { SecretKind, SecretName } from '../ports/probes.ts';
import type { Fault } from './fault.ts';

export interface Survey {
  readonly faults: readonly Fault[];
  /** What is missing or wrong has its default or a stand-in here: look at `usable` first. */
  readonly config: Config;
  readonly usable: {
    /** The bot token. */
    readonly slack: boolean;
    /** The app token or the signing secret. */
    readonly line: boolean;
    readonly pagerduty: boolean;
    /** toban.yml. */
    readonly file: boolean;
  };
  readonly secrets: Readonly<Record<SecretName, SecretKind>>;
}

const LOOKS: readonly (readonly [prefix: string, kind: SecretKind])[] = [
  ['xoxb-', 'bot'],
  ['xapp-', 'app'],
  ['xoxp-', 'person'],
  ['xoxe', 'rotating'],
  ['xox', 'other_slack'],
];

/** Stands where a secret is missing; nothing is ever sent with it. */
const STAND_IN = {
  SLACK_BOT_TOKEN: 'xoxb-missing',
  SLACK_APP_TOKEN: 'xapp-missing',
  PAGERDUTY_TOKEN: 'missing',
};

export function surveyConfig(environment: Environment, readFile: (path: string) => string | undefined): Survey {
  const loading = loadConfig(environment, readFile);
  const names = validateEnvironment(environment);
  const refused = new Set(names.kind === 'refused' ? names.faults.map(({ where }) => where) : []);
  const sound = Object.fromEntries(Object.entries(environment).filter(([name]) => !refused.has(name)));
  const given = (name: SecretName) => Boolean(sound[name]?.trim());
  const line = given('SLACK_APP_TOKEN') || given('SLACK_SIGNING_SECRET');
  const whole: Environment = {
    ...sound,
    ...(given('SLACK_BOT_TOKEN') ? {} : { SLACK_BOT_TOKEN: STAND_IN.SLACK_BOT_TOKEN }),
    ...(line ? {} : { SLACK_APP_TOKEN: STAND_IN.SLACK_APP_TOKEN }),
    ...(given('PAGERDUTY_TOKEN') ? {} : { PAGERDUTY_TOKEN: STAND_IN.PAGERDUTY_TOKEN }),
  };
  const asWritten = loadConfig(whole, readFile);
  const config = asWritten.kind === 'loaded' ? asWritten.config : withoutFile(whole, readFile);
  return {
    faults: loading.kind === 'refused' ? loading.faults : [],
    config,
    usable: {
      slack: given('SLACK_BOT_TOKEN'),
      line,
      pagerduty: given('PAGERDUTY_TOKEN'),
      file: asWritten.kind === 'loaded',
    },
    secrets: {
      SLACK_BOT_TOKEN: kindOf(environment['SLACK_BOT_TOKEN']),
      SLACK_APP_TOKEN: kindOf(environment['SLACK_APP_TOKEN']),
      SLACK_SIGNING_SECRET: kindOf(environment['SLACK_SIGNING_SECRET']),
      PAGERDUTY_TOKEN: kindOf(environment['PAGERDUTY_TOKEN']),
    },
  };
}

/** Of a configuration without a fault, which a running bot has. */
export function surveyOfWhole(config: Config): Survey {
  const isSocket = config.slack.mode.kind === 'socket';
  return {
    faults: [],
    config,
    usable: { slack: true, line: true, pagerduty: true, file: true },
    secrets: {
      SLACK_BOT_TOKEN: 'bot',
      SLACK_APP_TOKEN: isSocket ? 'app' : 'missing',
      SLACK_SIGNING_SECRET: isSocket ? 'missing' : 'plain',
      PAGERDUTY_TOKEN: 'plain',
    },
  };
}

/** A file with a fault says at least in which language to tell of it. */
function withoutFile(environment: Environment, readFile: (path: string) => string | undefined): Config {
  const loading = loadConfig(
    environment,
    () => `locale: ${localeOf(environment, readFile)}\nteams: { none: { schedule: PNONE } }`,
  );
  if (loading.kind === 'refused') throw new Error('The stand-in configuration was refused; please report this.');
  return { ...loading.config, teams: [] };
}

function localeOf(environment: Environment, readFile: (path: string) => string | undefined): string {
  try {
    return /^locale:\s*["']?(ja|en)\b/m.exec(readFile(tobanFilePath(environment)) ?? '')?.[1] ?? 'ja';
  } catch {
    return 'ja';
  }
}

function kindOf(raw: string | undefined): SecretKind {
  const value = raw?.trim();
  if (!value) return 'missing';
  return LOOKS.find(([prefix]) => value.startsWith(prefix))?.[1] ?? 'plain';
}
