import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '../../src/match.ts');

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'toban-match-'));
  await mkdir(join(dir, 'pages/db'), { recursive: true });
  await writeFile(join(dir, 'pages/db/lag.md'), '---\ntitle: レプリカラグ増大\nkeywords: [レプリカラグ]\n---\n1. 確認');
  await writeFile(join(dir, 'pages/bad.md'), '---\ntitle: [\n---\n');
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const run = (...args: string[]): Promise<{ code: number; out: string[]; err: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [ENTRY, ...args], (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : 0;
      resolve({ code, out: stdout.split('\n').filter((line) => line !== ''), err: stderr });
    });
  });

describe('npm run match', () => {
  it('prints one answer a case', async () => {
    const cases = join(dir, 'cases.jsonl');
    await writeFile(
      cases,
      [
        JSON.stringify({ id: 'a', text: 'レプリカ ラグが 30 秒', expected: 'ignored' }),
        '',
        JSON.stringify({ id: 'b', text: '明日の定例は10時から' }),
        JSON.stringify({ id: 'c', text: 'alert\n - runbook_url = https://git.example/db/lag.md\n' }),
      ].join('\r\n'),
    );
    const { code, out, err } = await run('--runbooks', join(dir, 'pages'), '--cases', cases);
    expect(code).toBe(0);
    expect(out.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        id: 'a',
        silent: false,
        suggestions: [{ path: 'db/lag.md', score: expect.any(Number), reasons: ['レプリカラグ'] }],
      },
      { id: 'b', silent: true, suggestions: [] },
      { id: 'c', silent: false, suggestions: [{ path: 'db/lag.md', score: 1, reasons: ['named'] }] },
    ]);
    expect(err).toContain('bad.md:');
  });

  it('names the line that it cannot read, after the rest', async () => {
    const cases = join(dir, 'broken.jsonl');
    await writeFile(cases, '{"id":"a","text":"x"}\nnot json\n{"id":"b"}\n{"text":"x"}\n{"id":"c","text":"y"}\n');
    const { code, out, err } = await run('--runbooks', join(dir, 'pages'), '--cases', cases);
    expect(code).toBe(1);
    expect(out).toHaveLength(2);
    expect(err).toContain('broken.jsonl:2: this line is not JSON');
    expect(err).toContain('broken.jsonl:3: "text" is missing');
    expect(err).toContain('broken.jsonl:4: "id" is missing');
  });

  it('says how it is used, and which file is missing', async () => {
    expect((await run()).code).toBe(2);
    expect((await run('--runbooks', dir)).err).toContain('Usage');
    expect((await run('--nonsense')).code).toBe(2);
    expect((await run('--runbooks', dir, '--cases', join(dir, 'none.jsonl'))).code).toBe(1);
    const missing = await run('--runbooks', join(dir, 'none'), '--cases', join(dir, 'broken.jsonl'));
    expect(missing.code).toBe(1);
    expect(missing.err).toContain('cannot be read');
  });
});
