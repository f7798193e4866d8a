/** The files for production: they are parsed, name only what is there, and carry no secret. Nothing is built or installed. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentNames } from '../../src/config/environment.ts';

const read = (path: string) => readFileSync(path, 'utf8');
/** What Node or systemd reads, and not Toban. */
const OTHERS = ['NODE_ENV'];
const unknownNames = (names: readonly string[]) =>
  names.filter((name) => ![...environmentNames, ...OTHERS].includes(name));

describe('Dockerfile', () => {
  /** Instructions with their continued lines. */
  const lines = read('Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  it('has known instructions, and images of one version', () => {
    const known = /^(?:FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|STOPSIGNAL|HEALTHCHECK|CMD) \S/;
    expect(lines.filter((line) => !known.test(line))).toEqual([]);
    for (const image of of('FROM')) expect(image).toMatch(/^node:\d+\.\d+\.\d+-[\w-]+(?: AS \w+)?$/);
    const { engines } = JSON.parse(read('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('>=22.18');
  });

  it('copies what is there, all that the bot reads, and no secret', () => {
    const sources = of('COPY')
      .filter((line) => !line.startsWith('--from'))
      .flatMap((line) => line.split(' ').slice(0, -1));
    expect(sources.filter((path) => !existsSync(path))).toEqual([]);
    expect(sources).toEqual(expect.arrayContaining(['src', 'bin', 'runbooks', 'templates', 'package-lock.json']));
    const ignored = read('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.env', 'toban.yml', '.git', 'node_modules']));
    expect(sources.filter((path) => ignored.includes(path))).toEqual([]);
  });

  it('runs as an ordinary user, with names that Toban reads and a start that is there', () => {
    expect(lines.findIndex((line) => line === 'USER node')).toBeGreaterThan(0);
    expect(lines.at(-1)).toMatch(/^CMD \[/);
    const names = of('ENV').flatMap((line) => [...line.matchAll(/\b([A-Z_]+)=/g)].map(([, name = '']) => name));
    expect(names.length).toBeGreaterThan(3);
    expect(unknownNames(names)).toEqual([]);
    const command = JSON.parse(of('CMD')[0] ?? '') as string[];
    expect(existsSync(command.at(-1) ?? '')).toBe(true);
    const probe = JSON.parse(/CMD (\[.*\])/.exec(of('HEALTHCHECK')[0] ?? '')?.[1] ?? '') as string[];
    expect(spawnSync(process.execPath, ['--check', '-'], { input: probe.at(-1) ?? '' }).status).toBe(0);
  });
});

describe('compose.yml', () => {
  const { services } = parse(read('compose.yml')) as {
    services: Record<
      string,
      { environment: Record<string, string>; volumes: string[]; ports: string[]; build: string }
    >;
  };

  it('starts Toban with names that it reads, on an address of this machine alone', () => {
    const { toban } = services;
    expect(unknownNames(Object.keys(toban?.environment ?? {}))).toEqual([]);
    expect(toban?.ports).toEqual(['127.0.0.1:3000:3000']);
    expect(toban?.environment['DATABASE_URL']).toMatch(/^file:\/data\//);
    expect(toban?.volumes).toContain('data:/data');
    expect(read('compose.yml')).not.toMatch(/xox|xapp-|token/i);
  });
});

describe('the units of systemd', () => {
  const units = readdirSync('deploy').filter((name) => /\.(?:service|timer)$/.test(name));

  it.each(units)('%s names files of this repository and settings that are known', (name) => {
    const text = read(join('deploy', name));
    const paths = [...text.matchAll(/\/opt\/toban\/((?:bin|src)\/[\w.-]+)/g)].map(([, path = '']) => path);
    const local = [...text.matchAll(/\bnode (src\/[\w.-]+)/g)].map(([, path = '']) => path);
    expect([...paths, ...local].filter((path) => !existsSync(path))).toEqual([]);
    const names = [...text.matchAll(/^Environment=([A-Z_]+)=/gm)].map(([, one = '']) => one);
    expect(unknownNames(names)).toEqual([]);
  });

  const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;
  (systemd ? it : it.skip)('stand before systemd-analyze verify', () => {
    const dir = mkdtempSync(join(tmpdir(), 'toban-units-'));
    try {
      // The programs that the units start are to be there: empty ones will do.
      const bin = join(dir, 'opt/node_modules/.bin');
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, 'node'), '#!/bin/sh\n');
      chmodSync(join(bin, 'node'), 0o755);
      for (const name of units) {
        writeFileSync(join(dir, name), read(join('deploy', name)).replaceAll('/opt/toban', join(dir, 'opt')));
      }
      const { status, stderr } = spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', ...units.map((name) => join(dir, name))],
        { encoding: 'utf8' },
      );
      const ours = stderr.split('\n').filter((line) => line.includes('toban'));
      expect([ours, status]).toEqual([[], 0]);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
