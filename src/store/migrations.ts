/** The schema's history; a migration that was released is never changed. */

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { handoverMigrations } from './migrations-handover.ts';
import { incidentMigrations } from './migrations-incidents.ts';
import { closingMigrations } from './migrations-closing.ts';
import { oncallMigrations } from './migrations-oncall.ts';
import { storms } from './migrations-storms.ts';
import { runbookMigrations } from './migrations-runbooks.ts';
import { vitalMigrations } from './migrations-vitals.ts';
import { care } from './migrations-care.ts';

export const migrations: Record<string, Migration> = {
  '0001_alerts': { up: alerts },
  '0002_twins': { up: twins },
  '0003_timers': { up: timers },
  ...handoverMigrations,
  ...incidentMigrations,
  ...closingMigrations,
  ...oncallMigrations,
  '0040_storms': { up: storms },
  ...vitalMigrations,
  ...runbookMigrations,
  '0030_care': { up: care },
};

async function timers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('timer')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('timer_due').on('timer').column('due_at').execute();
}

/** What a twin's own re-fires and its recovery are known by. */
async function twins(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alert_post').addColumn('fingerprint', 'text').execute();
  await db.schema.createIndex('alert_post_of').on('alert_post').columns(['alert_id', 'role']).execute();
  await db.schema
    .createIndex('alert_post_fingerprint')
    .on('alert_post')
    .columns(['channel', 'fingerprint'])
    .where(sql.ref('fingerprint'), 'is not', null)
    .execute();
}

async function alerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alert')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('team', 'text', (c) => c.notNull())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text')
    .addColumn('reading', 'text', (c) => c.notNull())
    .addColumn('fingerprint', 'text', (c) => c.notNull())
    .addColumn('fired_at', 'bigint', (c) => c.notNull())
    .addColumn('refires', 'integer', (c) => c.notNull())
    .addColumn('last_fired_at', 'bigint', (c) => c.notNull())
    .addColumn('incident_id', 'text')
    .addColumn('joined_by', 'text')
    .addColumn('acknowledged_at', 'bigint')
    .addColumn('acknowledged_by', 'text')
    .addColumn('acknowledged_here_only', 'integer', (c) => c.notNull())
    .addColumn('resolved_at', 'bigint')
    .addColumn('level', 'integer', (c) => c.notNull())
    .addColumn('mention', 'text', (c) => c.notNull())
    .addColumn('mentioned_at', 'bigint', (c) => c.notNull())
    .addColumn('suggested', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('alert_open_fingerprint')
    .on('alert')
    .columns(['channel', 'fingerprint', 'fired_at'])
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
  await db.schema
    .createIndex('alert_open_team')
    .on('alert')
    .columns(['team', 'fired_at'])
    .where(sql.ref('resolved_at'), 'is', null)
    .execute();
  await db.schema.createIndex('alert_incident').on('alert').column('incident_id').execute();
  await db.schema
    .createIndex('alert_without_suggestion')
    .on('alert')
    .column('fired_at')
    .where(sql.ref('suggested'), '=', 0)
    .execute();
  await db.schema
    .createTable('alert_post')
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('ts', 'text', (c) => c.notNull())
    .addColumn('alert_id', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('alert_post_key', ['channel', 'ts'])
    .execute();
  await db.schema
    .createTable('pager_incident')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'bigint', (c) => c.notNull())
    .addColumn('snapshot', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('pager_incident_open')
    .on('pager_incident')
    .column('changed_at')
    .where(sql.ref('status'), '<>', 'resolved')
    .execute();
  await db.schema
    .createTable('outbox')
    .addColumn('key', 'text', (c) => c.primaryKey())
    .addColumn('channel', 'text', (c) => c.notNull())
    .addColumn('thread_ts', 'text')
    .addColumn('priority', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('sent_version', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('ts', 'text')
    .addColumn('owner', 'text')
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addColumn('not_before', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('error', 'text')
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();
  // Waiting rows only, so that 100,000 sent ones cost a start nothing.
  await db.schema
    .createIndex('outbox_waiting')
    .on('outbox')
    .column('created_at')
    .where(sql<boolean>`state in ('pending', 'sending') or (state = 'sent' and version > sent_version)`)
    .execute();
  await db.schema
    .createTable('seen')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('seen_at').on('seen').column('at').execute();
  await db.schema
    .createTable('history_cursor')
    .addColumn('channel', 'text', (c) => c.primaryKey())
    .addColumn('ts', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('roster')
    .addColumn('team', 'text', (c) => c.primaryKey())
    .addColumn('shifts', 'text', (c) => c.notNull())
    .addColumn('confirmed_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('lookup')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('slack_id', 'text')
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('lookup_key', ['kind', 'name'])
    .execute();
  await db.schema
    .createTable('runbook_feedback')
    .addColumn('alert_id', 'text', (c) => c.notNull())
    .addColumn('runbook', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('runbook_feedback_key', ['alert_id', 'runbook', 'user_id'])
    .execute();
}
