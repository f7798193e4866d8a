/** The examples that people copy: complete, and without a fault. */

import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { environmentNames } from '../../src/config/environment.ts';
import { tobanFileKeys } from '../../src/config/toban-file.ts';
import { faults, load, loaded } from './support.ts';

const tobanExample = readFileSync('toban.example.yml', 'utf8');
const envExample = readFileSync('.env.example', 'utf8');

function keysIn(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((entry) => keysIn(entry, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const named = ['teams', 'people', 'services'].includes(path);
    const here = named ? `${path}.*` : path ? `${path}.${key}` : key;
    return [...(named ? [] : [here]), ...keysIn(inner, here)];
  });
}

describe('toban.example.yml', () => {
  it('O-01 loads without a fault', () => {
    expect(faults(load(tobanExample))).toEqual({});
    expect(loaded(tobanExample).teams[0]).toMatchObject({ key: 'sre', handover: { channel: 'sre', at: 570 } });
  });

  it('O-01 shows every key of the schema and no other', () => {
    expect([...new Set(keysIn(parse(tobanExample), ''))].sort()).toEqual([...tobanFileKeys].sort());
    expect(tobanFileKeys).toContain('teams.*.alert_channels[].mention');
  });
});

describe('.env.example', () => {
  const lines = envExample.split('\n');
  const named = lines.flatMap((line, index) => {
    const [, name, value] = /^(?:# )?([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, value, before: lines[index - 1] ?? '' }];
  });

  it('O-01 shows every name of the schema and no other, each with a comment', () => {
    expect(named.map(({ name }) => name)).toEqual(environmentNames);
    for (const { before } of named) expect(before).toMatch(/^# \S/);
  });

  it('shows the defaults', () => {
    const shown = Object.fromEntries(named.map(({ name, value = '' }) => [name, value]));
    const { SLACK_BOT_TOKEN: _, SLACK_APP_TOKEN: __, PAGERDUTY_TOKEN: ___, ...rest } = shown;
    expect(loaded(tobanExample, rest)).toEqual(loaded(tobanExample));
  });
});
