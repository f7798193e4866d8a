/** views.*, files.* and canvases: modals, home tabs, uploads and channel canvases. */
import { memberChannel, writableChannel } from './access.ts';
import type { Methods } from './access.ts';
import { ownMessage, publish } from './acts.ts';
import type { Backend, UploadedFile } from './backend.ts';
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
    backend.files.set(id, { id, name, length, title: name, content: undefined, shared: false });
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
    const file = backend.files.get(textOf(args['file']));
    if (!file?.content) throw new Refusal('file_not_found');
    return { file: fileOnWire(backend, file), comments: [], response_metadata: { next_cursor: '' } };
  },

  'conversations.canvases.create': (args, backend) => {
    const channel = memberChannel(backend, args['channel_id']);
    if (channel.canvas) throw new Refusal('channel_canvas_already_exists');
    const id = backend.mint.id('F');
    channel.canvas = { id, title: textOf(args['title']), markdown: markdownOf(args['document_content']) };
    backend.feed.emit({ kind: 'channel', channel: channel.id, what: 'canvas' });
    return { canvas_id: id };
  },

  'canvases.edit': (args, backend) => {
    const channel = [...backend.channels.all.values()].find((other) => other.canvas?.id === args['canvas_id']);
    const canvas = channel?.canvas;
    if (!canvas || !channel) throw new Refusal('canvas_not_found');
    const changes = itemsOf(args['changes']).map(fieldsOf);
    const [change] = changes;
    if (!change || changes.length > 1)
      throw refusalWithMessages('invalid_arguments', ['exactly one change is allowed in a call']);
    const markdown = markdownOf(change['document_content']);
    switch (change['operation']) {
      case 'insert_at_start':
        canvas.markdown = `${markdown}\n${canvas.markdown}`;
        break;
      case 'insert_at_end':
        canvas.markdown = `${canvas.markdown}\n${markdown}`;
        break;
      case 'replace':
        if (change['section_id'] !== undefined) throw new Refusal('canvas_editing_failed');
        canvas.markdown = markdown;
        break;
      case 'rename':
        canvas.title = markdownOf(change['title_content']);
        break;
      default:
        throw new Refusal('canvas_editing_failed');
    }
    backend.feed.emit({ kind: 'channel', channel: channel.id, what: 'canvas' });
    return {};
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
  for (const file of files) file.shared = true;
  publish(
    backend,
    ownMessage(backend, channel.id, {
      subtype: 'file_share',
      text: textOf(args['initial_comment']),
      files: files.map((file) => fileOnWire(backend, file)),
      ...(thread === undefined ? {} : { thread_ts: thread }),
    }),
  );
}

function fileOnWire(backend: Backend, file: UploadedFile): Fields {
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
  };
}

function markdownOf(content: unknown): string {
  const given = fieldsOf(content);
  if (content !== undefined && given['type'] !== 'markdown')
    throw refusalWithMessages('invalid_arguments', ['document_content is {type: markdown, markdown}']);
  return textOf(given['markdown']);
}
