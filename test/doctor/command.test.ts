/** `npm run doctor` as people and machines run it: what it prints and its exit code. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'toban-doctor-command-'));
  // Port 1 of this machine: nobody answers, nothing leaves it.
  writeFileSync(
    join(dir, '.env'),
    'SLACK_BOT_TOKEN=xapp-1-secret-thing\nSLACK_API_URL=http://127.0.0.1:1/api/\nPAGERDUTY_API_URL=http://127.0.0.1:1\n',
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(...options: string[]) {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:SLACK|PAGERDUTY|TOBAN)_/.test(name)),
  );
  return spawnSync(process.execPath, [join(ROOT, 'bin/doctor.mjs'), ...options], {
    cwd: dir,
    env: environment,
    encoding: 'utf8',
  });
}

describe('npm run doctor', () => {
  it('works half configured, tells no secret, leaves nothing behind, and exits with 1', () => {
    const { status, stdout, stderr } = run();
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('❌ settings.SLACK_BOT_TOKEN: SLACK_BOT_TOKEN に Slack のアプリレベルトークン');
    expect(stdout).toContain('toban.example.yml を toban.yml に写して');
    expect(stdout).not.toContain('secret-thing');
    expect(readdirSync(dir)).toEqual(['.env']);
  });

  it('prints JSON for machines, in English where it is asked', () => {
    const { status, stdout } = run('--json', '--lang', 'en');
    const { verdict, findings } = JSON.parse(stdout) as { verdict: string; findings: Record<string, string>[] };
    expect([status, verdict]).toEqual([1, 'fatal']);
    expect(findings).toContainEqual({
      check: 'settings.PAGERDUTY_TOKEN',
      weight: 'fatal',
      is: 'PAGERDUTY_TOKEN is not set',
      should: 'it holds a REST API key of PagerDuty',
      todo: expect.stringContaining('"API Access Keys"'),
    });
  });

  it('refuses an option that it does not have', () => {
    const { status, stderr } = run('--jsno');
    expect([status, stderr]).toEqual([2, expect.stringContaining('Usage: npm run doctor')]);
  });
});
