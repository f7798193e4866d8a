/** What changes a conversation, whoever does it: each act changes the state, shows it on the feed and tells the app. */
import type { Backend } from './backend.ts';
import { CHANNEL_KINDS, channelOnWire } from './channels.ts';
import type { SlackChannel } from './channels.ts';
import { isRoot, messageOnWire } from './message-log.ts';
import type { MessageToAdd, SlackMessage } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { fieldsOf, itemsOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

/** Adds a message and sends the `message` event, and `app_mention` where somebody else names the bot. */
export function publish(backend: Backend, message: MessageToAdd): SlackMessage {
  const stored = backend.log.add(message);
  backend.feed.emit({ kind: 'message', channel: stored.channel, ts: stored.ts, message: stored });
  const channel = backend.channels.require(stored.channel);
  const shown = { ...messageOnWire(stored, backend.log), team: backend.identity.teamId };
  tellMessage(backend, channel, { ...shown, event_ts: stored.ts });
  if (
    stored.firstMentions.includes(backend.identity.botUserId) &&
    stored.bot_id === undefined &&
    channel.kind !== 'im'
  ) {
    const event = { ...shown, type: 'app_mention', channel: channel.id, event_ts: stored.ts };
    if (channel.members.has(backend.identity.botUserId)) backend.events.emit('app_mention', 'app_mentions:read', event);
  }
  return stored;
}

/** Puts `next` in place of the message with its ts. */
export function revise(backend: Backend, next: SlackMessage): SlackMessage {
  const before = backend.log.find(next.channel, next.ts);
  if (!before) throw new Refusal('message_not_found');
  const previous = messageOnWire(before, backend.log);
  backend.log.replace(next);
  backend.feed.emit({ kind: 'changed', channel: next.channel, ts: next.ts, message: next });
  const eventTs = backend.mint.ts();
  tellMessage(backend, backend.channels.require(next.channel), {
    type: 'message',
    subtype: 'message_changed',
    hidden: true,
    message: messageOnWire(next, backend.log),
    previous_message: previous,
    ts: eventTs,
    event_ts: eventTs,
  });
  return next;
}

/** Removes a message; a root with replies leaves a tombstone. */
export function remove(backend: Backend, message: SlackMessage): void {
  const previous = messageOnWire(message, backend.log);
  if (isRoot(message) && backend.log.replies(message.channel, message.ts).length > 0) {
    const { type, channel, ts, firstMentions } = message;
    const text = 'This message was deleted.';
    backend.log.replace({
      type,
      channel,
      ts,
      firstMentions,
      thread_ts: ts,
      subtype: 'tombstone',
      user: 'USLACKBOT',
      text,
      hidden: true,
    });
  } else {
    backend.log.remove(message.channel, message.ts);
  }
  backend.feed.emit({ kind: 'deleted', channel: message.channel, ts: message.ts });
  const eventTs = backend.mint.ts();
  tellMessage(backend, backend.channels.require(message.channel), {
    type: 'message',
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: previous,
    ts: eventTs,
    event_ts: eventTs,
  });
}

export function react(backend: Backend, user: string, message: SlackMessage, name: string): void {
  const reactions = message.reactions ?? [];
  const same = reactions.find((reaction) => reaction.name === name);
  if (same?.users.includes(user)) throw new Refusal('already_reacted');
  const next = same
    ? reactions.map((reaction) => (reaction === same ? { name, users: [...reaction.users, user] } : reaction))
    : [...reactions, { name, users: [user] }];
  backend.log.replace({ ...message, reactions: next });
  tellReaction(backend, user, message, name, true);
}

export function unreact(backend: Backend, user: string, message: SlackMessage, name: string): void {
  const reactions = message.reactions ?? [];
  if (!reactions.some((reaction) => reaction.name === name && reaction.users.includes(user)))
    throw new Refusal('no_reaction');
  const next = reactions
    .map((reaction) =>
      reaction.name === name ? { name, users: reaction.users.filter((other) => other !== user) } : reaction,
    )
    .filter((reaction) => reaction.users.length > 0);
  backend.log.replace({ ...message, reactions: next });
  tellReaction(backend, user, message, name, false);
}

export function pin(backend: Backend, user: string, message: SlackMessage): void {
  const channel = backend.channels.require(message.channel);
  if (channel.pins.includes(message.ts)) return;
  channel.pins = [message.ts, ...channel.pins];
  tellPin(backend, channel, user, message, 'pin_added');
}

export function unpin(backend: Backend, user: string, message: SlackMessage): void {
  const channel = backend.channels.require(message.channel);
  channel.pins = channel.pins.filter((ts) => ts !== message.ts);
  tellPin(backend, channel, user, message, 'pin_removed');
}

/** A line that Slack itself writes into a channel, such as "set the channel topic". */
export function note(
  backend: Backend,
  channel: SlackChannel,
  user: string,
  subtype: string,
  text: string,
  extra: Fields = {},
): void {
  if (channel.kind === 'im' || channel.kind === 'mpim') return;
  publish(backend, { type: 'message', subtype, channel: channel.id, ts: backend.mint.ts(), user, text, ...extra });
}

export function join(backend: Backend, channel: SlackChannel, user: string, inviter?: string): void {
  if (channel.members.has(user)) return;
  channel.members.add(user);
  changed(backend, channel, 'member_joined');
  note(backend, channel, user, 'channel_join', `<@${user}> has joined the channel`, inviter ? { inviter } : {});
  tellMembership(backend, channel, user, 'member_joined_channel', inviter);
}

export function leave(backend: Backend, channel: SlackChannel, user: string): void {
  tellMembership(backend, channel, user, 'member_left_channel');
  channel.members.delete(user);
  changed(backend, channel, 'member_left');
}

/** Tells of a change to the channel itself: channel_created, channel_rename, channel_archive … (group_… for private ones). */
export function tellChannel(backend: Backend, channel: SlackChannel, what: string, extra: Fields = {}): void {
  changed(backend, channel, what);
  const kind = CHANNEL_KINDS[channel.kind];
  const type = `${kind.event}_${what}`;
  backend.events.emit(type, `${kind.scope}:read`, { type, channel: channel.id, event_ts: backend.mint.ts(), ...extra });
}

/** Shows an ephemeral message to one person. */
export function whisper(backend: Backend, message: Omit<Backend['ephemerals'][number], 'ts'>): string {
  const ts = backend.mint.ts();
  const shown = { ...message, ts };
  backend.ephemerals = [...backend.ephemerals, shown];
  backend.feed.emit({ kind: 'ephemeral', channel: message.channel, user: message.user, message: shown });
  return ts;
}

/** The fields of a message that the bot itself posts. */
export function ownMessage(backend: Backend, channel: string, fields: Fields): MessageToAdd {
  const { identity } = backend;
  return {
    type: 'message',
    channel,
    ts: backend.mint.ts(),
    text: '',
    user: identity.botUserId,
    bot_id: identity.botId,
    app_id: identity.appId,
    team: identity.teamId,
    bot_profile: {
      id: identity.botId,
      app_id: identity.appId,
      name: identity.botName,
      deleted: false,
      updated: 0,
      team_id: identity.teamId,
    },
    ...fields,
  };
}

/** Attachments get numbers and, like Slack's, a fallback. */
export function attachmentsOnWire(attachments: unknown): Fields[] {
  return itemsOf(attachments)
    .map(fieldsOf)
    .map((attachment, index) => ({
      id: index + 1,
      fallback: attachment['text'] ?? attachment['title'] ?? '[no preview available]',
      ...attachment,
    }));
}

export function directChannel(backend: Backend, users: readonly string[]): { channel: SlackChannel; existed: boolean } {
  const members = [...new Set([backend.identity.botUserId, ...users])];
  const existing = backend.channels.direct(members);
  if (existing) return { channel: existing, existed: true };
  const many = members.length > 2;
  const channel = backend.channels.add({
    id: backend.mint.id(many ? 'G' : 'D'),
    kind: many ? 'mpim' : 'im',
    name: many ? `mpdm-${members.join('--')}-1`.toLowerCase() : '',
    creator: backend.identity.botUserId,
    created: backend.mint.seconds(),
    members,
  });
  changed(backend, channel, 'added');
  return { channel, existed: false };
}

function changed(backend: Backend, channel: SlackChannel, what: string): void {
  backend.feed.emit({ kind: 'channel', channel: channel.id, what });
}

function tellMessage(backend: Backend, channel: SlackChannel, event: Fields): void {
  if (!channel.members.has(backend.identity.botUserId)) return;
  const kind = CHANNEL_KINDS[channel.kind];
  const subscription = {
    public: 'message.channels',
    private: 'message.groups',
    im: 'message.im',
    mpim: 'message.mpim',
  }[channel.kind];
  backend.events.emit(subscription, `${kind.scope}:history`, {
    ...event,
    channel: channel.id,
    channel_type: kind.event,
  });
}

function tellReaction(backend: Backend, user: string, message: SlackMessage, name: string, added: boolean): void {
  backend.feed.emit({ kind: 'reaction', channel: message.channel, ts: message.ts, user, name, added });
  if (!backend.channels.require(message.channel).members.has(backend.identity.botUserId)) return;
  const type = added ? 'reaction_added' : 'reaction_removed';
  backend.events.emit(type, 'reactions:read', {
    type,
    user,
    reaction: name,
    item: { type: 'message', channel: message.channel, ts: message.ts },
    ...(message.user ? { item_user: message.user } : {}),
    event_ts: backend.mint.ts(),
  });
}

function tellPin(backend: Backend, channel: SlackChannel, user: string, message: SlackMessage, type: string): void {
  changed(backend, channel, type);
  if (!channel.members.has(backend.identity.botUserId)) return;
  const item = { type: 'message', channel: channel.id, message: messageOnWire(message, backend.log) };
  backend.events.emit(type, 'pins:read', { type, user, channel_id: channel.id, item, event_ts: backend.mint.ts() });
}

function tellMembership(backend: Backend, channel: SlackChannel, user: string, type: string, inviter?: string): void {
  if (!channel.members.has(backend.identity.botUserId)) return;
  backend.events.emit(type, `${CHANNEL_KINDS[channel.kind].scope}:read`, {
    type,
    user,
    channel: channel.id,
    channel_type: channel.kind === 'public' ? 'C' : 'G',
    team: backend.identity.teamId,
    ...(inviter ? { inviter } : {}),
    event_ts: backend.mint.ts(),
  });
}

export function channelShown(backend: Backend, channel: SlackChannel, withCount = true): Fields {
  return channelOnWire(channel, backend.identity.botUserId, { withCount });
}
