/** Handovers in the database. */

import type { Transaction } from 'kysely';
import type { Handover, HandoverNote } from '../domain/handover.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Draft } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandoverStore, KeptHandover } from '../ports/handover-store.ts';
import type { OutboxRow } from '../ports/outbox-store.ts';
import type { Database } from './database.ts';
import { addDraft } from './outbox-store.ts';
import type { Tables } from './tables.ts';

export function createHandoverStore(db: Database, clock: Clock): HandoverStore {
  const addDrafts = async (trx: Transaction<Tables>, drafts: readonly Draft[]): Promise<readonly OutboxRow[]> => {
    const rows: OutboxRow[] = [];
    for (const draft of drafts) {
      const row = await addDraft(trx, draft, clock.now());
      if (row) rows.push(row);
    }
    return rows;
  };
  const kept = (row: { key: string; report: string } | undefined): KeptHandover | undefined =>
    row && { key: row.key, handover: JSON.parse(row.report) as Handover };
  return {
    record: ({ handover, key }, drafts) =>
      db.transaction().execute(async (trx) => {
        const { day, post, teams } = handover;
        const added = await trx
          .insertInto('handover')
          .values({ day, post, key, report: JSON.stringify(handover) })
          .onConflict((conflict) => conflict.columns(['day', 'post']).doNothing())
          .returning('key')
          .executeTakeFirst();
        if (!added) return { kind: 'known' };
        for (const { team } of teams) {
          await trx
            .insertInto('handover_turn')
            .values({ day, team, post, confirmed_by: null, confirmed_name: null, confirmed_at: null })
            .onConflict((conflict) => conflict.columns(['day', 'team']).doNothing())
            .execute();
        }
        return { kind: 'recorded', rows: await addDrafts(trx, drafts) };
      }),
    get: async (day, post) =>
      kept(
        await db
          .selectFrom('handover')
          .select(['key', 'report'])
          .where('day', '=', day)
          .where('post', '=', post)
          .executeTakeFirst(),
      ),
    latest: async (post) =>
      kept(
        await db
          .selectFrom('handover')
          .select(['key', 'report'])
          .where('post', '=', post)
          .orderBy('day', 'desc')
          .executeTakeFirst(),
      ),
    latestOf: async (team) =>
      kept(
        await db
          .selectFrom('handover_turn')
          .innerJoin('handover', (join) =>
            join.onRef('handover.day', '=', 'handover_turn.day').onRef('handover.post', '=', 'handover_turn.post'),
          )
          .select(['handover.key', 'handover.report'])
          .where('handover_turn.team', '=', team)
          .orderBy('handover_turn.day', 'desc')
          .executeTakeFirst(),
      ),
    teamsOf: async (day) => {
      const rows = await db.selectFrom('handover_turn').select('team').where('day', '=', day).execute();
      return new Set(rows.map(({ team }) => team));
    },
    moved: async (day, post, key) => {
      await db.updateTable('handover').set({ key }).where('day', '=', day).where('post', '=', post).execute();
    },
    confirm: async (day, { team, slackId, name, at }) => {
      const row = await db
        .updateTable('handover_turn')
        .set({ confirmed_by: slackId, confirmed_name: name, confirmed_at: at })
        .where('day', '=', day)
        .where('team', '=', team)
        .where('confirmed_at', 'is', null)
        .returning('team')
        .executeTakeFirst();
      return row ? 'confirmed' : 'known';
    },
    confirmations: async (day) => {
      const rows = await db
        .selectFrom('handover_turn')
        .selectAll()
        .where('day', '=', day)
        .where('confirmed_at', 'is not', null)
        .execute();
      return rows.map((row) => ({
        team: row.team,
        slackId: row.confirmed_by ?? '',
        name: row.confirmed_name ?? '',
        at: row.confirmed_at ?? 0,
      }));
    },
    addNote: async ({ id, team, kind, text, slackId, name, writtenAt }) => {
      await db
        .insertInto('handover_note')
        .values({
          id,
          team,
          kind,
          text,
          slack_id: slackId,
          name,
          written_at: writtenAt,
          closed_at: null,
          closed_by: null,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    openNotes: async (teams) => {
      if (teams.length === 0) return [];
      const rows = await db
        .selectFrom('handover_note')
        .selectAll()
        .where('closed_at', 'is', null)
        .where('team', 'in', [...teams])
        .orderBy('written_at')
        .execute();
      return rows.map(({ id, team, kind, text, slack_id: slackId, name, written_at: writtenAt }) => ({
        id,
        team,
        kind: kind as HandoverNote['kind'],
        text,
        slackId,
        name,
        writtenAt,
      }));
    },
    closeNotes: async (ids, bySlackId, at) => {
      if (ids.length === 0) return;
      await db
        .updateTable('handover_note')
        .set({ closed_at: at, closed_by: bySlackId })
        .where('id', 'in', [...ids])
        .where('closed_at', 'is', null)
        .execute();
    },
    told: async (team) => {
      const row = await db.selectFrom('shift_told').selectAll().where('team', '=', team).executeTakeFirst();
      return (
        row && {
          shifts: JSON.parse(row.shifts) as readonly Shift[],
          until: row.until,
          holders: JSON.parse(row.holders) as readonly string[],
          version: row.version,
        }
      );
    },
    tell: (team, told, drafts) =>
      db.transaction().execute(async (trx) => {
        const values = {
          shifts: JSON.stringify(told.shifts),
          until: told.until,
          holders: JSON.stringify(told.holders),
          version: told.version,
        };
        const first = await trx
          .insertInto('shift_told')
          .values({ team, ...values })
          .onConflict((conflict) => conflict.column('team').doNothing())
          .returning('team')
          .executeTakeFirst();
        const next = first
          ? undefined
          : await trx
              .updateTable('shift_told')
              .set(values)
              .where('team', '=', team)
              .where('version', '=', told.version - 1)
              .returning('team')
              .executeTakeFirst();
        if (!first && !next) return { kind: 'known' };
        return { kind: 'recorded', rows: await addDrafts(trx, drafts) };
      }),
  };
}
