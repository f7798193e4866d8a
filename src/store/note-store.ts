/** The messages that stand on timelines. */

import type { NoteStore } from '../ports/note-store.ts';
import type { Database } from './database.ts';

export function createNoteStore(db: Database): NoteStore {
  return {
    keep: async ({ channel, ts }, incidentId) => {
      await db
        .insertInto('timeline_note')
        .values({ channel, ts, incident_id: incidentId })
        .onConflict((conflict) => conflict.columns(['channel', 'ts']).doNothing())
        .execute();
    },
    incidentOf: async ({ channel, ts }) => {
      const row = await db
        .selectFrom('timeline_note')
        .select('incident_id')
        .where('channel', '=', channel)
        .where('ts', '=', ts)
        .executeTakeFirst();
      return row?.incident_id;
    },
  };
}
