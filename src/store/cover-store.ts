/** Keeps covers and swaps, each change of state claimed once and written down. */

import type { Cover, CoverChange, CoverPerson, CoverState } from '../domain/cover.ts';
import type { CoverStore } from '../ports/cover-store.ts';
import type { Database } from './database.ts';
import type { CoverTable } from './tables-oncall.ts';

/** Longer than any write to PagerDuty takes. */
const LEFT_MS = 2 * 60_000;
const PASSING: readonly CoverState[] = ['writing', 'undoing'];

export function createCoverStore(db: Database): CoverStore {
  return {
    add: (cover) =>
      db.transaction().execute(async (trx) => {
        await trx.insertInto('cover').values(rowOf(cover)).execute();
      }),
    get: async (id) => {
      const row = await db.selectFrom('cover').selectAll().where('id', '=', id).executeTakeFirst();
      return row && coverOf(row);
    },
    move: (id, { from, to, actor, at, changes }) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('cover')
          .set({
            state: to,
            changed_at: at,
            ...(changes ? { ...spanOf(changes), changes: JSON.stringify(changes) } : {}),
          })
          .where('id', '=', id)
          .where((eb) =>
            eb.or([
              eb('state', 'in', [...from]),
              eb.and([eb('state', 'in', [...PASSING]), eb('state', '=', to), eb('changed_at', '<', at - LEFT_MS)]),
            ]),
          )
          .returningAll()
          .executeTakeFirst();
        if (!row) return undefined;
        await trx.insertInto('cover_event').values({ cover_id: id, at, actor, what: to }).execute();
        return coverOf(row);
      }),
    events: async (id) => {
      const rows = await db.selectFrom('cover_event').selectAll().where('cover_id', '=', id).orderBy('id').execute();
      return rows.map(({ at, actor, what }) => ({ at, actor, what: what as CoverState }));
    },
    coming: async (now) => {
      const rows = await db
        .selectFrom('cover')
        .selectAll()
        .where('end_at', '>', now)
        .where('state', 'in', ['asked', 'writing', 'stands'] satisfies CoverState[])
        .orderBy('start_at')
        .execute();
      return rows.map(coverOf);
    },
  };
}

function rowOf(cover: Cover): CoverTable {
  const { id, kind, team, asker, partner, state, changes, createdAt } = cover;
  return {
    id,
    kind,
    team,
    asker: JSON.stringify(asker),
    partner: JSON.stringify(partner),
    state,
    changes: JSON.stringify(changes),
    ...spanOf(changes),
    created_at: createdAt,
    changed_at: createdAt,
  };
}

function spanOf(changes: readonly CoverChange[]) {
  return {
    start_at: Math.min(...changes.map(({ start }) => start)),
    end_at: Math.max(...changes.map(({ end }) => end)),
  };
}

function coverOf({ id, kind, team, asker, partner, state, changes, created_at: createdAt }: CoverTable): Cover {
  return {
    id,
    kind: kind as Cover['kind'],
    team,
    asker: JSON.parse(asker) as CoverPerson,
    partner: JSON.parse(partner) as CoverPerson,
    state: state as CoverState,
    changes: JSON.parse(changes) as readonly CoverChange[],
    createdAt,
  };
}
