/** Takes old rows out of the database, a few at a time, so that a running bot is not held up (O-08). */

import type SqliteConnection from 'better-sqlite3';
import { filePath } from '../database.ts';
import { openExisting } from './backup.ts';

/** Rows a transaction: some milliseconds. */
const BATCH = 500;

interface Rule {
  readonly table: string;
  /** `?` is the instant before which rows are old, epoch ms. */
  readonly old: string;
}

/** Incidents, their events and postmortems are the company's memory and stay. */
const RULES: readonly Rule[] = [
  { table: 'alert', old: 'last_fired_at < ? and coalesce(resolved_at, 0) < ?' },
  { table: 'pager_incident', old: `status = 'resolved' and changed_at < ?` },
  { table: 'outbox', old: `created_at < ? and (state = 'failed' or (state = 'sent' and version = sent_version))` },
  { table: 'seen', old: 'at < ?' },
  { table: 'change', old: 'at < ?' },
];

export interface Pruned {
  readonly table: string;
  readonly rows: number;
}

export function pruneDatabase(url: string, before: number): readonly Pruned[] {
  const connection = openExisting(filePath(url));
  try {
    const tables = tablesOf(connection);
    const pruned = RULES.filter(({ table }) => tables.has(table)).map(({ table, old }) => ({
      table,
      rows: remove(connection, table, old, before),
    }));
    // Whatever belongs to an alert goes with it.
    const orphans = [...tables]
      .filter(([table, columns]) => table !== 'alert' && columns.has('alert_id'))
      .map(([table]) => ({
        table,
        rows: remove(connection, table, 'alert_id not in (select id from alert)', before),
      }));
    connection.pragma('wal_checkpoint(TRUNCATE)');
    return [...pruned, ...orphans].filter(({ rows }) => rows > 0);
  } finally {
    connection.close();
  }
}

/** Gives the space of removed rows back to the disk; needs as much again meanwhile, and writers wait. */
export function shrinkDatabase(url: string): void {
  const connection = openExisting(filePath(url));
  try {
    connection.exec('vacuum');
    connection.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    connection.close();
  }
}

function remove(connection: SqliteConnection.Database, table: string, old: string, before: number): number {
  const values = Array.from({ length: old.split('?').length - 1 }, () => before);
  const statement = connection.prepare(
    `delete from "${table}" where rowid in (select rowid from "${table}" where ${old} limit ${BATCH})`,
  );
  let rows = 0;
  for (;;) {
    const { changes } = statement.run(...values);
    rows += changes;
    if (changes < BATCH) return rows;
  }
}

function tablesOf(connection: SqliteConnection.Database): ReadonlyMap<string, ReadonlySet<string>> {
  const names = connection.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[];
  return new Map(
    names.map(({ name }) => {
      const columns = connection.pragma(`table_info("${name}")`) as { name: string }[];
      return [name, new Set(columns.map((column) => column.name))];
    }),
  );
}
