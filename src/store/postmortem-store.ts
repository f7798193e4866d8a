/** The postmortems' rows. */

import type { Selectable } from 'kysely';
import type { Postmortem } from '../domain/postmortem.ts';
import type { PostmortemStore } from '../ports/postmortem-store.ts';
import type { Database } from './database.ts';
import type { PostmortemTable } from './tables.ts';

export function createPostmortemStore(db: Database): PostmortemStore {
  const one = async (column: 'id' | 'incident_id', value: string) => {
    const row = await db.selectFrom('postmortem').selectAll().where(column, '=', value).executeTakeFirst();
    return row && read(row);
  };
  return {
    keep: async (postmortem) => {
      const draft = {
        title: postmortem.title,
        markdown: postmortem.markdown,
        channel: postmortem.channel,
        thread_ts: postmortem.threadTs ?? null,
        file_id: null,
        shared: 0,
        created_at: postmortem.createdAt,
      };
      const row = await db
        .insertInto('postmortem')
        .values({
          ...draft,
          id: postmortem.id,
          incident_id: postmortem.incidentId ?? null,
          created_by: postmortem.createdBy ?? null,
          owner: postmortem.owner ?? null,
          file_url: null,
          private: postmortem.private ? 1 : 0,
        })
        .onConflict((conflict) => conflict.column('incident_id').doUpdateSet(draft))
        .returningAll()
        .executeTakeFirstOrThrow();
      return read(row);
    },
    byId: (id) => one('id', id),
    byIncident: (incidentId) => one('incident_id', incidentId),
    between: async (from, to) => {
      const rows = await db
        .selectFrom('postmortem')
        .selectAll()
        .where('created_at', '>=', from)
        .where('created_at', '<', to)
        .where('private', '=', 0)
        .orderBy('created_at')
        .execute();
      return rows.map(read);
    },
    own: async (id, owner) => {
      const row = await db
        .updateTable('postmortem')
        .set({ owner })
        .where('id', '=', id)
        .where('owner', 'is', null)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    uploaded: async (id, fileId) => {
      await db.updateTable('postmortem').set({ file_id: fileId }).where('id', '=', id).execute();
    },
    shared: async (id, fileUrl) => {
      await db
        .updateTable('postmortem')
        .set({ shared: 1, file_url: fileUrl ?? null })
        .where('id', '=', id)
        .execute();
    },
    move: async (id, channel) => {
      await db.updateTable('postmortem').set({ channel, thread_ts: null }).where('id', '=', id).execute();
    },
  };
}

function read(row: Selectable<PostmortemTable>): Postmortem {
  return {
    id: row.id,
    ...(row.incident_id === null ? {} : { incidentId: row.incident_id }),
    title: row.title,
    ...(row.created_by === null ? {} : { createdBy: row.created_by }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    createdAt: row.created_at,
    markdown: row.markdown,
    channel: row.channel,
    ...(row.thread_ts === null ? {} : { threadTs: row.thread_ts }),
    ...(row.file_id === null ? {} : { fileId: row.file_id }),
    ...(row.file_url === null ? {} : { fileUrl: row.file_url }),
    ...(row.private === 1 ? { private: true } : {}),
    shared: row.shared === 1,
  };
}
