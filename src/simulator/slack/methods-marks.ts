/** Reactions, pins and bookmarks: what is stuck to messages and channels. */
import { memberChannel, messageAt, visibleChannel, writableChannel } from './access.ts';
import type { Methods } from './access.ts';
import { pin, react, unpin, unreact } from './acts.ts';
import type { Backend } from './backend.ts';
import type { Bookmark, SlackChannel } from './channels.ts';
import { messageOnWire } from './message-log.ts';
import type { SlackMessage } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const MOST_PINS = 100;
const MOST_BOOKMARKS = 100;

export const MARK_METHODS: Methods = {
  'reactions.add': (args, backend) => {
    const message = markable(backend, args);
    const name = textOf(args['name']);
    if (!/^[\w+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
    react(backend, backend.identity.botUserId, message, name);
    return {};
  },

  'reactions.remove': (args, backend) => {
    unreact(backend, backend.identity.botUserId, markable(backend, args), textOf(args['name']));
    return {};
  },

  'reactions.get': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    const message = messageAt(backend, channel, args['timestamp']);
    return { type: 'message', channel: channel.id, message: messageOnWire(message, backend.log) };
  },

  'pins.add': (args, backend) => {
    const message = markable(backend, args);
    const channel = backend.channels.require(message.channel);
    if (channel.pins.includes(message.ts)) throw new Refusal('already_pinned');
    if (channel.pins.length >= MOST_PINS) throw new Refusal('too_many_pins');
    pin(backend, backend.identity.botUserId, message);
    return {};
  },

  'pins.remove': (args, backend) => {
    const message = markable(backend, args);
    const channel = backend.channels.require(message.channel);
    if (!channel.pins.includes(message.ts)) throw new Refusal('no_pin');
    unpin(backend, backend.identity.botUserId, message);
    return {};
  },

  'pins.list': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    const pinned = channel.pins
      .map((ts) => backend.log.find(channel.id, ts))
      .filter((message) => message !== undefined);
    return {
      items: pinned.map((message) => ({
        type: 'message',
        channel: channel.id,
        created: Math.floor(Number(message.ts)),
        created_by: backend.identity.botUserId,
        message: messageOnWire(message, backend.log),
      })),
    };
  },

  'bookmarks.add': (args, backend) => {
    const channel = writableChannel(backend, args['channel_id']);
    if (args['type'] !== 'link') throw new Refusal('invalid_bookmark_type');
    const link = textOf(args['link']);
    if (!URL.canParse(link)) throw new Refusal('invalid_link');
    if (channel.bookmarks.length >= MOST_BOOKMARKS) throw new Refusal('too_many_bookmarks');
    const bookmark: Bookmark = {
      id: backend.mint.id('Bk'),
      channel_id: channel.id,
      title: textOf(args['title']),
      link,
      emoji: textOf(args['emoji']),
      type: 'link',
    };
    return keep(backend, channel, [...channel.bookmarks, bookmark], bookmark);
  },

  'bookmarks.edit': (args, backend) => {
    const channel = writableChannel(backend, args['channel_id']);
    const before = bookmarkOf(channel, args);
    const link = optionalText(args['link']) ?? before.link;
    if (!URL.canParse(link)) throw new Refusal('invalid_link');
    const next = {
      ...before,
      link,
      title: optionalText(args['title']) ?? before.title,
      emoji: optionalText(args['emoji']) ?? before.emoji,
    };
    return keep(
      backend,
      channel,
      channel.bookmarks.map((other) => (other === before ? next : other)),
      next,
    );
  },

  'bookmarks.list': (args, backend) => ({ bookmarks: visibleChannel(backend, args['channel_id']).bookmarks }),

  'bookmarks.remove': (args, backend) => {
    const channel = writableChannel(backend, args['channel_id']);
    const gone = bookmarkOf(channel, args);
    keep(
      backend,
      channel,
      channel.bookmarks.filter((other) => other !== gone),
      gone,
    );
    return {};
  },
};

function markable(backend: Backend, args: Fields): SlackMessage {
  if (args['timestamp'] === undefined) throw new Refusal('no_item_specified');
  return messageAt(backend, writableChannel(backend, args['channel']), args['timestamp']);
}

function bookmarkOf(channel: SlackChannel, args: Fields): Bookmark {
  const found = channel.bookmarks.find((bookmark) => bookmark.id === args['bookmark_id']);
  if (!found) throw new Refusal('not_found');
  return found;
}

function keep(
  backend: Backend,
  channel: SlackChannel,
  bookmarks: Bookmark[],
  bookmark: Bookmark,
): Record<string, unknown> {
  channel.bookmarks = bookmarks;
  backend.feed.emit({ kind: 'channel', channel: channel.id, what: 'bookmarks' });
  return { bookmark };
}
