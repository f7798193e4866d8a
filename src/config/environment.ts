/** The environment: the only place that reads `process.env`, and the schema of the names in it. */

import { z } from 'zod';
import { type Fault, nearest } from './fault.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's environment, completed from `.env` in the working directory; what is set already stays. */
export function readEnvironment(): Environment {
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  return { ...process.env };
}

/** `read` gives the value, or what is wrong in words that never quote it: most of these are secrets. */
function name<T>(read: (raw: string) => { readonly ok: T } | { readonly wrong: string }) {
  return z.string().transform((raw, context): T => {
    const result = read(raw);
    if ('ok' in result) return result.ok;
    context.addIssue({ code: 'custom', message: result.wrong });
    return z.NEVER;
  });
}

const TOKEN_KINDS: readonly (readonly [prefix: string, kind: string])[] = [
  ['xoxb-', 'a bot token'],
  ['xapp-', 'an app-level token'],
  ['xoxp-', "a person's token"],
  ['xoxe', 'a refresh or rotating token'],
  ['xox', 'another kind of Slack token'],
];

function slackToken(prefix: string, expected: string) {
  return name((raw) => {
    if (raw.startsWith(prefix) && /^[\x21-\x7e]+$/.test(raw) && raw.length > prefix.length) return { ok: raw };
    const [found, kind = 'no Slack token'] = TOKEN_KINDS.find(([start]) => raw.startsWith(start)) ?? [];
    const what = found === prefix ? 'is cut off or holds a space' : `is ${kind}${found ? ` (${found}…)` : ''}`;
    return { wrong: `${what}; expected ${expected}` };
  });
}

function secret(expected: string) {
  return name((raw) => {
    const [found, kind] = TOKEN_KINDS.find(([start]) => raw.startsWith(start)) ?? [];
    if (found !== undefined) return { wrong: `is ${kind} of Slack (${found}…); expected ${expected}` };
    return /^[\x21-\x7e]+$/.test(raw)
      ? { ok: raw }
      : { wrong: `holds a space or a strange sign; expected ${expected}` };
  });
}

function baseUrl(normalise: (url: string) => string, example: string) {
  return name((raw) => {
    const url = URL.canParse(raw) ? new URL(raw) : undefined;
    const plain = url && !url.username && !url.password && !url.search && !url.hash;
    if (plain && (url.protocol === 'http:' || url.protocol === 'https:')) return { ok: normalise(url.href) };
    return { wrong: `is no plain http(s) address; expected one such as ${example}; correct it or remove the line` };
  });
}

const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

