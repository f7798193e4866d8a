/** Looks through the whole database: integrity, schema, size, rows. */

import { statSync } from 'node:fs';
import { filePath } from '../database.ts';
import { migrations } from '../migrations.ts';
import { codeOf, unknownMigration } from '../probe.ts';
import { openExisting } from './backup.ts';

export interface DatabaseReport {
  /** Empty where it is sound. */
  readonly faults: readonly string[];
  /** Migrations that the next start, or `upgrade`, will run. */
  readonly pending: readonly string[];
  readonly bytes: number;
  readonly rows: readonly { readonly table: string; readonly rows: number }[];
}

export function checkDatabase(url: string): DatabaseReport {
  const path = filePath(url);
  const connection = openExisting(path);
  try {
    const verdicts = connection.pragma('integrity_check(20)') as { integrity_check: string }[];
    const faults = verdicts.map(({ integrity_check: line }) => line).filter((line) => line !== 'ok');
    const loose = connection.pragma('foreign_key_check') as unknown[];
    if (loose.length > 0) faults.push(`${loose.length} rows point to rows that are gone`);
    const newer = unknownMigration(connection);
    if (newer !== undefined) faults.push(`made by a newer version of Toban (${newer})`);
    const names = connection
      .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name`)
      .all() as { name: string }[];
    const done = names.some(({ name }) => name === 'kysely_migration')
      ? (connection.prepare('select name from kysely_migration').all() as { name: string }[])
      : [];
    const known = new Set(done.map(({ name }) => name));
    return {
      faults,
      pending: Object.keys(migrations).filter((name) => !known.has(name)),
      bytes: statSync(path).size,
      rows: names.map(({ name }) => {
        const { count } = connection.prepare(`select count(*) as count from "${name}"`).get() as { count: number };
        return { table: name, rows: count };
      }),
    };
  } catch (error) {
    return { faults: [`cannot be read (${codeOf(error)})`], pending: [], bytes: statSync(path).size, rows: [] };
  } finally {
    connection.close();
  }
}
