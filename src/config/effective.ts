/** The settings in force as YAML, with the defaults filled in and without a secret (O-01). */

import { stringify } from 'yaml';
import type { Config } from './config.ts';

export function effectiveSettings(config: Config): readonly string[] {
  const { slack, pagerduty, ...rest } = config;
  const { token: _token, webhookSecrets, ...pager } = pagerduty;
  const { people, ...others } = rest;
  const settings = {
    ...readable({
      slack: { apiUrl: slack.apiUrl, mode: slack.mode.kind },
      pagerduty: { ...pager, webhooks: webhookSecrets.length > 0 },
      ...others,
    }),
    people,
  };
  return stringify(settings, { lineWidth: 0 }).trimEnd().split('\n');
}

/** Whatever a later setting is called: what sounds like a secret is not shown. */
const SECRET = /token|secret|password/i;

/** Keys, times of day and durations as people write them in toban.yml. */
function readable(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SECRET.test(key))
      .map(([key, inner]: [string, unknown]) => {
        const isDuration = key.endsWith('Ms');
        const name = (isDuration ? key.slice(0, -2) : key).replaceAll(
          /(?<=[a-z])[A-Z]/g,
          (big) => `_${big.toLowerCase()}`,
        );
        const isTime = ['at', 'from', 'to'].includes(key);
        return [name, shown(inner, isDuration ? duration : isTime ? timeOfDay : asItIs)];
      }),
  );
}

function shown(value: unknown, number: (value: number) => string | number): unknown {
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return value.map((one: unknown) => shown(one, number));
  return typeof value === 'object' && value !== null ? readable(value) : value;
}

function asItIs(value: number): number {
  return value;
}

function timeOfDay(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function duration(milliseconds: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const;
  const [unit, length] = units.find(([, size]) => milliseconds % size === 0) ?? ['ms', 1];
  return `${milliseconds / length}${unit}`;
}
