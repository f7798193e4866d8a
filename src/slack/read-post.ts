/** A Slack `message` event, or a message of a channel's history, as the ChatPost that features understand. */

import type { ChatPost, PostAuthor, PostPart } from '../ports/chat.ts';
import type { Json } from './gathering.ts';
import { asObject, asString, Gathering } from './gathering.ts';
import { readAttachments } from './read-attachments.ts';
import { readBlocks } from './read-blocks.ts';
import type { SelfIdentity } from './self-identity.ts';

// Everything else (joins, topics, pins, tombstones, …) is Slack talking about the channel.
const SPOKEN = new Set([undefined, 'bot_message', 'file_share', 'me_message', 'thread_broadcast']);

function id(value: unknown): string | undefined {
  const given = asString(value);
  return given === undefined || given.length > 64 ? undefined : given;
}

function timestamp(value: unknown): string | undefined {
  const given = id(value);
  return given !== undefined && /^\d+(?:\.\d+)?$/.test(given) ? given : undefined;
}

function readAuthor(message: Json, self: SelfIdentity): PostAuthor | undefined {
  const profile = asObject(message['bot_profile']);
  const userId = id(message['user']);
  const botId = id(message['bot_id']) ?? id(profile?.['id']);
  const appId = id(message['app_id']) ?? id(profile?.['app_id']);
  if (userId === self.userId) return { kind: 'self' };
  if (botId !== undefined && botId === self.botId) return { kind: 'self' };
  if (appId !== undefined && appId === self.appId) return { kind: 'self' };
  // A classic app or a customised username has no `user` (slackapi/bolt-python#198); a modern app has both.
  if (botId !== undefined || message['subtype'] === 'bot_message' || (appId !== undefined && userId === undefined)) {
    const name = asString(message['username']) ?? asString(profile?.['name']) ?? appId ?? botId ?? 'app';
    return {
      kind: 'app',
      ...(appId === undefined ? {} : { appId }),
      ...(botId === undefined ? {} : { botId }),
      name: name.slice(0, 200),
    };
  }
  return userId === undefined ? undefined : { kind: 'person', id: userId };
}

function blocksPart(blocks: unknown, into: Gathering): PostPart[] {
  const { title, lines, fields } = readBlocks(blocks, into, 1);
  const text = lines.join('\n');
  if (title === undefined && text === '' && fields.length === 0) return [];
  return [{ ...(title === undefined ? {} : { title }), text, fields }];
}

function readMessage(message: Json, channel: string, edited: boolean, self: SelfIdentity): ChatPost | undefined {
  const ts = timestamp(message['ts']);
  const subtype = message['subtype'] ?? undefined;
  if (ts === undefined || !SPOKEN.has(subtype as string | undefined) || message['hidden'] === true) return undefined;
  const author = readAuthor(message, self);
  if (author === undefined) return undefined;
  const threadTs = timestamp(message['thread_ts']);
  const into = new Gathering();
  const text = into.text(message['text']);
  const parts = [...blocksPart(message['blocks'], into), ...readAttachments(message['attachments'], into)];
  return {
    channel,
    ts,
    ...(threadTs === undefined || threadTs === ts ? {} : { threadTs }),
    author,
    edited,
    text,
    parts,
    links: into.links,
  };
}

/** Undefined for what nobody said: deletions, joins, topics, and anything malformed. Never throws. */
export function readPost(event: unknown, self: SelfIdentity): ChatPost | undefined {
  const outer = asObject(event);
  const channel = id(outer?.['channel']);
  if (outer === undefined || channel === undefined) return undefined;
  if (outer['type'] !== undefined && outer['type'] !== 'message') return undefined;
  if (outer['subtype'] !== 'message_changed') return readMessage(outer, channel, false, self);
  const inner = asObject(outer['message']);
  return inner === undefined ? undefined : readMessage(inner, channel, true, self);
}
