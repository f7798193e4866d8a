/** The values that may stand in toban.yml, each with its expectation in words. */

import { z } from 'zod';
import type { DayRange } from '../domain/calendar.ts';
import { parseDuration } from './duration.ts';
import { didYouMean, showValue } from './fault.ts';

interface Expectation {
  /** Completes "expected …". */
  readonly expected: string;
  /** What to do next. */
  readonly next: string;
  /** Words that a slip of the finger may have been meant for. */
  readonly candidates?: () => Iterable<string>;
  /** True for a text, which YAML may have taken for a number. */
  readonly textual?: boolean;
}

/** A value that `read` understands; undefined from `read` is a fault told with the expectation. */
function value<T>(read: (raw: unknown) => T | undefined, expectation: Expectation) {
  return z.unknown().transform((raw, context): T => {
    const result = raw === undefined ? undefined : read(raw);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: complaint(raw, expectation) });
    return z.NEVER;
  });
}

function complaint(raw: unknown, { expected, next, candidates, textual }: Expectation): string {
  if (raw === undefined) return `is missing; expected ${expected}; ${next}`;
  if (raw === null || raw === '') {
    return `is empty; expected ${expected}; give it a value or remove the key (an unquoted # begins a comment in YAML)`;
  }
  if (typeof raw === 'number' && textual) {
    return `is the number ${raw} to YAML; expected ${expected}; ${next}, and put it in quotes`;
  }
  const hint = typeof raw === 'string' && candidates ? didYouMean(raw, candidates()) : '';
  return `${showValue(raw)} is not ${expected}${hint}; ${next}`;
}

function text<T>(read: (raw: string) => T | undefined, expectation: Expectation) {
  return value((raw) => (typeof raw === 'string' ? read(raw) : undefined), { ...expectation, textual: true });
}

function matching(pattern: RegExp, expectation: Expectation) {
  return text((raw) => (pattern.test(raw) ? raw : undefined), expectation);
}

export function oneOf<const T extends string>(words: readonly T[]) {
  return value((raw) => words.find((word) => word === raw), {
    expected: `one of ${words.join(', ')}`,
    next: 'write one of these words',
    candidates: () => words,
  });
}

export const flag = value((raw) => (typeof raw === 'boolean' ? raw : undefined), {
  expected: 'true or false',
  next: 'write true or false without quotes',
});

export function wholeNumber(min: number, max: number) {
  return value((raw) => (Number.isInteger(raw) && Number(raw) >= min && Number(raw) <= max ? Number(raw) : undefined), {
    expected: `a whole number from ${min} to ${max}`,
    next: `write it without quotes, such as ${min}`,
  });
}

export const label = text((raw) => raw.trim() || undefined, { expected: 'a text', next: 'write it on one line' });

export const slackUserId = matching(/^[UW][A-Z0-9]+$/, {
  expected: 'a Slack member id such as U012AB3CD',
  next: 'copy it in Slack from the profile of the person: ⋮, "Copy member ID"',
});

export const slackGroupId = matching(/^S[A-Z0-9]+$/, {
  expected: 'a Slack user group id such as S012AB3CD',
  next: 'copy it in Slack from the user group: ⋮, "Copy group ID"',
});

export const slackAppId = matching(/^[AB][A-Z0-9]+$/, {
  expected: 'a Slack app id (A…) or bot id (B…)',
  next: 'copy it in Slack from the details of the app',
});

export const pagerdutyId = matching(/^[A-Z0-9]+$/, {
  expected: 'a PagerDuty id such as PABC123',
  next: 'copy the last part of its address in PagerDuty',
});

// Slack takes letters of every script that has no capitals, but no capital, space, full stop or other sign.
const CHANNEL_NAME = /^[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}_-]{1,80}$/u;

/** A channel's id, or its name without `#`. */
export const channel = text(readChannel, {
  expected: 'a channel name (lower case, digits, - and _; Japanese is fine) or a channel id (C… or G…)',
  next: 'write the name as Slack shows it',
});

export function readChannel(raw: string): string | undefined {
  if (/^[CG][A-Z0-9]+$/.test(raw)) return raw;
  const name = raw.replace(/^#/, '').normalize('NFC');
  return CHANNEL_NAME.test(name) ? name : undefined;
}

export const channelPrefix = matching(/^[a-z0-9][a-z0-9_-]{0,19}$/, {
  expected: 'a prefix of 1 to 20 ASCII characters: a-z, 0-9, - and _',
  next: 'write a short one such as inc',
});

/** Minutes of the day. */
export const timeOfDay = text(
  (raw) => {
    const [, hours = '', minutes = ''] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(raw) ?? [];
    return hours === '' ? undefined : Number(hours) * 60 + Number(minutes);
  },
  { expected: 'a time "HH:MM" from "00:00" to "23:59"', next: 'write two digits each, in quotes: "09:30"' },
);

/** Milliseconds from `min` to `max`, both written as a duration. */
export function durationBetween(min: string, max: string) {
  const [least = 0, most = 0] = [parseDuration(min), parseDuration(max)];
  return text(
    (raw) => {
      const ms = parseDuration(raw);
      return ms !== undefined && ms >= least && ms <= most ? ms : undefined;
    },
    { expected: `a duration from ${min} to ${max}`, next: 'write a whole number and s, m, h or d: 30s, 5m, 2h' },
  );
}

export const dayRange = text(
  (raw): DayRange | undefined => {
    const [from = '', to = from, ...more] = raw.split('/');
    return more.length === 0 && isDay(from) && isDay(to) && from <= to ? { from, to } : undefined;
  },
  {
    expected: 'a real day "2026-12-29" or a range "2026-12-29/2027-01-03" with the earlier day first',
    next: 'correct the date',
  },
);

function isDay(day: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return false;
  const instant = Date.parse(`${day}T00:00:00Z`);
  // Date.parse lets 30 February roll over to March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(day);
}

export const timezone = text((raw) => (isTimezone(raw) ? raw : undefined), {
  expected: 'an IANA time zone such as Asia/Tokyo',
  next: 'write Area/City',
  candidates: () => Intl.supportedValuesOf('timeZone'),
});

function isTimezone(name: string): boolean {
  // Intl also takes offsets, and abbreviations such as BST, which mean different zones to different people.
  if (/^([+-]|(?!UTC|GMT)[A-Z]{3}$)/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const webAddress = text(
  (raw) => {
    const protocol = URL.canParse(raw) ? new URL(raw).protocol : '';
    return protocol === 'https:' || protocol === 'http:' ? raw : undefined;
  },
  { expected: 'an address that begins with https:// or http://', next: 'paste it from the browser' },
);
