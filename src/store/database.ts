/** Opens the SQLite database: one connection, one writer at a time, durable against a killed process. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import SqliteConnection from 'better-sqlite3';
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { DatabaseConnection, Dialect, SqliteDatabase, SqliteStatement } from 'kysely';
import { Migrator } from 'kysely/migration';
import { migrations } from './migrations.ts';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;

/** SQLite's plain `begin` takes the write lock at the first write and may then fail; `immediate` waits for it. */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** A full disk makes SQLite roll back by itself: the fault to tell is the one before, not that nothing is left to do. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await super.rollbackTransaction(connection);
    } catch (error) {
      if (!String((error as { message?: unknown } | null)?.message).includes('no transaction is active')) throw error;
    }
  }
}

/** SQLite can take a schema change back; Kysely's adapter, which speaks for older ones too, says that it cannot. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Opens the database at a `file:` address, makes its folder where it is missing, and brings its schema up to date.
 * Throws where the file cannot be opened or a migration fails; the message names the address.
 */
export async function openDatabase(url: string): Promise<Database> {
  const connection = openFile(url);
  const dialect: Dialect = {
    // All migrations in one transaction: a process killed among them leaves none, and two that start at once take turns.
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new ImmediateDriver({ database: preparedOnce(connection) }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  const database = new Kysely<Tables>({ dialect });
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await database.destroy();
    throw new Error(`The database ${url} could not be brought up to date; restore a backup or report this.`, {
      cause: error,
    });
  }
  return database;
}

/** Kept statements: the bot asks the same few dozen questions, and preparing one costs more than running it. */
const MOST_STATEMENTS = 200;

function preparedOnce(connection: SqliteConnection.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => connection.close(),
    prepare: (sql) => {
      let statement = kept.get(sql);
      if (!statement) {
        statement = connection.prepare(sql);
        if (kept.size < MOST_STATEMENTS) kept.set(sql, statement);
      }
      return statement;
    },
  };
}

function openFile(url: string): SqliteConnection.Database {
  const path = filePath(url);
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const connection = new SqliteConnection(path);
    // WAL: readers never wait for the writer, and a commit is one append.
    connection.pragma('journal_mode = WAL');
    // NORMAL: a commit survives a killed process. After a power cut the last commits may be gone; the channel
    // history is read again then, and every message found that way is looked up in Slack before it is sent.
    connection.pragma('synchronous = NORMAL');
    connection.pragma('foreign_keys = ON');
    // Sorting a handful of rows must not touch the disk.
    connection.pragma('temp_store = MEMORY');
    // Two processes may overlap during a restart; the later one waits for the other's short writes.
    connection.pragma('busy_timeout = 5000');
    return connection;
  } catch (cause) {
    throw new Error(`The database ${url} could not be opened; check that its folder exists and can be written.`, {
      cause,
    });
  }
}

/** The path in a `file:` address; `file:./x`, `file:/x` and `file:///x` are all understood. */
export function filePath(url: string): string {
  if (url.startsWith('file://')) return fileURLToPath(url);
  return url.startsWith('file:') ? url.slice('file:'.length) : url;
}
