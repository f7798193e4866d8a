/** Turns a Slack message into lines of a terminal: names for ids, buttons in brackets, nothing of Slack's encoding. */

/** Names for what a message refers to by id. */
export interface Names {
  readonly user: (id: string) => string;
  readonly group: (id: string) => string;
  readonly channel: (id: string) => string;
}

/** How a span is to look; the caller knows whether the terminal has colours. */
export interface Paint {
  readonly mention: (text: string) => string;
  readonly link: (text: string) => string;
  readonly button: (text: string) => string;
  readonly faint: (text: string) => string;
}

type Json = Readonly<Record<string, unknown>>;

/** The lines of the message's blocks and attachments, or of its text where it has none. */
export function messageLines(message: Json, names: Names, paint: Paint): readonly string[] {
  const blocks = listOf(message['blocks']);
  const attachments = listOf(message['attachments']);
  const lines = [
    ...(blocks.length > 0 ? blocks.flatMap((block) => blockLines(block, paint)) : textLines(message['text'])),
    ...attachments.flatMap((attachment) => attachmentLines(attachment, paint)),
  ];
  return lines.map((line) => decode(line, names, paint));

  function textLines(text: unknown): string[] {
    return typeof text === 'string' && text !== '' ? text.split('\n') : [];
  }
}

function blockLines(block: Json, paint: Paint): string[] {
  switch (block['type']) {
    case 'divider':
      return [paint.faint('────────')];
    case 'actions':
      return [
        listOf(block['elements'])
          .map((element) => paint.button(`[${labelOf(element)}]`))
          .join(' '),
      ];
    case 'context':
      return listOf(block['elements']).map((element) => paint.faint(textOf(element)));
    default: {
      const texts = [block['text'], ...listOf(block['fields'])].map(textOf).filter((text) => text !== '');
      const inner = listOf(block['elements']).flatMap((element) => blockLines(element, paint));
      return [...texts.flatMap((text) => text.split('\n')), ...inner];
    }
  }
}

function attachmentLines(attachment: Json, paint: Paint): string[] {
  const { pretext, title, text, fallback } = attachment;
  const parts = [pretext, title, text].filter((part): part is string => typeof part === 'string' && part !== '');
  const blocks = listOf(attachment['blocks']).flatMap((block) => blockLines(block, paint));
  if (parts.length === 0 && blocks.length === 0 && typeof fallback === 'string') parts.push(fallback);
  return [...parts.flatMap((part) => part.split('\n')), ...blocks].map((line) => `▌ ${line}`);
}

function decode(line: string, names: Names, paint: Paint): string {
  return line
    .replace(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => paint.mention(`@${names.user(id)}`))
    .replace(/<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => paint.mention(`@${names.group(id)}`))
    .replace(/<#([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id: string) => `#${names.channel(id)}`)
    .replace(/<(?:https?|mailto):[^|>]*\|([^>]*)>/g, (_, label: string) => paint.link(label))
    .replace(/<((?:https?|mailto):[^>]*)>/g, (_, url: string) => paint.link(url))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function labelOf(element: Json): string {
  return textOf(element['text']) || textOf(element['placeholder']);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const { text } = value as { text?: unknown };
  return typeof text === 'string' ? text : textOf(text);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as Json[]) : [];
}
