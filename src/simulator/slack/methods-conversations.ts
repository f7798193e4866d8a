/** The conversations.* methods that change a conversation, and the lists of conversations and members. */
import { memberChannel, nextCursor, page, visibleChannel, writableChannel } from './access.ts';
import type { Methods } from './access.ts';
import { channelShown, directChannel, join, leave, note, tellChannel } from './acts.ts';
import type { Backend } from './backend.ts';
import { CHANNEL_KINDS } from './channels.ts';
import type { SlackChannel } from './channels.ts';
import { Refusal } from './refusal.ts';
import { flagOf, listOf, optionalText, textOf } from './wire-values.ts';
import type { Answer, Fields } from './wire-values.ts';

const LONGEST_TOPIC = 250;
const LONGEST_NAME = 80;
const MOST_INVITED = 100;

export const CONVERSATION_METHODS: Methods = {
  'conversations.list': (args, backend) => {
    const seen = [...backend.channels.all.values()].filter(
      (channel) => channel.kind === 'public' || channel.members.has(backend.identity.botUserId),
    );
    return listed(backend, seen, args);
  },

  'users.conversations': (args, backend) => {
    const user = optionalText(args['user']) ?? backend.identity.botUserId;
    const seen = [...backend.channels.all.values()].filter(
      (channel) =>
        channel.members.has(user) && (channel.kind === 'public' || channel.members.has(backend.identity.botUserId)),
    );
    return listed(backend, seen, args);
  },

  'conversations.info': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    return { channel: channelShown(backend, channel, flagOf(args['include_num_members'])) };
  },

  'conversations.members': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    const { items, next } = page([...channel.members], args, { standard: 100, most: 1000 });
    return { members: items, ...nextCursor(next) };
  },

  'conversations.create': (args, backend) => {
    const name = checkedName(textOf(args['name']));
    if (backend.channels.named(name)) throw new Refusal('name_taken');
    const bot = backend.identity.botUserId;
    const channel = backend.channels.add({
      id: backend.mint.id('C'),
      kind: flagOf(args['is_private']) ? 'private' : 'public',
      name,
      creator: bot,
      created: backend.mint.seconds(),
      members: [bot],
    });
    const shown = channelShown(backend, channel);
    if (channel.kind === 'public') tellChannel(backend, channel, 'created', { channel: shown });
    else backend.feed.emit({ kind: 'channel', channel: channel.id, what: 'created' });
    return { channel: shown };
  },

  'conversations.join': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
    if (channel.isArchived) throw new Refusal('is_archived');
    const already = channel.members.has(backend.identity.botUserId);
    join(backend, channel, backend.identity.botUserId);
    return { channel: channelShown(backend, channel), ...(already ? { warning: 'already_in_channel' } : {}) };
  },

  'conversations.leave': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    if (!channel.members.has(backend.identity.botUserId)) return { not_in_channel: true };
    leave(backend, channel, backend.identity.botUserId);
    return {};
  },

  'conversations.kick': (args, backend) => {
    const channel = writableChannel(backend, args['channel']);
    const user = textOf(args['user']);
    if (user === backend.identity.botUserId) throw new Refusal('cant_kick_self');
    if (!channel.members.has(user)) throw new Refusal('not_in_channel');
    leave(backend, channel, user);
    return { errors: {} };
  },

  'conversations.invite': (args, backend) => {
    const channel = writableChannel(backend, args['channel']);
    const users = listOf(args['users']);
    if (users.length === 0) throw new Refusal('no_user');
    if (users.length > MOST_INVITED) throw new Refusal('too_many_users');
    const faults = users
      .map((user) => ({ user, error: inviteFault(backend, channel, user) }))
      .filter(({ error }) => error !== undefined);
    const errors = faults.map(({ user, error }) => ({ ok: false, error, user }));
    const first = faults[0]?.error;
    if (first !== undefined && (!flagOf(args['force']) || faults.length === users.length))
      throw new Refusal(first, { errors });
    for (const user of users) {
      if (!faults.some((fault) => fault.user === user)) join(backend, channel, user, backend.identity.botUserId);
    }
    return { channel: channelShown(backend, channel), ...(errors.length > 0 ? { errors } : {}) };
  },

  'conversations.open': (args, backend) => {
    const given = optionalText(args['channel']);
    if (given !== undefined) return { channel: channelShown(backend, visibleChannel(backend, given)) };
    const users = listOf(args['users']);
    if (users.length === 0) throw new Refusal('users_list_not_supplied');
    if (users.length > 8) throw new Refusal('too_many_users');
    for (const user of users) {
      const known = backend.directory.users.get(user);
      if (!known) throw new Refusal('user_not_found');
      if (known.deleted) throw new Refusal('user_disabled');
    }
    const { channel, existed } = directChannel(backend, users);
    const shown = flagOf(args['return_im']) ? channelShown(backend, channel) : { id: channel.id };
    return { ...(existed ? { no_op: true, already_open: true } : {}), channel: shown };
  },

  'conversations.archive': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    if (channel.isArchived) throw new Refusal('already_archived');
    note(backend, channel, backend.identity.botUserId, 'channel_archive', 'archived the channel');
    channel.isArchived = true;
    tellChannel(backend, channel, 'archive', { user: backend.identity.botUserId });
    return {};
  },

  'conversations.unarchive': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    if (!channel.isArchived) throw new Refusal('not_archived');
    channel.isArchived = false;
    tellChannel(backend, channel, 'unarchive', { user: backend.identity.botUserId });
    return {};
  },

  'conversations.rename': (args, backend) => {
    const channel = writableChannel(backend, args['channel']);
    const name = checkedName(textOf(args['name']));
    const other = backend.channels.named(name);
    if (other && other !== channel) throw new Refusal('name_taken');
    const before = channel.name;
    channel.name = name;
    note(
      backend,
      channel,
      backend.identity.botUserId,
      'channel_name',
      `renamed the channel from "${before}" to "${name}"`,
      { old_name: before, name },
    );
    tellChannel(backend, channel, 'rename', { channel: { id: channel.id, name, created: channel.created } });
    return { channel: channelShown(backend, channel) };
  },

  'conversations.setTopic': (args, backend) => {
    const channel = writableChannel(backend, args['channel']);
    const topic = textOf(args['topic']);
    if (topic.length > LONGEST_TOPIC) throw new Refusal('too_long');
    if (topic !== channel.topic) {
      channel.topic = topic;
      note(backend, channel, backend.identity.botUserId, 'channel_topic', `set the channel topic: ${topic}`, { topic });
    }
    return { channel: channelShown(backend, channel), topic };
  },

  'conversations.setPurpose': (args, backend) => {
    const channel = writableChannel(backend, args['channel']);
    const purpose = textOf(args['purpose']);
    if (purpose.length > LONGEST_TOPIC) throw new Refusal('too_long');
    if (purpose !== channel.purpose) {
      channel.purpose = purpose;
      note(backend, channel, backend.identity.botUserId, 'channel_purpose', `set the channel description: ${purpose}`, {
        purpose,
      });
    }
    return { channel: channelShown(backend, channel), purpose };
  },
};

