/** Every message of every channel, in the order posted, with threads, edits, reactions and pages of history. */
import { liveMentions } from './markup.ts';
import type { Answer, Fields } from './wire-values.ts';

interface Reaction {
  readonly name: string;
  users: string[];
}

/** A message as stored: the wire's own fields, and what only the simulator knows. */
export interface SlackMessage {
  readonly type: 'message';
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
  readonly subtype?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly username?: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly Fields[];
  readonly attachments?: readonly Fields[];
  readonly metadata?: Fields;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly Reaction[];
  readonly files?: readonly Fields[];
  /** Mentions of the first post: Slack notifies nobody for an edit. */
  readonly firstMentions: readonly string[];
  readonly [field: string]: unknown;
}

/** What a caller gives to be stored. */
export interface MessageToAdd extends Fields {
  readonly type: 'message';
  readonly channel: string;
  readonly ts: string;
  readonly text: string;
}

const OWN_FIELDS = new Set(['channel', 'firstMentions', 'metadata', 'channel_type', 'event_ts']);

export class MessageLog {
  readonly #channels = new Map<string, SlackMessage[]>();

  all(channel: string): readonly SlackMessage[] {
    return this.#channels.get(channel) ?? [];
  }

  add(message: MessageToAdd): SlackMessage {
    const stored: SlackMessage = { ...message, firstMentions: liveMentions(message) };
    const list = this.#channels.get(stored.channel) ?? [];
    this.#channels.set(stored.channel, [...list, stored]);
    return stored;
  }

  find(channel: string, ts: string): SlackMessage | undefined {
    return this.all(channel).find((message) => message.ts === ts);
  }

  replace(message: SlackMessage): void {
    this.#channels.set(
      message.channel,
      this.all(message.channel).map((other) => (other.ts === message.ts ? message : other)),
    );
  }

  remove(channel: string, ts: string): void {
    this.#channels.set(
      channel,
      this.all(channel).filter((message) => message.ts !== ts),
    );
  }

  replies(channel: string, rootTs: string): readonly SlackMessage[] {
    return this.all(channel).filter((message) => message.thread_ts === rootTs && message.ts !== rootTs);
  }

  /** The top level of a channel: roots and replies that were also sent to the channel. */
  roots(channel: string): readonly SlackMessage[] {
    return this.all(channel).filter((message) => isRoot(message) || message.subtype === 'thread_broadcast');
  }
}

export function isRoot(message: SlackMessage): boolean {
  return message.thread_ts === undefined || message.thread_ts === message.ts;
}

/** A message as history, replies and events show it. Metadata is shown only to those who asked. */
export function messageOnWire(message: SlackMessage, log: MessageLog, withMetadata = false): Fields {
  const shown: Answer = {};
  for (const [name, value] of Object.entries(message)) {
    if (!OWN_FIELDS.has(name) && value !== undefined) shown[name] = value;
  }
  if (message.reactions) {
    shown['reactions'] = message.reactions.map((reaction) => ({ ...reaction, count: reaction.users.length }));
  }
  const replies = isRoot(message) ? log.replies(message.channel, message.ts) : [];
  if (replies.length > 0) {
    const people = [...new Set(replies.map((reply) => reply.user ?? reply.bot_id ?? ''))];
    shown['thread_ts'] = message.ts;
    shown['reply_count'] = replies.length;
    shown['reply_users_count'] = people.length;
    shown['reply_users'] = people.slice(0, 5);
    shown['latest_reply'] = replies.at(-1)?.ts;
    shown['is_locked'] = false;
    shown['subscribed'] = false;
  }
  if (withMetadata && message.metadata) shown['metadata'] = message.metadata;
  return shown;
}

/** The part of `messages` between two timestamps; both ends are left out unless `inclusive`. */
export function between(
  messages: readonly SlackMessage[],
  range: { readonly oldest?: string | undefined; readonly latest?: string | undefined; readonly inclusive: boolean },
): SlackMessage[] {
  return messages.filter((message) => {
    const after = range.oldest === undefined ? 1 : compareTs(message.ts, range.oldest);
    const before = range.latest === undefined ? -1 : compareTs(message.ts, range.latest);
    return range.inclusive ? after >= 0 && before <= 0 : after > 0 && before < 0;
  });
}

/** Timestamps are text: seconds and microseconds compare apart, as a number loses the last digits. */
function compareTs(one: string, other: string): number {
  const [seconds = '0', micros = ''] = one.split('.');
  const [otherSeconds = '0', otherMicros = ''] = other.split('.');
  return Number(seconds) - Number(otherSeconds) || Number(micros.padEnd(6, '0')) - Number(otherMicros.padEnd(6, '0'));
}
