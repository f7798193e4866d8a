/** The canvases.* methods and conversations.canvases.create: one operation an edit, sections found by their text. */
import { memberChannel } from './access.ts';
import type { Methods } from './access.ts';
import type { Backend } from './backend.ts';
import { Canvas, hasType, markdownOf, sectionsOf } from './canvases.ts';
import type { Access } from './canvases.ts';
import type { SlackChannel } from './channels.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import { fieldsOf, itemsOf, listOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const LEVELS: readonly string[] = ['read', 'write', 'owner'];

export const CANVAS_METHODS: Methods = {
  'conversations.canvases.create': (args, backend) => {
    const channel = memberChannel(backend, args['channel_id']);
    if (channel.canvas) throw new Refusal('channel_canvas_already_exists');
    return { canvas_id: create(backend, args, channel).id };
  },

  'canvases.create': (args, backend) => {
    const channel = args['channel_id'] === undefined ? undefined : memberChannel(backend, args['channel_id']);
    return { canvas_id: create(backend, args, channel).id };
  },

  'canvases.edit': (args, backend) => {
    const canvas = canvasOf(backend, args);
    const changes = itemsOf(args['changes']).map(fieldsOf);
    const [change] = changes;
    if (!change || changes.length > 1)
      throw refusalWithMessages('invalid_arguments', ['exactly one change is allowed in a call']);
    edit(backend, canvas, change);
    tell(backend, canvas);
    return {};
  },

  'canvases.delete': (args, backend) => {
    const canvas = canvasOf(backend, args);
    backend.canvases.delete(canvas.id);
    const channel = canvas.channel === undefined ? undefined : backend.channels.require(canvas.channel);
    if (channel?.canvas === canvas) channel.canvas = undefined;
    tell(backend, canvas);
    return {};
  },

  'canvases.sections.lookup': (args, backend) => {
    const canvas = canvasOf(backend, args);
    const criteria = fieldsOf(args['criteria']);
    const types = listOf(criteria['section_types']);
    const wanted = textOf(criteria['contains_text']);
    if (types.length === 0 && wanted === '')
      throw refusalWithMessages('invalid_arguments', ['criteria needs section_types or contains_text']);
    const found = canvas.sections.filter(
      (section) =>
        section.markdown.includes(wanted) && (types.length === 0 || types.some((type) => hasType(section, type))),
    );
    return { sections: found.map(({ id }) => ({ id })) };
  },

  'canvases.access.set': (args, backend) => {
    const canvas = canvasOf(backend, args);
    const level = textOf(args['access_level']);
    const channels = listOf(args['channel_ids']);
    const users = listOf(args['user_ids']);
    if (!LEVELS.includes(level) || (channels.length === 0) === (users.length === 0))
      throw new Refusal('invalid_parameters');
    if (channels.some((id) => !backend.channels.all.has(id))) throw new Refusal('channel_not_found');
    if (users.some((id) => !backend.directory.users.has(id))) throw new Refusal('user_not_found');
    for (const id of [...channels, ...users]) canvas.access.set(id, level as Access);
    tell(backend, canvas);
    return {};
  },
};

function create(backend: Backend, args: Fields, channel: SlackChannel | undefined): Canvas {
  const { mint } = backend;
  const sections = sectionsOf(markdownOf(args['document_content']), () => mint.id('temp:C:'));
  const canvas = new Canvas(mint.id('F'), textOf(args['title']), sections, channel?.id);
  backend.canvases.set(canvas.id, canvas);
  if (channel) channel.canvas ??= canvas;
  tell(backend, canvas);
  return canvas;
}

function edit(backend: Backend, canvas: Canvas, change: Fields): void {
  const added = () => sectionsOf(markdownOf(change['document_content']), () => backend.mint.id('temp:C:'));
  const place = canvas.sections.findIndex(({ id }) => id === change['section_id']);
  const named = change['section_id'] !== undefined;
  if (named && place < 0) throw new Refusal('canvas_editing_failed');
  const { sections } = canvas;
  switch (change['operation']) {
    case 'insert_at_start':
      canvas.sections = [...added(), ...sections];
      return;
    case 'insert_at_end':
      canvas.sections = [...sections, ...added()];
      return;
    case 'replace':
      canvas.sections = named ? sections.toSpliced(place, 1, ...added()) : added();
      return;
    case 'rename':
      canvas.title = markdownOf(change['title_content']);
      return;
    case 'insert_before':
    case 'insert_after':
    case 'delete':
      break;
    default:
      throw new Refusal('canvas_editing_failed');
  }
  if (!named) throw new Refusal('canvas_editing_failed');
  if (change['operation'] === 'delete') canvas.sections = sections.toSpliced(place, 1);
  else {
    const at = change['operation'] === 'insert_after' ? place + 1 : place;
    canvas.sections = sections.toSpliced(at, 0, ...added());
  }
}

function canvasOf(backend: Backend, args: Fields): Canvas {
  const canvas = backend.canvases.get(textOf(args['canvas_id']));
  if (!canvas) throw new Refusal('canvas_not_found');
  return canvas;
}

function tell(backend: Backend, canvas: Canvas): void {
  if (canvas.channel === undefined) backend.feed.emit({ kind: 'canvas', id: canvas.id });
  else backend.feed.emit({ kind: 'channel', channel: canvas.channel, what: 'canvas' });
}
