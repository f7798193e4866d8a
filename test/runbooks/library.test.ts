import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/ports/log.ts';
import { openLibrary } from '../../src/runbooks/library.ts';
import type { RunbookLibrary } from '../../src/runbooks/library.ts';
import { createMatcher } from '../../src/runbooks/matcher.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';

let dir: string;
let root: string;
let clock: SimulatedClock;
let warnings: object[];
let open: RunbookLibrary[];
let onRead: () => void = () => {};

const log: Log = {
  debug: () => {},
  info: () => onRead(),
  warn: (fields) => void warnings.push(fields),
  error: () => {},
  child: () => log,
};

const library = async (at = dir): Promise<RunbookLibrary> => {
  const opened = await openLibrary({ dir: at, clock, log });
  open.push(opened);
  return opened;
};

const paths = (of: RunbookLibrary): string[] => of.runbooks().map(({ path }) => path);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'toban-runbooks-'));
  dir = join(root, 'runbooks');
  await mkdir(dir);
  clock = new SimulatedClock(Date.UTC(2026, 10, 24));
  warnings = [];
  open = [];
});

afterEach(async () => {
  for (const one of open) one.stop();
  await rm(root, { recursive: true, force: true });
});

describe('the runbook library', () => {
  it('R-01 reads Markdown files of every folder in the order of their paths', async () => {
    await mkdir(join(dir, 'aws/rds'), { recursive: true });
    await mkdir(join(dir, 'node_modules/x'), { recursive: true });
    await mkdir(join(dir, '.git'));
    await writeFile(join(dir, 'b.md'), '# B');
    await writeFile(join(dir, 'aws/rds/a.md'), '# A');
    await writeFile(join(dir, 'レプリカ.MD'.normalize('NFD')), '# R');
    await writeFile(join(dir, 'notes.txt'), 'no');
    await writeFile(join(dir, 'node_modules/x/c.md'), '# C');
    await writeFile(join(dir, '.git/d.md'), '# D');
    await writeFile(join(dir, '.hidden.md'), '# H');
    const opened = await library();
    expect(paths(opened)).toEqual(['aws/rds/a.md', 'b.md', 'レプリカ.MD']);
    expect(opened.faults()).toEqual([]);
  });

  it('R-07 uses a new file within a minute without a restart', async () => {
    await writeFile(join(dir, 'a.md'), '# A');
    const opened = await library();
    await writeFile(join(dir, 'new.md'), '---\nkeywords: [レプリカラグ]\n---\n# New');
    clock.advance(30_000);
    await opened.reload();
    expect(paths(opened)).toEqual(['a.md', 'new.md']);
    expect(createMatcher(opened.runbooks()).match({ text: 'レプリカラグ' }).suggestions[0]?.runbook.path).toBe('new.md');
  });

  it('R-07 looks every 30 seconds by itself', async () => {
    const opened = await library();
    for (const name of ['first.md', 'second.md']) {
      await writeFile(join(dir, name), `# ${name}`);
      const read = new Promise<void>((resolve) => (onRead = resolve));
      clock.advance(30_000);
      await read;
    }
    expect(paths(opened)).toEqual(['first.md', 'second.md']);
  });

  it('R-07 sees a change of the text, and a removal', async () => {
    await writeFile(join(dir, 'a.md'), '# A');
    const opened = await library();
    const before = opened.runbooks();
    expect(await opened.reload()).toBe('same');
    expect(opened.runbooks()).toBe(before);
    await writeFile(join(dir, 'a.md'), '# B');
    await utimes(join(dir, 'a.md'), new Date(0), new Date(1000));
    expect(await opened.reload()).toBe('changed');
    expect(opened.runbooks()[0]?.title).toBe('B');
    await rm(join(dir, 'a.md'));
    expect(await opened.reload()).toBe('changed');
    expect(paths(opened)).toEqual([]);
  });

  it('R-07 reports a bad file once and keeps the others', async () => {
    await writeFile(join(dir, 'good.md'), '# Good');
    await writeFile(join(dir, 'bad.md'), '---\ntitle: [\n---\n# Bad');
    await writeFile(join(dir, 'bytes.md'), Buffer.from([0x23, 0x20, 0xff, 0xfe]));
    await writeFile(join(dir, 'big.md'), Buffer.alloc(1024 * 1024 + 1, 0x61));
    const opened = await library();
    expect(paths(opened)).toEqual(['good.md']);
    expect(opened.faults().map(({ path }) => path).toSorted()).toEqual(['bad.md', 'big.md', 'bytes.md']);
    expect(opened.faults().find(({ path }) => path === 'bad.md')?.line).toBeGreaterThan(0);
    expect(warnings).toHaveLength(3);
    await opened.reload();
    expect(warnings).toHaveLength(3);
    await writeFile(join(dir, 'bad.md'), '# Mended now');
    await opened.reload();
    expect(paths(opened)).toEqual(['bad.md', 'good.md']);
    await writeFile(join(dir, 'bad.md'), '---\ntitle: [\n---\n');
    await opened.reload();
    expect(warnings).toHaveLength(4);
  });

  it('R-07 does not follow a link out of the folder', async () => {
    await writeFile(join(root, 'secret.md'), '# Secret');
    await mkdir(join(root, 'elsewhere'));
    await writeFile(join(dir, 'a.md'), '# A');
    await symlink(join(root, 'secret.md'), join(dir, 'out.md'));
    await symlink('a.md', join(dir, 'in.md'));
    await symlink('nowhere.md', join(dir, 'broken.md'));
    await symlink(join(root, 'elsewhere'), join(dir, 'folder'));
    await symlink(dir, join(dir, 'circle'));
    const opened = await library();
    expect(paths(opened)).toEqual(['a.md', 'in.md']);
    expect(opened.faults().map(({ path }) => path)).toEqual(['broken.md', 'circle', 'folder', 'out.md']);
  });

  it('R-07 takes a folder that is itself a link, and its new target', async () => {
    await mkdir(join(root, 'v1'));
    await mkdir(join(root, 'v2'));
    await writeFile(join(root, 'v1/a.md'), '# One');
    await writeFile(join(root, 'v2/a.md'), '# Two');
    await symlink('v1', join(root, 'current'));
    const opened = await library(join(root, 'current'));
    expect(opened.runbooks()[0]?.title).toBe('One');
    await symlink('v2', join(root, 'next'));
    await rename(join(root, 'next'), join(root, 'current'));
    await opened.reload();
    expect(opened.runbooks()[0]?.title).toBe('Two');
  });

  it('R-07 treats a missing folder as a fault and finds it when it comes', async () => {
    const later = join(root, 'later');
    const opened = await library(later);
    expect(opened.runbooks()).toEqual([]);
    expect(opened.faults()).toEqual([{ path: later, message: 'the runbook folder cannot be read (ENOENT)' }]);
    expect(await opened.reload()).toBe('same');
    expect(warnings).toHaveLength(1);
    await mkdir(later);
    await writeFile(join(later, 'a.md'), '# A');
    expect(await opened.reload()).toBe('changed');
    expect(paths(opened)).toEqual(['a.md']);
    expect(opened.faults()).toEqual([]);
  });

  it('R-07 keeps what it has read while the folder is away', async () => {
    await writeFile(join(dir, 'a.md'), '# A');
    const opened = await library();
    await rename(dir, join(root, 'away'));
    await opened.reload();
    expect(paths(opened)).toEqual(['a.md']);
    expect(opened.faults()).toHaveLength(1);
  });

  it('reads once for calls that overlap, and misses nothing', async () => {
    const opened = await library();
    const first = opened.reload();
    await writeFile(join(dir, 'a.md'), '# A');
    await Promise.all([first, opened.reload(), opened.reload()]);
    expect(paths(opened)).toEqual(['a.md']);
  });

  it('does nothing after its stop', async () => {
    const opened = await library();
    opened.stop();
    await writeFile(join(dir, 'a.md'), '# A');
    clock.advance(120_000);
    expect(await opened.reload()).toBe('same');
    expect(paths(opened)).toEqual([]);
  });
});
