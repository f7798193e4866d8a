/** Copies the database into one file while a bot may be writing, or brings such a file back (O-08). */

import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import SqliteConnection from 'better-sqlite3';
import { filePath, openDatabase } from '../database.ts';
import { codeOf, unknownMigration } from '../probe.ts';

/** A failure that is told as it is; the message says what to do next. */
export class UpkeepError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'UpkeepError';
    this.code = code;
  }
}

/** SQLite's own online backup: whole at one instant, the writer is not held up. Resolves with the pages copied. */
export async function backupDatabase(url: string, file: string): Promise<{ pages: number }> {
  if (existsSync(file)) throw new UpkeepError('exists', `${file} is there already; name another file.`);
  const source = openExisting(filePath(url));
  const unfinished = `${file}.unfinished`;
  try {
    const { totalPages } = await source.backup(unfinished);
    const copy = new SqliteConnection(unfinished);
    try {
      // One file that needs no other beside it.
      copy.pragma('journal_mode = DELETE');
      refuseUnsound(copy, unfinished);
    } finally {
      copy.close();
    }
    // What people write to each other stands in it.
    chmodSync(unfinished, 0o600);
    renameSync(unfinished, file);
    return { pages: totalPages };
  } finally {
    source.close();
    rmSync(unfinished, { force: true });
  }
}

/**
 * Puts the backup in the database's place, keeps what was there beside it, and brings the schema up to date.
 * Throws where a bot still uses the database or the file is no sound backup; then nothing is changed.
 */
export async function restoreDatabase(url: string, file: string, now: number): Promise<{ kept: string | undefined }> {
  const path = filePath(url);
  const backup = openExisting(file);
  try {
    refuseUnsound(backup, file);
  } finally {
    backup.close();
  }
  const incoming = `${path}.incoming`;
  copyFileSync(file, incoming);
  chmodSync(incoming, 0o600);
  let kept: string | undefined;
  if (existsSync(path)) {
    refuseInUse(path);
    kept = `${path}.before-${new Date(now).toISOString().replaceAll(/[:.]/g, '')}`;
    renameSync(path, kept);
  }
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  renameSync(incoming, path);
  const database = await openDatabase(url);
  await database.destroy();
  return { kept };
}

export function openExisting(path: string): SqliteConnection.Database {
  if (!existsSync(path)) throw new UpkeepError('missing', `There is no database at ${path}; check the path.`);
  try {
    const connection = new SqliteConnection(path, { fileMustExist: true });
    connection.pragma('busy_timeout = 5000');
    return connection;
  } catch (cause) {
    throw new UpkeepError(codeOf(cause), `${path} cannot be opened (${codeOf(cause)}).`, { cause });
  }
}

function refuseUnsound(connection: SqliteConnection.Database, path: string): void {
  let verdict: unknown;
  try {
    verdict = connection.pragma('integrity_check(1)', { simple: true });
  } catch (cause) {
    throw new UpkeepError('unsound', `${path} is no database (${codeOf(cause)}); take another backup.`, { cause });
  }
  if (verdict !== 'ok')
    throw new UpkeepError('unsound', `${path} is damaged: ${String(verdict)}; take another backup.`);
  const ours = connection.prepare(`select 1 from sqlite_master where name = 'outbox'`).get();
  if (!ours) throw new UpkeepError('foreign', `${path} is no database of Toban; take another file.`);
  const newer = unknownMigration(connection);
  if (newer === undefined) return;
  throw new UpkeepError(
    'newer',
    `${path} is of a newer version of Toban (${newer}); use that version or another backup.`,
  );
}

/** Leaving WAL needs every other connection to be closed, whatever it does at the moment. */
function refuseInUse(path: string): void {
  let connection: SqliteConnection.Database | undefined;
  try {
    connection = new SqliteConnection(path);
    connection.pragma('busy_timeout = 500');
    connection.pragma('journal_mode = DELETE');
  } catch (cause) {
    const code = codeOf(cause);
    // A damaged file is what a restore is for.
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return;
    rmSync(`${path}.incoming`, { force: true });
    throw new UpkeepError('in_use', `${path} is in use (${code}); stop Toban first.`, { cause });
  } finally {
    connection?.close();
  }
}
