/** Calendar feeds that were handed out: their tokens as hashes, one living feed a person and subject. */

/** Whose shifts a feed tells: one person's in every team, or one team's. */
export type FeedSubject = { readonly kind: 'person' } | { readonly kind: 'team'; readonly team: string };

export interface Feed {
  /** The Slack id of who asked for it. */
  readonly userId: string;
  readonly subject: FeedSubject;
  /** Epoch ms. */
  readonly issuedAt: number;
}

export interface FeedStore {
  /** The living feed of that person about that subject. */
  living(userId: string, subject: FeedSubject): Promise<Feed | undefined>;
  /** Keeps the new one and ends the one before it, both or neither. */
  issue(tokenHash: string, feed: Feed): Promise<void>;
  revoke(userId: string, subject: FeedSubject): Promise<'revoked' | 'none'>;
  /** Undefined for a token that was never given or has ended. */
  byHash(tokenHash: string): Promise<Feed | undefined>;
}
