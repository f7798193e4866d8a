/** The keys of toban.yml that this version validates and does not use yet. */

import { showPath } from './fault.ts';

/** Path patterns, `*` for any one key; a version that brings a part removes its line. */
const NOT_IN_USE: readonly string[] = [];

/** What of these the file really sets, by path; `raw` is a valid file before defaults. */
export function keysNotInUse(raw: unknown): readonly string[] {
  const keys = NOT_IN_USE.flatMap((pattern) => found(raw, pattern.split('.'), []));
  const mentions = offhoursMentions(raw);
  return [...keys, ...mentions];
}

function found(value: unknown, pattern: readonly string[], path: readonly string[]): readonly string[] {
  const [step, ...rest] = pattern;
  if (step === undefined) return [showPath(path)];
  return entries(value)
    .filter(([key]) => step === '*' || key === step)
    .flatMap(([key, inner]) => found(inner, rest, [...path, key]));
}

function offhoursMentions(raw: unknown): readonly string[] {
  return entries(Object.fromEntries(entries(raw))['teams']).flatMap(([team, settings]) =>
    entries(Object.fromEntries(entries(settings))['alert_channels']).flatMap(([index, alertChannel]) => {
      if (!entries(alertChannel).some(([key, value]) => key === 'mention' && value === 'offhours')) return [];
      return [
        `${showPath(['teams', team, 'alert_channels', Number(index), 'mention'])}: offhours is treated as always`,
      ];
    }),
  );
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
