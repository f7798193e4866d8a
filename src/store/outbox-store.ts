/** The outbox rows in the database. */

import { sql } from 'kysely';
import type { Insertable, Selectable, Transaction } from 'kysely';
import type { Content, Draft, Priority } from '../ports/chat.ts';
import type { OutboxRow, OutboxState, OutboxStore } from '../ports/outbox-store.ts';
import type { Database } from './database.ts';
import type { OutboxTable, Tables } from './tables.ts';

export function createOutboxStore(db: Database): OutboxStore {
  return {
    add: (draft, at) => addDraft(db, draft, at),
    edit: async (key, content) => {
      const row = await db
        .updateTable('outbox')
        .set((eb) => ({ content: JSON.stringify(content), version: eb('version', '+', 1) }))
        .where('key', '=', key)
        .where('state', '<>', 'failed')
        .where('content', '<>', JSON.stringify(content))
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    get: async (key) => {
      const row = await db.selectFrom('outbox').selectAll().where('key', '=', key).executeTakeFirst();
      return row && read(row);
    },
    waiting: async () => {
      const rows = await db
        .selectFrom('outbox')
        .selectAll()
        .where(sql<boolean>`state in ('pending', 'sending') or (state = 'sent' and version > sent_version)`)
        .orderBy('created_at')
        .execute();
      return rows.map(read);
    },
    claim: async (key, owner, leaseUntil) => {
      const row = await db
        .updateTable('outbox')
        .set((eb) => ({ state: 'sending', owner, lease_until: leaseUntil, attempts: eb('attempts', '+', 1) }))
        .where('key', '=', key)
        .where('state', '=', 'pending')
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    takeOver: async (seen, owner, leaseUntil) => {
      const row = await db
        .updateTable('outbox')
        .set({ owner, lease_until: leaseUntil })
        .where('key', '=', seen.key)
        .where('state', '=', 'sending')
        .where('owner', seen.owner === undefined ? 'is' : '=', seen.owner ?? null)
        .where('lease_until', '=', seen.leaseUntil)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    release: async (key, owner, notBefore, error) => {
      await db
        .updateTable('outbox')
        .set({ state: 'pending', owner: null, not_before: notBefore, error })
        .where('key', '=', key)
        .where('state', '=', 'sending')
        .where('owner', '=', owner)
        .execute();
    },
    doubt: async (key, owner, notBefore, error) => {
      await db
        .updateTable('outbox')
        .set({ owner: null, not_before: notBefore, error })
        .where('key', '=', key)
        .where('state', '=', 'sending')
        .where('owner', '=', owner)
        .execute();
    },
    sent: async (key, ts, version) => {
      const row = await db
        .updateTable('outbox')
        .set({ state: 'sent', ts, sent_version: version, owner: null, error: null })
        .where('key', '=', key)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    edited: async (key, version) => {
      await db
        .updateTable('outbox')
        .set({ sent_version: version })
        .where('key', '=', key)
        .where('sent_version', '<', version)
        .execute();
    },
    fail: async (key, error) => {
      await db.updateTable('outbox').set({ state: 'failed', owner: null, error }).where('key', '=', key).execute();
    },
    withdraw: async (prefix) => {
      const rows = await db
        .deleteFrom('outbox')
        .where('state', '=', 'pending')
        .where('key', '>=', prefix)
        .where(sql<boolean>`substr(key, 1, ${prefix.length}) = ${prefix}`)
        .returningAll()
        .execute();
      return rows.map(read);
    },
    unthread: async (key) => {
      await db.updateTable('outbox').set({ thread_ts: null }).where('key', '=', key).execute();
    },
    isSent: async (channel, ts) => {
      const row = await db
        .selectFrom('outbox')
        .select('key')
        .where('channel', '=', channel)
        .where('ts', '=', ts)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** Adds a row inside a transaction or outside one; undefined where the key is known already. */
export async function addDraft(
  db: Database | Transaction<Tables>,
  draft: Draft,
  at: number,
): Promise<OutboxRow | undefined> {
  const values: Insertable<OutboxTable> = {
    key: draft.key,
    channel: draft.channel,
    thread_ts: draft.threadTs ?? null,
    broadcast: draft.broadcast ? 1 : 0,
    priority: draft.priority,
    content: JSON.stringify(draft.content),
    version: 1,
    sent_version: 0,
    state: (draft.mayStand ? 'sending' : 'pending') satisfies OutboxState,
    ts: null,
    owner: null,
    lease_until: 0,
    not_before: 0,
    attempts: 0,
    error: null,
    created_at: at,
  };
  const row = await db
    .insertInto('outbox')
    .values(values)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && read(row);
}

function read(row: Selectable<OutboxTable>): OutboxRow {
  return {
    key: row.key,
    channel: row.channel,
    ...(row.thread_ts === null ? {} : { threadTs: row.thread_ts }),
    ...(row.broadcast ? { broadcast: true } : {}),
    priority: row.priority as Priority,
    content: JSON.parse(row.content) as Content,
    version: row.version,
    sentVersion: row.sent_version,
    state: row.state as OutboxState,
    ...(row.ts === null ? {} : { ts: row.ts }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    leaseUntil: row.lease_until,
    notBefore: row.not_before,
    attempts: row.attempts,
    ...(row.error === null ? {} : { error: row.error }),
    createdAt: row.created_at,
  };
}
