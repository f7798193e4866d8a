/** JSON lines on stdout, with everything that looks like a secret taken out of every line. */

import type { Logger as BoltLogger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import { pino } from 'pino';
import type { Log } from '../ports/log.ts';

/**
 * Secrets by their look, wherever they stand: redaction by path reaches neither messages nor stacks (pino docs,
 * redaction). A quote may be escaped several times over, where JSON stands in JSON.
 */
const LOOKS: readonly (readonly [RegExp, string])[] = [
  [/(?:xox[a-z](?:\.xox[a-z])?|xapp)-[\w%-]+/g, '[slack-token]'],
  [/(token token=(?:\\*")?)[\w.+/~=-]+/gi, '$1[token]'],
  [/((?:proxy-)?authorization\\*"\s*[:,]\s*\[?\\*")[^"\\]+/gi, '$1[token]'],
  [/\b((?:bearer|basic) )[\w.+/~=-]{8,}/gi, '$1[token]'],
  // Whoever has these addresses may post, or take the bot's place in Socket Mode.
  [/(hooks\.slack\.com\/)[\w/.-]+/g, '$1[address]'],
  [/([?&]ticket=)[\w%-]+/g, '$1[ticket]'],
];

export interface LogOptions {
  readonly level: string;
  /** Further secrets that must never appear, such as the PagerDuty token. */
  readonly secrets: readonly string[];
  /** Where lines go; stdout where absent. */
  readonly destination?: { write(line: string): void };
}

export function createLog({ level, secrets, destination }: LogOptions): Log {
  const known = [...new Set(secrets.filter((secret) => secret.length >= 6).flatMap(asWritten))]
    // A secret may be the beginning of another one.
    .sort((a, b) => b.length - a.length);
  const mask = (line: string): string => {
    let masked = line;
    for (const secret of known) masked = masked.replaceAll(secret, '[secret]');
    for (const [look, instead] of LOOKS) masked = masked.replace(look, instead);
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

/** A secret as it looks in a string, in JSON, in JSON in JSON, and in an address. */
function asWritten(secret: string): readonly string[] {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  return [secret, escaped(secret), escaped(escaped(secret)), encodeURIComponent(secret)];
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
