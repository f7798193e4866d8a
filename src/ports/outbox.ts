/** The durable way out to Slack. */

import type { Content, Draft } from './chat.ts';
import type { OutboxRow } from './outbox-store.ts';

/** The durable way out: a row first, the message after it, once. */
export interface Outbox {
  /** Sends what was stored in another thing's transaction. */
  takeUp(rows: readonly OutboxRow[]): void;
  /** Takes a draft; a key that is known already changes nothing. */
  post(draft: Draft): Promise<'taken' | 'known'>;
  /** Makes the message of `key` say `content`; edits that have not gone out yet coalesce. */
  edit(key: string, content: Content): Promise<'taken' | 'unknown'>;
  /** Takes back every post of that prefix that waits; what is under way or stands stays. */
  withdraw(prefix: string): Promise<void>;
  /** What the message of `key` is to say. */
  contentOf(key: string): Promise<Content | undefined>;
  /** The Slack timestamp of a sent message. */
  sentTs(key: string): Promise<string | undefined>;
  /** Where a sent message stands. */
  sentPlace(key: string): Promise<{ readonly channel: string; readonly ts: string } | undefined>;
}
