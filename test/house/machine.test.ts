/** Nothing of the machine that it was written on stands in the repository. */

import { sourcesUnder } from './support/sources.ts';
import type { Sources } from './support/sources.ts';

const TEXT =
  /(?:\.(?:ts|js|mjs|cjs|json|jsonl|md|ya?ml|html|css|sh|txt)|(?:^|\/)(?:\.[\w.-]+|LICENSE|Dockerfile|run))$/;
const tracked = sourcesUnder('.', (path) => TEXT.test(path) && path !== 'test/house/machine.test.ts');

const MACHINE_PATH = /(?<![\w.~:$}/*-])\/(?:work|home|root)\/[\w.-]/;
const REGISTRY = /^\s*(?:@[\w-]+:)?registry\s*=|https?:\/\/[\w.-]*(?:registry|artifactory|nexus|verdaccio)[\w.-]*/i;
const CREDENTIAL = /_authToken|:_auth\b|:_password\b/;

function traces(files: Sources): readonly string[] {
  return Object.entries(files).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const found = [MACHINE_PATH, REGISTRY, CREDENTIAL].map((pattern) => pattern.exec(line)?.[0]).find(Boolean);
      return found === undefined ? [] : [`${path}:${index + 1}: ${found.trim()}`];
    }),
  );
}

const resolvedIn = (lock: string) => lock.split('\n').filter((line) => /"resolved"\s*:/.test(line));

describe('the repository', () => {
  it('names no path of a machine and no registry', () => {
    expect(Object.keys(tracked).length).toBeGreaterThan(200);
    expect(Object.keys(tracked)).toEqual(
      expect.arrayContaining(['package.json', '.npmrc', 'src/app.ts', 'manifest.yml']),
    );
    expect(traces(tracked)).toEqual([]);
  });

  it.each([
    'cd /work/main && npm test',
    "const dir = '/home/taro/toban';",
    'see "/root/.npmrc"',
    'registry=https://npm.corp.example/',
    '@corp:registry = https://npm.corp.example/',
    '"https://registry.corp.example/x.tgz"',
    '//npm.corp.example/:_authToken=${TOKEN}',
  ])('is found with one: %s', (text) => {
    expect(traces({ 'README.md': text })).toHaveLength(1);
  });

  it.each([
    'https://wiki.example/work/rules',
    'src/home/a.ts',
    '`/oncall` works at home',
    "import { Registry } from 'prom-client';",
    'const registry = new Registry();',
  ])('is not found with one: %s', (text) => {
    expect(traces({ 'README.md': text })).toEqual([]);
  });

  it('locks packages by version and hash, not by where they were fetched', () => {
    const lock = sourcesUnder('.', (path) => path === 'package-lock.json')['package-lock.json'] ?? '';
    expect(lock).toContain('"integrity"');
    expect(resolvedIn(lock)).toEqual([]);
    expect(resolvedIn('      "resolved": "https://npm.corp.example/ws.tgz",')).toHaveLength(1);
  });
});
