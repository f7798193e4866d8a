/** The keys of toban.yml that this version validates and does not use yet. */

import { showPath } from './fault.ts';

/** Path patterns, `*` for any one key; a version that brings a part removes its line. */
const NOT_IN_USE: readonly string[] = [];

/** What of these the file really sets, by path; `raw` is a valid file before defaults. */
export function keysNotInUse(raw: unknown): readonly string[] {
  return NOT_IN_USE.flatMap((pattern) => found(raw, pattern.split('.'), []));
}

function found(value: unknown, pattern: readonly string[], path: readonly string[]): readonly string[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [showPath(path)];
  return entries(value)
    .filter(([key]) => step === '*' || key === step)
    .flatMap(([key, inner]) => found(inner, rest, [...path, key]));
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
