/** Keeps which calendar feeds were handed out; the token itself is never stored. */

import type { Feed, FeedStore, FeedSubject } from '../ports/feed-store.ts';
import type { Database } from './database.ts';

const nameOf = (subject: FeedSubject) => (subject.kind === 'person' ? 'person' : `team:${subject.team}`);

export function createFeedStore(db: Database): FeedStore {
  return {
    living: async (userId, subject) => {
      const row = await db
        .selectFrom('feed')
        .selectAll()
        .where('user_id', '=', userId)
        .where('subject', '=', nameOf(subject))
        .executeTakeFirst();
      return row && feedOf(row);
    },
    issue: (tokenHash, { userId, subject, issuedAt }) =>
      db.transaction().execute(async (trx) => {
        await trx.deleteFrom('feed').where('user_id', '=', userId).where('subject', '=', nameOf(subject)).execute();
        await trx
          .insertInto('feed')
          .values({ token_hash: tokenHash, user_id: userId, subject: nameOf(subject), issued_at: issuedAt })
          .execute();
      }),
    revoke: async (userId, subject) => {
      const gone = await db
        .deleteFrom('feed')
        .where('user_id', '=', userId)
        .where('subject', '=', nameOf(subject))
        .returning('user_id')
        .execute();
      return gone.length > 0 ? 'revoked' : 'none';
    },
    byHash: async (tokenHash) => {
      const row = await db.selectFrom('feed').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
      return row && feedOf(row);
    },
  };
}

function feedOf(row: { user_id: string; subject: string; issued_at: number }): Feed {
  const team = /^team:(.*)$/s.exec(row.subject)?.[1];
  return {
    userId: row.user_id,
    subject: team === undefined ? { kind: 'person' } : { kind: 'team', team },
    issuedAt: row.issued_at,
  };
}
