/** The chat.* methods: posting, editing and deleting messages as the bot. */
import { isMember, memberChannel, messageAt, visibleChannel } from './access.ts';
import type { Methods } from './access.ts';
import { attachmentsOnWire, directChannel, ownMessage, publish, remove, revise, whisper } from './acts.ts';
import type { Backend } from './backend.ts';
import type { SlackChannel } from './channels.ts';
import { checkedMetadata, messageContent } from './message-content.ts';
import { isRoot, messageOnWire } from './message-log.ts';
import type { SlackMessage } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { flagOf, isFields, itemsOf, optionalText, textOf } from './wire-values.ts';
import type { Answer, Fields } from './wire-values.ts';

const LONGEST_POST = 40_000;
const LONGEST_UPDATE = 4000;

export const CHAT_METHODS: Methods = {
  'chat.postMessage': (args, backend) => {
    const channel = postableChannel(backend, textOf(args['channel']));
    const content = messageContent(args, backend.mint, LONGEST_POST);
    const thread = threadOf(backend, channel, args['thread_ts']);
    const metadata = checkedMetadata(args['metadata']);
    backend.limits.countMessage(channel.id);
    const message = publish(
      backend,
      ownMessage(backend, channel.id, {
        ...content,
        ...thread,
        ...(thread && flagOf(args['reply_broadcast']) ? { subtype: 'thread_broadcast' } : {}),
        ...customized(args, backend),
        ...(metadata ? { metadata } : {}),
      }),
    );
    return { channel: channel.id, ts: message.ts, message: messageOnWire(message, backend.log, true) };
  },

  'chat.update': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    const message = ownMessageAt(backend, channel, args['ts'], 'cant_update_message');
    if (channel.isArchived) throw new Refusal('is_archived');
    const content = messageContent(args, backend.mint, LONGEST_UPDATE);
    const { blocks: _blocks, metadata: oldMetadata, ...kept } = message;
    const cleared = isFields(args['metadata']) && Object.keys(args['metadata']).length === 0;
    const metadata = cleared ? undefined : (checkedMetadata(args['metadata']) ?? oldMetadata);
    const attachments =
      args['attachments'] === undefined ? message.attachments : attachmentsOnWire(args['attachments']);
    const next = revise(backend, {
      ...kept,
      ...content,
      ...(attachments ? { attachments } : {}),
      ...(metadata ? { metadata } : {}),
      // With blocks Slack shows no "edited".
      ...(content.blocks ? {} : { edited: { user: backend.identity.botUserId, ts: backend.mint.ts() } }),
    });
    return { channel: channel.id, ts: next.ts, text: next.text, message: messageOnWire(next, backend.log, true) };
  },

  'chat.delete': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    const message = ownMessageAt(backend, channel, args['ts'], 'cant_delete_message');
    remove(backend, message);
    return { channel: channel.id, ts: message.ts };
  },

  'chat.postEphemeral': (args, backend) => {
    const channel = memberChannel(backend, args['channel']);
    if (channel.isArchived) throw new Refusal('is_archived');
    const user = textOf(args['user']);
    if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
    const content = messageContent(args, backend.mint, LONGEST_POST);
    customized(args, backend);
    const thread = threadOf(backend, channel, args['thread_ts']);
    const ts = whisper(backend, {
      channel: channel.id,
      user,
      text: content.text,
      blocks: content.blocks ?? [],
      attachments: content.attachments ?? [],
      ...(thread ? { threadTs: thread.thread_ts } : {}),
    });
    return { message_ts: ts };
  },

  'chat.getPermalink': (args, backend) => {
    const channel = visibleChannel(backend, args['channel']);
    const message = messageAt(backend, channel, args['message_ts']);
    const thread = isRoot(message) ? '' : `?thread_ts=${message.thread_ts}&cid=${channel.id}`;
    const place = `archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`;
    return { channel: channel.id, permalink: `https://${backend.identity.teamDomain}.slack.com/${place}` };
  },
};

/** A channel id or name, or a person's id for a direct message; chat:write.public opens public channels to non-members. */
function postableChannel(backend: Backend, wanted: string): SlackChannel {
  const person = backend.directory.users.get(wanted);
  if (person?.deleted) throw new Refusal('channel_not_found');
  if (person) return directChannel(backend, [wanted]).channel;
  const channel = visibleChannel(
    backend,
    backend.channels.all.has(wanted) ? wanted : backend.channels.named(wanted.replace(/^#/, ''))?.id,
  );
  if (!isMember(backend, channel) && !backend.manifest.scopes.has('chat:write.public'))
    throw new Refusal('not_in_channel');
  if (channel.isArchived) throw new Refusal('is_archived');
  return channel;
}

function threadOf(
  backend: Backend,
  channel: SlackChannel,
  given: unknown,
): { thread_ts: string; parent_user_id?: string } | undefined {
  const threadTs = optionalText(given);
  if (threadTs === undefined) return undefined;
  const root = backend.log.find(channel.id, threadTs);
  if (!root) throw new Refusal('thread_not_found');
  if (!isRoot(root)) throw new Refusal('cannot_reply_to_message');
  return { thread_ts: threadTs, ...(root.user ? { parent_user_id: root.user } : {}) };
}

function customized(args: Fields, backend: Backend): Answer {
  const username = optionalText(args['username']);
  const icon = optionalText(args['icon_emoji']) ?? optionalText(args['icon_url']);
  if (username === undefined && icon === undefined) return {};
  if (!backend.manifest.scopes.has('chat:write.customize')) {
    throw new Refusal('missing_scope', {
      needed: 'chat:write.customize',
      provided: [...backend.manifest.scopes].join(','),
    });
  }
  return {
    subtype: 'bot_message',
    ...(username === undefined ? {} : { username }),
    ...(icon === undefined ? {} : { icons: icon.startsWith(':') ? { emoji: icon } : { image_48: icon } }),
  };
}

function ownMessageAt(backend: Backend, channel: SlackChannel, ts: unknown, refusal: string): SlackMessage {
  const message = messageAt(backend, channel, ts);
  if (message.bot_id !== backend.identity.botId || itemsOf(message.files).length > 0) throw new Refusal(refusal);
  return message;
}
