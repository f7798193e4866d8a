/** Incidents in the database: a snapshot each, and the events that made it so. */

import { sql } from 'kysely';
import type { Transaction } from 'kysely';
import { applyChange } from '../domain/apply-change.ts';
import { isOpen } from '../domain/incident.ts';
import type { Incident } from '../domain/incident.ts';
import type { IncidentChange, IncidentEvent, NewIncidentEvent } from '../domain/incident-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { OutboxRow } from '../ports/outbox-store.ts';
import type { RoomProgress, WarRoomStore } from '../ports/war-room-store.ts';
import type { Database } from './database.ts';
import { addDraft } from './outbox-store.ts';
import type { Tables } from './tables.ts';

type Handle = Database | Transaction<Tables>;

export function createWarRoomStore(db: Database, clock: Clock): WarRoomStore {
  const keyOwner = async (handle: Handle, key: string): Promise<Incident | undefined> => {
    const row = await handle
      .selectFrom('incident')
      .innerJoin('incident_key', 'incident_key.incident_id', 'incident.id')
      .select('snapshot')
      .where('key', '=', key)
      .executeTakeFirst();
    const incident = row && (JSON.parse(row.snapshot) as Incident);
    return incident && isOpen(incident) ? incident : undefined;
  };
  const takeKey = (handle: Handle, key: string, id: number) =>
    handle
      .insertInto('incident_key')
      .values({ key, incident_id: id })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ incident_id: id }))
      .execute();
  const select = (handle: Handle = db) => handle.selectFrom('incident').select('snapshot');
  return {
    declare: (declaration, keys) =>
      db.transaction().execute(async (trx) => {
        for (const key of keys) {
          const known = await keyOwner(trx, key);
          if (known) return { kind: 'known', incident: known };
        }
        const number = await freeNumber(trx);
        const draft = { ...declaration, id: 0, number };
        const { id } = await trx
          .insertInto('incident')
          .values({ ...columnsOf(draft), snapshot: '{}' })
          .returning('id')
          .executeTakeFirstOrThrow();
        const incident: Incident = { ...declaration, id, number };
        await trx.updateTable('incident').set(columnsOf(incident)).where('id', '=', id).execute();
        for (const key of keys) await takeKey(trx, key, id);
        const { title, severity, impact, drill, declaredAt: at, declaredBy: by } = incident;
        await addEvent(trx, id, { at, by, change: { kind: 'declared', title, severity, impact, drill } });
        return { kind: 'declared', incident };
      }),
    claimKey: (incidentId, key) =>
      db.transaction().execute(async (trx) => {
        const owner = await keyOwner(trx, key);
        if (owner && owner.id !== incidentId) return 'taken';
        await takeKey(trx, key, incidentId);
        return 'claimed';
      }),
    byKey: (key) => keyOwner(db, key),
    ofAlert: async (alertId) => {
      const keyed = select().innerJoin('incident_key', 'incident_key.incident_id', 'incident.id');
      return readOne(await keyed.where('key', '=', `alert:${alertId}`).executeTakeFirst());
    },
    byId: async (id) => readOne(await select().where('id', '=', id).executeTakeFirst()),
    byChannel: async (channel) => {
      const query = select()
        .where('channel', '=', channel)
        .orderBy(sql`state in ('cleared', 'completed')`);
      return readOne(await query.orderBy('id', 'desc').executeTakeFirst());
    },
    open: async () =>
      readAll(await select().where('state', 'not in', ['cleared', 'completed']).orderBy('id').execute()),
    unfinished: async () => readAll(await select().where('unfinished', '=', 1).orderBy('id').execute()),
    append: (incidentId, event, { guard, drafts = [] } = {}) =>
      db.transaction().execute(async (trx) => {
        const before = readOne(await select(trx).where('id', '=', incidentId).executeTakeFirst());
        if (!before) throw new Error('An event came for an incident that is not kept.');
        if (guard && !guard(before)) return { kind: 'unchanged', incident: before };
        const added = await addEvent(trx, incidentId, event);
        if (!added) return { kind: 'unchanged', incident: before };
        const incident = applyChange(before, event.change, event.at);
        await trx.updateTable('incident').set(columnsOf(incident)).where('id', '=', incidentId).execute();
        const rows: OutboxRow[] = [];
        for (const draft of drafts) {
          const row = await addDraft(trx, draft, clock.now());
          if (row) rows.push(row);
        }
        return { kind: 'appended', incident, event: added, rows };
      }),
    events: async (incidentId) => {
      const rows = await db
        .selectFrom('incident_event')
        .selectAll()
        .where('incident_id', '=', incidentId)
        .orderBy('at')
        .orderBy('id')
        .execute();
      return rows.map(readEvent);
    },
    nextNumber: () => freeNumber(db),
    progress: async (incidentId) => {
      const row = await db
        .selectFrom('incident_room')
        .select('progress')
        .where('incident_id', '=', incidentId)
        .executeTakeFirst();
      return row
        ? (JSON.parse(row.progress) as RoomProgress)
        : { incidentId, invited: [], uninvited: {}, bookmarks: [] };
    },
    saveProgress: async (progress) => {
      const values = { progress: JSON.stringify(progress) };
      await db
        .insertInto('incident_room')
        .values({ incident_id: progress.incidentId, ...values })
        .onConflict((conflict) => conflict.column('incident_id').doUpdateSet(values))
        .execute();
    },
  };
}

function columnsOf(incident: Incident) {
  const { number, state, room, pager } = incident;
  const channel = room.kind === 'channel' || room.kind === 'thread' ? room.channel : null;
  const unfinished = room.kind === 'opening' || pager.kind === 'wanted' ? 1 : 0;
  return { number, state, channel, unfinished, snapshot: JSON.stringify(incident) };
}

async function freeNumber(handle: Handle): Promise<number> {
  const row = await handle
    .selectFrom('incident')
    .select((eb) => eb.fn.max('number').as('top'))
    .executeTakeFirst();
  return Number(row?.top ?? 0) + 1;
}

/** Undefined where the event's key is known. */
async function addEvent(
  handle: Handle,
  incidentId: number,
  event: NewIncidentEvent,
): Promise<IncidentEvent | undefined> {
  const { kind, ...data } = event.change;
  if (event.key !== undefined) {
    const known = await handle
      .selectFrom('incident_event')
      .select('id')
      .where('incident_id', '=', incidentId)
      .where('key', '=', event.key)
      .executeTakeFirst();
    if (known) return undefined;
  }
  const { id } = await handle
    .insertInto('incident_event')
    .values({
      incident_id: incidentId,
      key: event.key ?? null,
      kind,
      at: event.at,
      by: event.by ?? null,
      data: JSON.stringify(data),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...event, id, incidentId };
}

function readEvent(row: {
  id: number;
  incident_id: number;
  key: string | null;
  kind: string;
  at: number;
  by: string | null;
  data: string;
}): IncidentEvent {
  return {
    id: row.id,
    incidentId: row.incident_id,
    ...(row.key === null ? {} : { key: row.key }),
    at: row.at,
    ...(row.by === null ? {} : { by: row.by }),
    change: { kind: row.kind, ...(JSON.parse(row.data) as object) } as IncidentChange,
  };
}

function readOne(row: { snapshot: string } | undefined): Incident | undefined {
  return row && (JSON.parse(row.snapshot) as Incident);
}

function readAll(rows: readonly { snapshot: string }[]): readonly Incident[] {
  return rows.map(({ snapshot }) => JSON.parse(snapshot) as Incident);
}
