/** views.* and files.*: modals, home tabs and uploads. */
import { writableChannel } from './access.ts';
import type { Methods } from './access.ts';
import { ownMessage, publish } from './acts.ts';
import type { Backend, UploadedFile } from './backend.ts';
import type { Canvas } from './canvases.ts';
import type { SlackChannel } from './channels.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import { fieldsOf, itemsOf, listOf, optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export const SURFACE_METHODS: Methods = {
  'views.open': (args, { triggers, views }) => {
    const trigger = triggers.exchange(pointerOf(args));
    return { view: views.onWire(views.open(trigger.user, args['view'])) };
  },

  'views.push': (args, { triggers, views }) => {
    const trigger = triggers.exchange(pointerOf(args));
    return {
      view: views.onWire(
        views.push(trigger.viewId === undefined ? undefined : views.find(trigger.viewId), args['view']),
      ),
    };
  },

  'views.update': (args, { views }) => {
    const wanted = {
      id: optionalText(args['view_id']),
      externalId: optionalText(args['external_id']),
      hash: optionalText(args['hash']),
    };
    if (!wanted.id && !wanted.externalId)
      throw refusalWithMessages('invalid_arguments', ['missing required field: view_id']);
    return { view: views.onWire(views.update(wanted, args['view'])) };
  },

  'views.publish': (args, { views, manifest, directory }) => {
    if (!manifest.homeTab) throw new Refusal('not_enabled');
    const user = textOf(args['user_id']);
    if (!directory.users.has(user)) throw new Refusal('user_not_found');
    return { view: views.onWire(views.publish(user, args['view'], optionalText(args['hash']))) };
  },

  'files.getUploadURLExternal': (args, backend) => {
    const length = Number(args['length']);
    if (!Number.isInteger(length) || length <= 0)
      throw refusalWithMessages('invalid_arguments', ['length must be a positive integer']);
    const id = backend.mint.id('F');
    const name = textOf(args['filename']);
    backend.files.set(id, { id, name, length, title: name, content: undefined, shares: [] });
    return { upload_url: `${backend.origin()}/upload/${id}`, file_id: id };
  },

  'files.completeUploadExternal': (args, backend) => {
    const files = itemsOf(args['files'])
      .map(fieldsOf)
      .map((given) => {
        const file = backend.files.get(textOf(given['id']));
        if (!file?.content) throw new Refusal('file_not_found');
        file.title = optionalText(given['title']) ?? file.title;
        return file;
      });
    if (files.length === 0) throw new Refusal('file_not_found');
    const channels = [...listOf(args['channel_id']), ...listOf(args['channels'])].map((id) =>
      writableChannel(backend, id),
    );
    for (const channel of channels) share(backend, channel, files, args);
    return { files: files.map((file) => fileOnWire(backend, file)) };
  },

  'files.info': (args, backend) => {
    const canvas = backend.canvases.get(textOf(args['file']));
    const file = backend.files.get(textOf(args['file']));
    if (!canvas && !file?.content) throw new Refusal('file_not_found');
    const shown = canvas ? canvasOnWire(backend, canvas) : file && fileOnWire(backend, file, true);
    return { file: shown, comments: [], response_metadata: { next_cursor: '' } };
  },
};

function pointerOf(args: Fields): string {
  const pointer = optionalText(args['trigger_id']) ?? optionalText(args['interactivity_pointer']);
  if (pointer === undefined) throw refusalWithMessages('invalid_arguments', ['missing required field: trigger_id']);
  return pointer;
}

function share(backend: Backend, channel: SlackChannel, files: readonly UploadedFile[], args: Fields): void {
  const thread = optionalText(args['thread_ts']);
  if (thread !== undefined && !backend.log.find(channel.id, thread)) throw new Refusal('thread_not_found');
  const message = publish(
    backend,
    ownMessage(backend, channel.id, {
      subtype: 'file_share',
      text: textOf(args['initial_comment']),
      files: files.map((file) => fileOnWire(backend, file)),
      ...(thread === undefined ? {} : { thread_ts: thread }),
    }),
  );
  for (const file of files) file.shares = [...file.shares, { channel: channel.id, ts: message.ts }];
}

/** `withShares` as files.info shows it: in which message of which channel it stands. */
function fileOnWire(backend: Backend, file: UploadedFile, withShares = false): Fields {
  return {
    id: file.id,
    name: file.name,
    title: file.title,
    size: file.length,
    user: backend.identity.botUserId,
    filetype: file.name.split('.').at(-1) ?? 'text',
    mode: 'hosted',
    url_private: `${backend.origin()}/files/${file.id}`,
    permalink: `https://${backend.identity.teamDomain}.slack.com/files/${backend.identity.botUserId}/${file.id}`,
    ...(withShares ? { shares: sharesOf(backend, file), channels: file.shares.map(({ channel }) => channel) } : {}),
  };
}

function sharesOf(backend: Backend, file: UploadedFile): Fields {
  const shares: Record<'public' | 'private', Record<string, Fields[]>> = { public: {}, private: {} };
  for (const { channel, ts } of file.shares) {
    const kind = backend.channels.require(channel).kind === 'public' ? 'public' : 'private';
    shares[kind][channel] = [...(shares[kind][channel] ?? []), { ts }];
  }
  return shares;
}

function canvasOnWire(backend: Backend, canvas: Canvas): Fields {
  const { identity } = backend;
  return {
    id: canvas.id,
    name: canvas.title,
    title: canvas.title,
    user: identity.botUserId,
    filetype: 'quip',
    mode: 'quip',
    permalink: `https://${identity.teamDomain}.slack.com/docs/${identity.teamId}/${canvas.id}`,
  };
}
