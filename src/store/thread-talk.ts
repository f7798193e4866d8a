/** How much people talk in threads, in the database. */

import type { TalkStore } from '../ports/thread-talk.ts';
import type { Database } from './database.ts';

export function createTalkStore(db: Database): TalkStore {
  return {
    countTalk: (post) =>
      db.transaction().execute(async (trx) => {
        const row = await trx
          .selectFrom('thread_talk')
          .selectAll()
          .where('channel', '=', post.channel)
          .where('thread_ts', '=', post.threadTs)
          .executeTakeFirst();
        const people = row ? (JSON.parse(row.people) as string[]) : [];
        const talk = { posts: row?.posts ?? 0, people, suggested: row?.suggested === 1 };
        // A message that is told twice counts once.
        if (row && post.ts <= row.last_ts) return talk;
        const next = { ...talk, posts: talk.posts + 1, people: [...new Set([...people, post.userId])] };
        const values = { last_ts: post.ts, posts: next.posts, people: JSON.stringify(next.people) };
        await trx
          .insertInto('thread_talk')
          .values({ channel: post.channel, thread_ts: post.threadTs, suggested: 0, ...values })
          .onConflict((conflict) => conflict.columns(['channel', 'thread_ts']).doUpdateSet(values))
          .execute();
        return next;
      }),
    suggested: async (channel, threadTs) => {
      const first = await db
        .updateTable('thread_talk')
        .set({ suggested: 1 })
        .where('channel', '=', channel)
        .where('thread_ts', '=', threadTs)
        .where('suggested', '=', 0)
        .returning('channel')
        .executeTakeFirst();
      return first ? 'first' : 'known';
    },
  };
}
