/** The database file: opened by several processes, migrated all or nothing, locked for a writer from the start. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { filePath, openDatabase } from '../../src/store/database.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'toban-database-'));
  file = join(dir, 'deep', 'toban.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the database', () => {
  it('makes its folder and opens again as it was left', async () => {
    const first = await openDatabase(`file:${file}`);
    await first.insertInto('seen').values({ id: 'a', at: 1 }).execute();
    await first.destroy();
    const second = await openDatabase(`file:${file}`);
    expect(await second.selectFrom('seen').selectAll().execute()).toEqual([{ id: 'a', at: 1 }]);
    await second.destroy();
  });

  it('leaves nothing of a migration that did not come to its end', async () => {
    const path = join(dir, 'broken.db');
    const before = new SqliteConnection(path);
    // Stands in the way of a table that is made after others.
    before.exec('create table roster (x text)');
    await expect(openDatabase(`file:${path}`)).rejects.toThrow(/could not be brought up to date/);
    before.exec('drop table roster');
    before.close();
    const after = await openDatabase(`file:${path}`);
    expect(await after.selectFrom('roster').selectAll().execute()).toEqual([]);
    await after.destroy();
  });

  it('takes the write lock when a transaction begins, so that it cannot fail in the middle', async () => {
    const database = await openDatabase(`file:${file}`);
    const other = new SqliteConnection(file, { timeout: 0 });
    await database.transaction().execute(async (trx) => {
      await trx.selectFrom('seen').selectAll().execute();
      expect(() => other.exec("insert into seen values ('b', 2)")).toThrow(/locked/);
      // Readers need not wait.
      expect(other.prepare('select count(*) as n from seen').get()).toEqual({ n: 0 });
    });
    other.exec("insert into seen values ('b', 2)");
    other.close();
    await database.destroy();
  });

  it('takes nothing of a transaction that fails', async () => {
    const database = await openDatabase('file::memory:');
    const failing = database.transaction().execute(async (trx) => {
      await trx.insertInto('seen').values({ id: 'a', at: 1 }).execute();
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await database.selectFrom('seen').selectAll().execute()).toEqual([]);
    await database.destroy();
  });

  it('says which address could not be opened', async () => {
    await expect(openDatabase('file:/dev/null/toban.db')).rejects.toThrow(
      'file:/dev/null/toban.db could not be opened',
    );
  });

  it('understands every way to write a file address', () => {
    expect(['file:./a.db', 'file:/a/b.db', 'file:///a/b.db'].map(filePath)).toEqual(['./a.db', '/a/b.db', '/a/b.db']);
  });
});
