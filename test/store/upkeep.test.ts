/** Backup, restore, retention, upgrade and check of a database that is in use (O-08). */

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { migrations } from '../../src/store/migrations.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';
import { backupDatabase, restoreDatabase } from '../../src/store/upkeep/backup.ts';
import { checkDatabase } from '../../src/store/upkeep/check.ts';
import { pruneDatabase, shrinkDatabase } from '../../src/store/upkeep/prune.ts';

const ROOT = join(__dirname, '../..');
const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T00:00:00Z');

let dir: string;
let url: string;
let live: Database;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'toban-upkeep-'));
  url = `file:${join(dir, 'toban.db')}`;
  live = await openDatabase(url);
});
afterEach(async () => {
  await live.destroy();
  rmSync(dir, { recursive: true, force: true });
});

const post = (key: string, at: number) =>
  createOutboxStore(live).add({ key, channel: 'C1', priority: 0, content: { text: key } }, at);

async function keysIn(address: string): Promise<readonly string[]> {
  const database = await openDatabase(address);
  const rows = await database.selectFrom('outbox').select('key').orderBy('key').execute();
  await database.destroy();
  return rows.map(({ key }) => key);
}

describe('a backup', () => {
  it('O-08 is taken while the database is in use, whole, in one file for its owner alone', async () => {
    await post('before', NOW);
    const file = join(dir, 'backup.db');
    await backupDatabase(url, file);
    await post('after', NOW);
    expect(readdirSync(dir).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await keysIn(`file:${file}`)).toEqual(['before']);
    await expect(backupDatabase(url, file)).rejects.toMatchObject({ code: 'exists' });
  });

  it('O-08 comes back; what was there is kept beside it', async () => {
    await post('kept', NOW);
    const file = join(dir, 'backup.db');
    await backupDatabase(url, file);
    await post('lost', NOW);
    await expect(restoreDatabase(url, file, NOW)).rejects.toMatchObject({ code: 'in_use' });
    expect((await createOutboxStore(live).get('lost'))?.key).toBe('lost');
    await live.destroy();
    const { kept } = await restoreDatabase(url, file, NOW);
    expect(await keysIn(url)).toEqual(['kept']);
    expect(await keysIn(`file:${kept}`)).toEqual(['kept', 'lost']);
  });

  it('O-08 comes back over a damaged database', async () => {
    await post('kept', NOW);
    const file = join(dir, 'backup.db');
    await backupDatabase(url, file);
    await live.destroy();
    writeFileSync(join(dir, 'toban.db'), 'this is no database any more, and it is long enough');
    await restoreDatabase(url, file, NOW);
    expect(await keysIn(url)).toEqual(['kept']);
  });

  it.each([
    ['unsound', () => 'no database at all, and long enough to be looked at as one'],
    ['foreign', 'create table other (id text)'],
    [
      'newer',
      `create table outbox (key text); create table kysely_migration (name text); insert into kysely_migration values ('9999_x')`,
    ],
  ])('is refused where it is %s, and nothing changes', async (code, what) => {
    const file = join(dir, 'bad.db');
    if (typeof what === 'function') writeFileSync(file, what());
    else {
      const connection = new SqliteConnection(file);
      connection.exec(what);
      connection.close();
    }
    await post('here', NOW);
    await live.destroy();
    await expect(restoreDatabase(url, file, NOW)).rejects.toMatchObject({ code });
    expect(await keysIn(url)).toEqual(['here']);
  });
});

describe('retention', () => {
  it('O-08 removes what is old and at rest, with what belongs to it, beside a running bot', async () => {
    const store = createOutboxStore(live);
    await post('old-sent', NOW - 500 * DAY);
    await store.sent('old-sent', '1.1', 1);
    await post('old-waiting', NOW - 500 * DAY);
    await post('young', NOW - 10 * DAY);
    await store.sent('young', '1.2', 1);
    for (let index = 0; index < 1200; index++) {
      await live
        .insertInto('seen')
        .values({ id: `old-${index}`, at: NOW - 500 * DAY })
        .execute();
    }
    const feedback = { runbook: 'a.md', user_id: 'U1', verdict: 'helpful', at: NOW };
    await live
      .insertInto('runbook_feedback')
      .values({ alert_id: 'gone', ...feedback })
      .execute();
    const pruned = pruneDatabase(url, NOW - 400 * DAY);
    expect(pruned).toEqual(
      expect.arrayContaining([
        { table: 'outbox', rows: 1 },
        { table: 'seen', rows: 1200 },
        { table: 'runbook_feedback', rows: 1 },
      ]),
    );
    const rows = await live.selectFrom('outbox').select('key').orderBy('key').execute();
    expect(rows.map(({ key }) => key)).toEqual(['old-waiting', 'young']);
    const before = statSync(join(dir, 'toban.db')).size;
    shrinkDatabase(url);
    expect(statSync(join(dir, 'toban.db')).size).toBeLessThan(before);
    expect(checkDatabase(url)).toMatchObject({ faults: [], pending: [] });
  });
});

describe('npm run db', () => {
  const run = (...options: string[]) =>
    spawnSync(process.execPath, [join(ROOT, 'src/db.ts'), ...options], {
      cwd: dir,
      env: { ...process.env, DATABASE_URL: 'file:./toban.db' },
      encoding: 'utf8',
    });

  it('O-08 backs up, checks and prunes; wrong words are refused with the usage', () => {
    expect(run('backup', 'copy.db')).toMatchObject({ status: 0, stdout: expect.stringContaining('to copy.db') });
    expect(existsSync(join(dir, 'copy.db'))).toBe(true);
    expect(run('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('The database is sound.') });
    expect(run('prune', '--keep', '2d')).toMatchObject({ status: 2, stderr: expect.stringContaining('30d or more') });
    expect(run('burn')).toMatchObject({ status: 2, stderr: expect.stringContaining('Usage: npm run db') });
  });

  it('O-08 upgrades an older schema after a backup of its own', async () => {
    const old = new SqliteConnection(join(dir, 'toban.db.old'));
    const database = new Kysely({ dialect: new SqliteDialect({ database: old }) });
    const first = Object.fromEntries(Object.entries(migrations).filter(([name]) => name < '0003'));
    await new Migrator({ db: database, provider: { getMigrations: async () => first } }).migrateToLatest();
    await database.destroy();
    await live.destroy();
    renameSync(join(dir, 'toban.db.old'), join(dir, 'toban.db'));
    const { status, stdout } = run('upgrade');
    expect([status, stdout]).toEqual([0, expect.stringContaining('toban.db.before-0003_timers.')]);
    expect(existsSync(join(dir, 'toban.db.before-0003_timers'))).toBe(true);
    expect(run('upgrade').stdout).toBe('The schema is up to date.\n');
    expect(checkDatabase(url)).toMatchObject({ faults: [], pending: [] });
  });
});
