/** The Rooms port on Slack: channels, their members, topic, pins, bookmarks and canvas. */

import type { WebClient } from '@slack/web-api';
import { clip } from '../blockkit/mrkdwn.ts';
import { ChatError } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Invited, Rooms } from '../ports/rooms.ts';
import type { SelfIdentity } from './self-identity.ts';
import { chatError, failureOf, patiently } from './web.ts';

const LONGEST_TOPIC = 250;
const MOST_INVITED = 100;
const MOST_TRIES = 4;
/** The host's clock may run ahead of Slack's by this much. */
const CLOCK_SLACK_MS = 15 * 60_000;

export interface RoomDeps {
  readonly client: WebClient;
  readonly clock: Clock;
  readonly self: SelfIdentity;
}

export function createRooms({ client, clock, self }: RoomDeps): Rooms {
  /** A call that may be repeated; `fine` names refusals that mean it was done before. */
  const again = async <T>(call: () => Promise<T>, fine: readonly string[] = []): Promise<T | undefined> => {
    try {
      return await patiently(clock, call);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'refused' && fine.includes(failure.code)) return undefined;
      throw chatError(error);
    }
  };
  const once = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      throw chatError(error);
    }
  };
  /** A call that would do it twice: again only where Slack surely did not do it. */
  const sure = async <T>(call: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await call();
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind !== 'rate_limited' || tries >= MOST_TRIES) throw chatError(error);
        await wait(clock, failure.retryAfterMs);
      }
    }
  };
  const setTopic = (channel: string, topic: string) => again(() => client.conversations.setTopic({ channel, topic }));
  return {
    create: async (name, { isPrivate }) => {
      try {
        const { channel } = await client.conversations.create({ name, is_private: isPrivate });
        if (channel?.id) return { kind: 'made', channel: channel.id };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind !== 'refused') throw chatError(error);
        return failure.code === 'name_taken' ? { kind: 'name_taken' } : { kind: 'refused', code: failure.code };
      }
      throw new ChatError('no_answer', 'Slack made a channel without telling its id; it is looked for.');
    },
    madeByUs: async (name, since) => {
      let cursor: string | undefined;
      do {
        const page = await again(() =>
          client.conversations.list({
            types: 'public_channel,private_channel',
            exclude_archived: true,
            limit: 1000,
            ...(cursor ? { cursor } : {}),
          }),
        );
        for (const { id, name: found, creator, created } of page?.channels ?? []) {
          const isOurs = creator === self.userId && (created ?? 0) * 1000 >= since - CLOCK_SLACK_MS;
          if (id && found === name && isOurs) return id;
        }
        cursor = page?.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return undefined;
    },
    invite: (channel, userIds) => invite(client, again, channel, userIds),
    setTopic: async (channel, topic) => {
      try {
        await setTopic(channel, clip(topic, LONGEST_TOPIC));
      } catch (error) {
        // Slack counts what it makes of the text, which may be longer.
        if (!(error instanceof ChatError) || error.code !== 'too_long') throw error;
        await setTopic(channel, clip(topic, LONGEST_TOPIC / 2));
      }
    },
    pin: async (channel, ts) => {
      await again(() => client.pins.add({ channel, timestamp: ts }), ['already_pinned', 'too_many_pins']);
    },
    addBookmark: async (channel, { title, url, emoji }) => {
      await sure(() =>
        client.bookmarks.add({
          channel_id: channel,
          type: 'link',
          title: clip(title, 150),
          link: url,
          ...(emoji ? { emoji } : {}),
        }),
      );
    },
    archive: async (channel) => {
      await again(() => client.conversations.archive({ channel }), ['already_archived']);
    },
    isIn: async (channel) => {
      const found = await again(() => client.conversations.info({ channel }), ['channel_not_found']);
      return found?.channel?.is_member === true;
    },
    members: async (channel) => {
      const members: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await again(() =>
          client.conversations.members({ channel, limit: 1000, ...(cursor ? { cursor } : {}) }),
        );
        members.push(...(page?.members ?? []));
        cursor = page?.response_metadata?.next_cursor || undefined;
      } while (cursor);
      return members;
    },
    writeCanvas: async (channel, { canvasId, title, markdown }) => {
      const content = { type: 'markdown' as const, markdown };
      if (canvasId) {
        await again(() =>
          client.canvases.edit({
            canvas_id: canvasId,
            changes: [{ operation: 'replace', document_content: content }],
          }),
        );
        return canvasId;
      }
      const made = await once(() =>
        client.conversations.canvases.create({ channel_id: channel, title, document_content: content }),
      );
      if (!made.canvas_id) throw new ChatError('no_canvas', 'Slack made no canvas; try again.');
      return made.canvas_id;
    },
  };
}

type Again = <T>(call: () => Promise<T>, fine?: readonly string[]) => Promise<T | undefined>;

/** One call for all; Slack names those whom it refuses, and with `force` the others get in. */
async function invite(client: WebClient, again: Again, channel: string, userIds: readonly string[]): Promise<Invited> {
  const failed: Record<string, string> = {};
  const take = (errors: unknown): boolean => {
    const named = Array.isArray(errors) ? (errors as { user?: string; error?: string }[]) : [];
    for (const { user, error } of named) if (user && error) failed[user] = error;
    return named.length > 0;
  };
  const inviteSome = async (some: readonly string[]): Promise<void> => {
    try {
      const answer = await again(() => client.conversations.invite({ channel, users: some.join(','), force: true }));
      take((answer as { errors?: unknown } | undefined)?.errors);
    } catch (error) {
      if (!(error instanceof ChatError) || failureOf(error.cause).kind !== 'refused') throw error;
      if (take((error.cause as { data?: { errors?: unknown } }).data?.errors)) return;
      const [only, ...others] = some;
      // It does not say who is meant: each by themselves, so that one keeps out nobody else.
      if (others.length > 0) for (const one of some) await inviteSome([one]);
      else if (only) failed[only] = error.code;
    }
  };
  for (let start = 0; start < userIds.length; start += MOST_INVITED) {
    await inviteSome(userIds.slice(start, start + MOST_INVITED));
  }
  for (const [user, code] of Object.entries(failed)) if (IN_ALREADY.has(code)) delete failed[user];
  return { failed };
}

const IN_ALREADY: ReadonlySet<string> = new Set(['already_in_channel', 'cant_invite_self']);
