/** Reads what stood in the watched channels while nobody listened: at start, after a reconnect, every minute. */

import type { WebClient } from '@slack/web-api';
import type { ChatPost } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { CursorStore } from '../ports/stores.ts';
import { readPost } from './read-post.ts';
import type { SelfIdentity } from './self-identity.ts';
import { wait } from '../ports/clock.ts';
import { failureOf, patiently } from './web.ts';

const STOP_WITHIN_MS = 2_000;

/** A message found in the history. */
export interface FoundPost {
  readonly post: ChatPost;
  /** False where its thread is empty, so that nothing of Toban can stand there. */
  readonly hasReplies: boolean;
}

export interface HistoryDeps {
  readonly client: WebClient;
  readonly cursors: CursorStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly self: () => SelfIdentity;
  /** Takes the messages of one channel, oldest first; the cursor moves on only after it resolves. */
  readonly handle: (posts: readonly FoundPost[]) => Promise<void>;
}

interface HistoryMessage {
  readonly ts?: string;
  readonly reply_count?: number;
}

export class SlackHistory {
  readonly #deps: HistoryDeps;
  /** Why a channel cannot be read, as it was logged last. */
  readonly #unread = new Map<string, string>();
  #sweep: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: HistoryDeps) {
    this.#deps = deps;
  }

  /** Reads every channel from its cursor on; one after the other, one sweep at a time. */
  sweep(channels: readonly string[]): Promise<void> {
    const next = this.#sweep.then(async () => {
      for (const channel of channels) if (!this.#stopped) await this.#read(channel);
    });
    this.#sweep = next.catch(() => {});
    return next;
  }

  /**
   * Marks where the history of channels begins that were never read; before the line is opened, so that no alert
   * that comes in at a first start falls behind the mark.
   */
  async begin(channels: readonly string[]): Promise<void> {
    for (const channel of channels) {
      if ((await this.#deps.cursors.get(channel)) === undefined) await this.#markNow(channel);
    }
  }

  /** Lets a running sweep finish, but waits for no answer that Slack delays: the cursor stays, and the next start reads on. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.race([this.#sweep, wait(this.#deps.clock, STOP_WITHIN_MS)]);
  }

  /**
   * A first start: what stood before it is not Toban's to mention. The mark is Slack's own newest timestamp: by the
   * machine's clock, which never agrees with Slack's, an alert of the same moment could fall behind it.
   */
  async #markNow(channel: string): Promise<void> {
    const { client, clock, cursors, log } = this.#deps;
    try {
      const page = await patiently(clock, () => client.conversations.history({ channel, limit: 1 }));
      await cursors.set(channel, page.messages?.[0]?.ts ?? '0');
    } catch (error) {
      log.warn({ channel, failure: failureOf(error) }, 'where a channel ends was not shown; marked by the clock');
      await cursors.set(channel, `${Math.floor(clock.now() / 1000)}.000000`);
    }
  }

  async #read(channel: string): Promise<void> {
    const { client, clock, cursors, log } = this.#deps;
    try {
      const oldest = await cursors.get(channel);
      if (oldest === undefined) return await this.#markNow(channel);
      const messages: HistoryMessage[] = [];
      let cursor: string | undefined;
      do {
        const page = await patiently(clock, () =>
          client.conversations.history({ channel, oldest, limit: 200, ...(cursor ? { cursor } : {}) }),
        );
        messages.push(...((page.messages ?? []) as HistoryMessage[]));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor);
      const newest = messages.map(({ ts }) => ts ?? '').reduce((a, b) => (a > b ? a : b), '');
      const found = messages
        .toSorted((a, b) => ((a.ts ?? '') < (b.ts ?? '') ? -1 : 1))
        .flatMap((message) => {
          const post = readPost({ type: 'message', ...message, channel }, this.#deps.self());
          return post ? [{ post, hasReplies: (message.reply_count ?? 0) > 0 }] : [];
        });
      await this.#deps.handle(found);
      if (newest) await cursors.set(channel, newest);
      this.#unread.delete(channel);
    } catch (error) {
      if (this.#stopped) return;
      const failure = failureOf(error);
      // Refused is refused every minute, until somebody mends it.
      if (failure.kind === 'refused' && this.#unread.get(channel) === failure.code) return;
      this.#unread.set(channel, 'code' in failure ? failure.code : failure.kind);
      log.error({ channel, failure, err: error }, 'channel history could not be read');
    }
  }
}