function listed(backend: Backend, channels: readonly SlackChannel[], args: Fields): Answer {
  const types = listOf(args['types'] ?? 'public_channel');
  const known = Object.values(CHANNEL_KINDS).map((kind) => kind.listed);
  if (!types.every((type) => known.includes(type))) throw new Refusal('invalid_types');
  const wanted = channels.filter(
    (channel) =>
      types.includes(CHANNEL_KINDS[channel.kind].listed) && !(flagOf(args['exclude_archived']) && channel.isArchived),
  );
  const { items, next } = page(wanted, args, { standard: 100, most: 1000 });
  return { channels: items.map((channel) => channelShown(backend, channel)), ...nextCursor(next) };
}

function checkedName(name: string): string {
  if (name === '') throw new Refusal('invalid_name_required');
  if (name.length > LONGEST_NAME) throw new Refusal('invalid_name_maxlength');
  if (/^[-_]+$/.test(name)) throw new Refusal('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new Refusal('invalid_name_specials');
  return name;
}

function inviteFault(backend: Backend, channel: SlackChannel, user: string): string | undefined {
  const known = backend.directory.users.get(user);
  if (user === backend.identity.botUserId) return 'cant_invite_self';
  if (!known) return 'user_not_found';
  if (known.deleted) return 'cant_invite';
  return channel.members.has(user) ? 'already_in_channel' : undefined;
}
