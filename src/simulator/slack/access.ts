/** Who may see and write where, and pages of long lists: the checks that many methods share. */
import type { Backend } from './backend.ts';
import type { SlackChannel } from './channels.ts';
import type { SlackMessage } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { optionalText, textOf } from './wire-values.ts';
import type { Answer, Fields } from './wire-values.ts';

type Handler = (args: Fields, backend: Backend) => Answer;
export type Methods = Readonly<Record<string, Handler>>;

/** A channel that the bot may know of: private ones exist for members only. */
export function visibleChannel(backend: Backend, id: unknown): SlackChannel {
  const channel = backend.channels.all.get(textOf(id));
  if (!channel || (channel.kind !== 'public' && !isMember(backend, channel))) throw new Refusal('channel_not_found');
  return channel;
}

export function memberChannel(backend: Backend, id: unknown): SlackChannel {
  const channel = visibleChannel(backend, id);
  if (!isMember(backend, channel)) throw new Refusal('not_in_channel');
  return channel;
}

/** A channel of which the bot is a member and which is not archived. */
export function writableChannel(backend: Backend, id: unknown): SlackChannel {
  const channel = memberChannel(backend, id);
  if (channel.isArchived) throw new Refusal('is_archived');
  return channel;
}

export function isMember(backend: Backend, channel: SlackChannel): boolean {
  return channel.members.has(backend.identity.botUserId);
}

export function messageAt(backend: Backend, channel: SlackChannel, ts: unknown): SlackMessage {
  const message = backend.log.find(channel.id, textOf(ts));
  if (!message || message.subtype === 'tombstone') throw new Refusal('message_not_found');
  return message;
}

/** One page of `items` and the cursor of the next, empty at the end. */
export function page<T>(
  items: readonly T[],
  args: Fields,
  limits: { standard: number; most: number },
): { items: readonly T[]; next: string } {
  const limit = args['limit'] === undefined ? limits.standard : Number(args['limit']);
  if (!Number.isInteger(limit) || limit < 0 || limit > limits.most) throw new Refusal('invalid_limit');
  const start = startOf(optionalText(args['cursor']));
  const size = limit === 0 ? limits.standard : limit;
  const next = start + size < items.length ? Buffer.from(`next:${start + size}`).toString('base64') : '';
  return { items: items.slice(start, start + size), next };
}

export function nextCursor(next: string): Answer {
  return { response_metadata: { next_cursor: next } };
}

function startOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const found = /^next:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString());
  if (!found) throw new Refusal('invalid_cursor');
  return Number(found[1]);
}
