/** Looks back on alerts with a handful of queries, however many teams there are. */

import { sql } from 'kysely';
import type { SelectQueryBuilder } from 'kysely';
import type { AlertReading } from '../domain/alert.ts';
import type { AlertDigest, AlertLine } from '../ports/alert-digest.ts';
import type { Database } from './database.ts';
import type { Tables } from './tables.ts';

/** As `writeAlert` writes a mention that calls nobody. */
const NOBODY = '%"targets":[]%';
/** As `writeAlert` writes one that had a reaction only. */
const QUIET = '%"hush":"quiet"%';
const LOW = '%"urgency":"low"%';

export function createAlertDigest(db: Database): AlertDigest {
  const fired = (since: number, until: number) =>
    db.selectFrom('alert').where('alert.fired_at', '>=', since).where('alert.fired_at', '<', until);
  const lines = async (
    query: SelectQueryBuilder<Tables, 'alert', object>,
    limit: number,
  ): Promise<readonly AlertLine[]> => {
    const rows = await query
      .select(['alert.id', 'alert.team', 'alert.channel', 'alert.ts', 'alert.reading', 'alert.fired_at'])
      .orderBy('alert.fired_at', 'desc')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      team: row.team,
      channel: row.channel,
      ...(row.ts === null ? {} : { ts: row.ts }),
      title: titleOf(row.reading),
      firedAt: row.fired_at,
    }));
  };
  return {
    counts: async (since, until) => {
      const rows = await fired(since, until)
        .select((eb) => [
          'team',
          eb.fn.countAll<number>().as('fired'),
          sql<number>`sum(case when mention like ${NOBODY} then 0 else 1 end)`.as('called'),
          sql<number>`sum(case when acknowledged_at is null then 1 else 0 end)`.as('unacknowledged'),
        ])
        .groupBy('team')
        .execute();
      return rows.map((row) => ({
        team: row.team,
        fired: Number(row.fired),
        called: Number(row.called),
        unacknowledged: Number(row.unacknowledged),
      }));
    },
    times: async (since, until) => {
      const rows = await fired(since, until).select(['team', 'fired_at']).execute();
      return rows.map((row) => ({ team: row.team, firedAt: row.fired_at }));
    },
    unacknowledged: (since, until, limit) => lines(fired(since, until).where('acknowledged_at', 'is', null), limit),
    open: (since, limit) =>
      lines(db.selectFrom('alert').where('alert.resolved_at', 'is', null).where('alert.fired_at', '>=', since), limit),
    paging: (limit) =>
      lines(
        db
          .selectFrom('alert')
          .where('alert.resolved_at', 'is', null)
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('pager_incident')
                .select('pager_incident.id')
                .whereRef('pager_incident.id', '=', 'alert.incident_id')
                .where('pager_incident.status', '<>', 'resolved'),
            ),
          ),
        limit,
      ),
    lowUrgency: (since, until, limit) =>
      lines(
        fired(since, until).where((eb) =>
          eb.or([
            eb('alert.mention', 'like', QUIET),
            eb.exists(
              eb
                .selectFrom('pager_incident')
                .select('pager_incident.id')
                .whereRef('pager_incident.id', '=', 'alert.incident_id')
                .where('pager_incident.snapshot', 'like', LOW),
            ),
          ]),
        ),
        limit,
      ),
    noisiest: async (since, until) => {
      const rows = await fired(since, until)
        .select((eb) => [
          'team',
          'fingerprint',
          eb.fn.max('reading').as('reading'),
          sql<number>`sum(1 + refires)`.as('times'),
        ])
        .groupBy(['team', 'fingerprint'])
        .having(sql<number>`sum(1 + refires)`, '>', 1)
        .orderBy('times', 'desc')
        .execute();
      const first = new Map<string, (typeof rows)[number]>();
      for (const row of rows) if (!first.has(row.team)) first.set(row.team, row);
      return [...first.values()].map((row) => ({
        team: row.team,
        title: titleOf(row.reading),
        times: Number(row.times),
      }));
    },
  };
}

function titleOf(reading: string): string {
  return (JSON.parse(reading) as AlertReading).title;
}
