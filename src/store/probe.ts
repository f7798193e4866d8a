/** Looks at the database for the doctor, without changing a row and while a bot may be using it. */

import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import type { DatabaseSeen } from '../ports/probes.ts';
import { filePath } from './database.ts';
import { migrations } from './migrations.ts';

/** Without `deep` for a running bot: a look through a large file would hold up everything else. */
export function probeDatabase(url: string, { deep }: { deep: boolean }): DatabaseSeen {
  const path = resolve(filePath(url));
  try {
    const folder = standing(dirname(path));
    // SQLite keeps two files beside the database: the folder itself has to be writable.
    const trial = join(folder, `.toban-trial-${randomBytes(4).toString('hex')}`);
    const file = openSync(trial, 'wx');
    try {
      writeSync(file, 'x');
    } finally {
      closeSync(file);
      rmSync(trial);
    }
    const { bavail, bsize } = statfsSync(folder);
    const freeBytes = bavail * bsize;
    if (!existsSync(path)) return { kind: 'fresh', freeBytes };
    return look(path, deep) ?? { kind: 'sound', freeBytes };
  } catch (error) {
    return { kind: 'unwritable', code: codeOf(error) };
  }
}

/** The folder, or the nearest one above it that is there: the first start makes the rest. */
function standing(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : standing(dirname(folder));
}

/** What is wrong with it; undefined where nothing is. */
function look(path: string, deep: boolean): DatabaseSeen | undefined {
  let connection: SqliteConnection.Database;
  try {
    connection = new SqliteConnection(path);
  } catch (error) {
    return { kind: 'unwritable', code: codeOf(error) };
  }
  try {
    // A writer of this very process could not end while we wait for it.
    connection.pragma(`busy_timeout = ${deep ? 2000 : 0}`);
    const verdict = deep ? connection.pragma('quick_check(1)', { simple: true }) : 'ok';
    if (verdict !== 'ok') return { kind: 'damaged', detail: String(verdict) };
    const newer = unknownMigration(connection);
    if (newer !== undefined) return { kind: 'newer', migration: newer };
    // Takes the write lock and gives it back: a file that may only be read is refused here.
    connection.exec('begin immediate; rollback');
    return undefined;
  } catch (error) {
    const code = codeOf(error);
    // Somebody writes to it: so it can be written.
    if (code.startsWith('SQLITE_BUSY')) return undefined;
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return { kind: 'damaged', detail: code };
    return { kind: 'unwritable', code };
  } finally {
    connection.close();
  }
}

/** A migration that was run on the database and that this version does not have. */
export function unknownMigration(connection: SqliteConnection.Database): string | undefined {
  const kept = connection.prepare(`select name from sqlite_master where name = 'kysely_migration'`).get();
  if (!kept) return undefined;
  const rows = connection.prepare('select name from kysely_migration order by name').all() as { name: string }[];
  return rows.find(({ name }) => !(name in migrations))?.name;
}

export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
}
