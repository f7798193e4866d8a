/** The announcements that were written and previewed. */

import type { AnnouncementFields, AnnouncementStage } from '../domain/announcement.ts';
import type { AnnouncementStore } from '../ports/announcement-store.ts';
import type { Database } from './database.ts';

export function createAnnouncementStore(db: Database): AnnouncementStore {
  return {
    keep: async (draft) => {
      await db
        .insertInto('announcement')
        .values({
          id: draft.id,
          incident_id: draft.incidentId,
          stage: draft.stage,
          fields: JSON.stringify(draft.fields),
          next_update_at: draft.nextUpdateAt ?? null,
          by: draft.by,
          created_at: draft.createdAt,
        })
        .execute();
    },
    byId: async (id) => {
      const row = await db.selectFrom('announcement').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) return undefined;
      return {
        id: row.id,
        incidentId: row.incident_id,
        stage: row.stage as AnnouncementStage,
        fields: JSON.parse(row.fields) as AnnouncementFields,
        ...(row.next_update_at === null ? {} : { nextUpdateAt: row.next_update_at }),
        by: row.by,
        createdAt: row.created_at,
      };
    },
  };
}