function readDatabaseUrl(raw: string): { readonly ok: string } | { readonly wrong: string } {
  if (/^postgres(ql)?:/i.test(raw)) {
    return { wrong: 'is a PostgreSQL address; this version keeps SQLite only; write file:./data/toban.db' };
  }
  // file:relative, file:/absolute and file:///absolute; file://host/path names another machine.
  if (/^file:(?!\/\/(?!\/))(?!\/*$)\S/.test(raw)) return { ok: raw };
  return { wrong: 'is no file: address; expected file: and the path of a SQLite database; write file:./data/toban.db' };
}

const schema = z.object({
  SLACK_BOT_TOKEN: slackToken(
    'xoxb-',
    'the bot token (xoxb-…); copy it from "OAuth & Permissions" of the app at api.slack.com/apps',
  ).optional(),
  SLACK_APP_TOKEN: slackToken(
    'xapp-',
    'the app-level token (xapp-…); copy it from "Basic Information" of the app at api.slack.com/apps',
  ).optional(),
  SLACK_SIGNING_SECRET: secret(
    'the signing secret; copy it from "Basic Information" of the app at api.slack.com/apps',
  ).optional(),
  SLACK_API_URL: baseUrl((url) => url.replace(/\/*$/, '/'), 'https://slack.com/api/').default('https://slack.com/api/'),
  PAGERDUTY_TOKEN: secret(
    'a REST API key of PagerDuty; make one under Integrations, "API Access Keys", or in your own profile',
  ).optional(),
  PAGERDUTY_API_URL: baseUrl((url) => url.replace(/\/+$/, ''), 'https://api.pagerduty.com').default(
    'https://api.pagerduty.com',
  ),
  PAGERDUTY_FROM: name((raw) =>
    /^[^\s@]+@[^\s@]+$/.test(raw)
      ? { ok: raw }
      : { wrong: 'is no e-mail address; expected that of a PagerDuty user; correct it or remove the line' },
  ).optional(),
  PAGERDUTY_WEBHOOK_SECRET: name((raw) => {
    const secrets = raw.split(',').map((part) => part.trim());
    return secrets.every((part) => /^[\x21-\x7e]+$/.test(part))
      ? { ok: secrets }
      : { wrong: 'has an empty or broken part; expected secrets with a comma between; correct it or remove the line' };
  }).default([]),
  DATABASE_URL: name(readDatabaseUrl).default('file:./data/toban.db'),
  HOST: name((raw) =>
    /^[\w.:%-]+$/.test(raw) && !raw.includes('://')
      ? { ok: raw }
      : {
          wrong:
            'is no bind address; expected a host name or an IP address without http://; write 127.0.0.1 or 0.0.0.0',
        },
  ).default('127.0.0.1'),
  PORT: name((raw) =>
    /^\d{1,5}$/.test(raw) && Number(raw) <= 65_535
      ? { ok: Number(raw) }
      : { wrong: 'is no port; expected a number from 0 to 65535 (0: any free one); write 3000 or remove the line' },
  ).default(3000),
  TOBAN_CONFIG: z.string().default('./toban.yml'),
  LOG_LEVEL: name((raw) =>
    LOG_LEVELS.includes(raw)
      ? { ok: raw }
      : { wrong: `is no log level; expected one of ${LOG_LEVELS.join(', ')}; write info or remove the line` },
  ).default('info'),
});

/** Every name that Toban reads. */
export const environmentNames: readonly string[] = Object.keys(schema.shape);

type Names = z.output<typeof schema>;

export type SlackMode =
  { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http'; readonly signingSecret: string };

/** The names after validation, what is needed being there. */
export type EnvironmentSettings = Omit<Names, 'SLACK_BOT_TOKEN' | 'PAGERDUTY_TOKEN'> & {
  readonly SLACK_BOT_TOKEN: string;
  readonly PAGERDUTY_TOKEN: string;
  readonly mode: SlackMode;
};

export type EnvironmentReading =
  | { readonly kind: 'read'; readonly settings: EnvironmentSettings; readonly notInUse: readonly string[] }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

export function validateEnvironment(environment: Environment): EnvironmentReading {
  const given = withoutEmpty(environment);
  const result = schema.safeParse(given);
  const wrong = (result.error?.issues ?? []).map(({ path, message }) => ({ where: path.join('.'), message }));
  const faults = [...missing(given, Object.keys(environment)), ...wrong];
  const mode = modeOf(given);
  const { SLACK_BOT_TOKEN, PAGERDUTY_TOKEN } = result.data ?? {};
  if (!result.success || faults.length > 0 || !mode || !SLACK_BOT_TOKEN || !PAGERDUTY_TOKEN) {
    return { kind: 'refused', faults };
  }
  const unused = given['SLACK_APP_TOKEN'] && given['SLACK_SIGNING_SECRET'];
  return {
    kind: 'read',
    settings: { ...result.data, SLACK_BOT_TOKEN, PAGERDUTY_TOKEN, mode },
    notInUse: unused ? ['SLACK_SIGNING_SECRET: SLACK_APP_TOKEN is set too, so Socket Mode is used'] : [],
  };
}

/** Where toban.yml is, whatever else is wrong. */
export function tobanFilePath(environment: Environment): string {
  return environment['TOBAN_CONFIG']?.trim() || './toban.yml';
}

function withoutEmpty(environment: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const key of environmentNames) {
    const value = environment[key]?.trim();
    if (value) given[key] = value;
  }
  return given;
}

function modeOf(given: Readonly<Record<string, string>>): SlackMode | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = given;
  if (appToken) return { kind: 'socket', appToken };
  return signingSecret ? { kind: 'http', signingSecret } : undefined;
}

function missing(given: Readonly<Record<string, string>>, present: readonly string[]): readonly Fault[] {
  const faults: Fault[] = [];
  const miss = (where: string, rest: string) => {
    const slip = nearest(
      where,
      present.filter((key) => !environmentNames.includes(key)),
    );
    const hint = slip === undefined ? '' : ` (${slip} is set: did you mean ${where}?)`;
    faults.push({ where, message: `is missing${hint}; ${rest}; set it in .env` });
  };
  if (!given['SLACK_BOT_TOKEN']) miss('SLACK_BOT_TOKEN', 'expected the bot token (xoxb-…) of the Slack app');
  if (!modeOf(given)) {
    miss('SLACK_APP_TOKEN', 'expected the app-level token (xapp-…), or SLACK_SIGNING_SECRET instead for HTTP mode');
  }
  if (!given['PAGERDUTY_TOKEN']) miss('PAGERDUTY_TOKEN', 'expected a REST API key of PagerDuty');
  if (faults.length < 3) return faults;
  const message =
    'no token is set at all; expected those below; copy .env.example to .env and fill it in, or run `npm run demo`, which needs none';
  return [{ where: '.env', message }, ...faults];
}
