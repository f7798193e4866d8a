/** Rules 1 to 4 of the house, over the real import graph: who may import whom. */

import { circle, dangling, edgesOf, mixedWorlds, unplaced, wrongImports } from './support/graph.ts';
import { src } from './support/sources.ts';
import type { Sources } from './support/sources.ts';

const sources = src();

/** A made-up tree: path → what it imports. */
const tree = (files: Readonly<Record<string, readonly string[]>>): Sources =>
  Object.fromEntries(
    Object.entries(files).map(([path, to]) => [path, to.map((one) => `import type { X } from '${one}';`).join('\n')]),
  );

describe('the import graph', () => {
  it('is whole: every import leads to a file, and every file has its place', () => {
    expect(edgesOf(sources).length).toBeGreaterThan(300);
    expect(dangling(sources)).toEqual([]);
    expect(unplaced(sources)).toEqual([]);
  });

  it('shows a new folder and a hole', () => {
    expect(unplaced(tree({ 'billing/a.ts': [], 'domain/b.ts': [], 'app.ts': [] }))).toEqual([
      'src/billing stands in no list of test/house/support/graph.ts: say there what it may import',
    ]);
    expect(dangling(tree({ 'domain/a.ts': ['./b.ts'] }))).toEqual([
      'src/domain/a.ts:1 imports domain/b.ts: there is no such file',
    ]);
  });
});

describe('rules 1 and 2: the ground, the wings and the roof', () => {
  it('hold in src', () => {
    expect(wrongImports(sources)).toEqual([]);
  });

  it.each([
    ['domain/a.ts', 'zod', 'the domain needs no package'],
    ['domain/a.ts', 'node:crypto', 'the domain needs no package'],
    ['domain/a.ts', '../ports/clock.ts', 'domain may import itself only'],
    ['ports/a.ts', 'zod', 'ports may import @slack/types only'],
    ['ports/a.ts', '../blockkit/b.ts', 'ports may import itself, domain only'],
    ['blockkit/a.ts', '../ports/b.ts', 'blockkit may import itself, domain only'],
    ['alerts/a.ts', '../oncall/b.ts', 'alerts may import itself, domain, ports, blockkit only'],
    ['alerts/recognise/a.ts', '../../slack/b.ts', 'alerts may import itself, domain, ports, blockkit only'],
    ['alerts/a.ts', '../app.ts', 'alerts may import itself, domain, ports, blockkit only'],
    ['alerts/a.ts', '../in-turn.ts', 'alerts may import itself, domain, ports, blockkit only'],
    ['slack/a.ts', '../alerts/b.ts', 'slack may import itself, domain, ports, blockkit only'],
    ['store/a.ts', '../slack/b.ts', 'store may import itself, domain, ports only'],
    ['http/a.ts', '../blockkit/b.ts', 'http may import itself, domain, ports only'],
    ['in-turn.ts', './slack/b.ts', 'in-turn.ts may import itself, domain, ports only'],
    ['main.ts', './match.ts', 'nobody imports an entry'],
  ])('refuse that %s imports %s', (from, to, why) => {
    expect(wrongImports(tree({ [from]: [to] }))).toEqual([expect.stringContaining(`src/${from}:1 imports `)]);
    expect(wrongImports(tree({ [from]: [to] }))[0]).toContain(why);
  });

  it('allow what they allow', () => {
    const fine = tree({
      'domain/a.ts': ['./b.ts'],
      'ports/a.ts': ['../domain/b.ts', '@slack/types'],
      'blockkit/a.ts': ['../domain/b.ts', '@slack/types'],
      'alerts/recognise/a.ts': ['../b.ts', '../../domain/b.ts', '../../ports/b.ts', '../../blockkit/b.ts', 'zod'],
      'slack/a.ts': ['../blockkit/b.ts', '@slack/bolt'],
      'app.ts': ['./alerts/a.ts', './slack/a.ts', './in-turn.ts'],
    });
    expect(wrongImports(fine)).toEqual([]);
  });
});

describe('rule 3: the simulator and the bot', () => {
  it('import nothing of each other', () => {
    expect(mixedWorlds(sources)).toEqual([]);
  });

  it('are kept apart', () => {
    const mixed = tree({
      'app.ts': ['./simulator/clock.ts'],
      'slack/a.ts': ['../simulator/slack/a.ts'],
      'simulator/a.ts': ['../domain/alert.ts', '@slack/types', 'node:http', 'ws', 'yaml', './slack/b.ts'],
      'demo.ts': ['./app.ts', './simulator/a.ts'],
    });
    expect(mixedWorlds(mixed).map((line) => line.split(': ')[0])).toEqual([
      'src/app.ts:1 imports simulator/clock.ts',
      'src/slack/a.ts:1 imports simulator/slack/a.ts',
      'src/simulator/a.ts:1 imports domain/alert.ts',
      'src/simulator/a.ts:2 imports @slack/types',
    ]);
  });
});

describe('rule 4: no circle', () => {
  it('holds in src, type imports included', () => {
    expect(circle(sources)).toBeUndefined();
  });

  it('shows the path of a circle', () => {
    expect(circle(tree({ 'a.ts': ['./b.ts'], 'b.ts': ['./c.ts'], 'c.ts': ['./d.ts', './b.ts'], 'd.ts': [] }))).toBe(
      'b.ts → c.ts → b.ts',
    );
    expect(circle(tree({ 'a.ts': ['./a.ts'] }))).toBe('a.ts → a.ts');
    expect(circle(tree({ 'a.ts': ['./b.ts', './c.ts'], 'b.ts': ['./c.ts'], 'c.ts': [] }))).toBeUndefined();
  });
});
