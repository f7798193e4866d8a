/** JSON lines on stdout, with everything that looks like a secret taken out of every line. */

import type { Logger as BoltLogger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import { pino } from 'pino';
import type { Log } from '../ports/log.ts';

/** Tokens of Slack wherever they stand: redaction by path reaches neither messages nor stacks (pino docs, redaction). */
const SLACK_TOKEN = /(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w-]+/g;
const AUTHORIZATION = /(Token token=|Bearer )[\w.+/=-]+/g;

export interface LogOptions {
  readonly level: string;
  /** Further secrets that must never appear, such as the PagerDuty token. */
  readonly secrets: readonly string[];
  /** Where lines go; stdout where absent. */
  readonly destination?: { write(line: string): void };
}

export function createLog({ level, secrets, destination }: LogOptions): Log {
  const known = secrets.filter((secret) => secret.length >= 6);
  const mask = (line: string): string => {
    let masked = line.replace(SLACK_TOKEN, '[slack-token]').replace(AUTHORIZATION, '$1[token]');
    for (const secret of known) masked = masked.replaceAll(secret, '[secret]');
    return masked;
  };
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    hooks: { streamWrite: mask },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Bolt's own lines go through the same masks; its chatter at info is our debug. */
export function boltLogger(log: Log): BoltLogger {
  const part = log.child({ part: 'bolt' });
  const text = (parts: readonly unknown[]) =>
    parts.map((one) => (one instanceof Error ? (one.stack ?? one.message) : String(one))).join(' ');
  return {
    // Bolt builds long debug strings with whole payloads in them: alert text does not belong in logs.
    debug: () => {},
    info: (...parts) => part.debug({ detail: text(parts) }, 'Bolt said something'),
    warn: (...parts) => part.warn({ detail: text(parts) }, 'Bolt warned'),
    error: (...parts) => part.error({ detail: text(parts) }, 'Bolt reported an error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
}
