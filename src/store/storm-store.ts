/** Storms in the database. */

import type { Selectable } from 'kysely';
import { calleesOf } from '../domain/alert.ts';
import type { Mention } from '../domain/alert.ts';
import type { Clock } from '../ports/clock.ts';
import type { Storm, StormStore } from '../ports/storm-store.ts';
import { readAlert } from './alert-row.ts';
import type { Database } from './database.ts';
import { addDraft } from './outbox-store.ts';
import type { StormTable } from './tables.ts';

export function createStormStore(db: Database, clock: Clock): StormStore {
  return {
    burst: async (callees, channel, since) => {
      const row = await db
        .selectFrom('alert')
        .select((eb) => [
          eb.fn.countAll<number>().as('everywhere'),
          eb.fn.count<number>(eb.case().when('channel', '=', channel).then(1).end()).as('in_channel'),
          eb.fn.max('severity').as('severity'),
        ])
        .where('callees', '=', callees)
        .where('mentioned_at', '>=', since)
        .executeTakeFirstOrThrow();
      return { everywhere: row.everywhere, inChannel: row.in_channel, severity: row.severity ?? -1 };
    },
    running: async (channel, callees) => {
      const row = await db
        .selectFrom('storm')
        .selectAll()
        .where('channel', '=', channel)
        .where('callees', '=', callees)
        .where('ended_at', 'is', null)
        .orderBy('began_at', 'desc')
        .executeTakeFirst();
      return row && read(row);
    },
    open: (storm, draft) =>
      db.transaction().execute(async (trx) => {
        await trx
          .insertInto('storm')
          .values({
            id: storm.id,
            team: storm.team,
            channel: storm.channel,
            callees: calleesOf(storm.mention),
            mention: JSON.stringify(storm.mention),
            severity: storm.severity,
            began_at: storm.beganAt,
            ended_at: null,
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute();
        const row = await addDraft(trx, draft, clock.now());
        return row ? [row] : [];
      }),
    byId: async (id) => {
      const row = await db.selectFrom('storm').selectAll().where('id', '=', id).executeTakeFirst();
      return row && read(row);
    },
    members: async (id) => {
      const rows = await db
        .selectFrom('alert')
        .selectAll()
        .where('storm_id', '=', id)
        .orderBy('mentioned_at')
        .orderBy('id')
        .execute();
      return rows.map(readAlert);
    },
    lastJoinedAt: async (id) => {
      const row = await db
        .selectFrom('alert')
        .select((eb) => eb.fn.max('mentioned_at').as('at'))
        .where('storm_id', '=', id)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },
    raise: async (id, severity) => {
      await db.updateTable('storm').set({ severity }).where('id', '=', id).where('severity', '<', severity).execute();
    },
    end: async (id, at) => {
      const row = await db
        .updateTable('storm')
        .set({ ended_at: at })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    allRunning: async () => {
      const rows = await db.selectFrom('storm').selectAll().where('ended_at', 'is', null).execute();
      return rows.map(read);
    },
  };
}

function read(row: Selectable<StormTable>): Storm {
  return {
    id: row.id,
    team: row.team,
    channel: row.channel,
    mention: JSON.parse(row.mention) as Mention,
    severity: row.severity,
    beganAt: row.began_at,
    ...(row.ended_at === null ? {} : { endedAt: row.ended_at }),
  };
}
