/** Legacy attachments, which is how most monitoring tools still post, read as titled parts. */

import type { PostPart } from '../ports/chat.ts';
import type { Gathering, Json } from './gathering.ts';
import { asArray, asObject, asString } from './gathering.ts';
import type { Field } from './read-blocks.ts';
import { readBlocks } from './read-blocks.ts';

const MAX_ATTACHMENTS = 50;
const MAX_FIELDS = 100;

function readFields(attachment: Json, into: Gathering, depth: number): Field[] {
  const fields: Field[] = [];
  for (const one of asArray(attachment['fields']).slice(0, MAX_FIELDS)) {
    const field = asObject(one);
    if (field === undefined || !into.enter(depth)) continue;
    const name = into.text(field['title']).trim();
    const value = into.text(field['value']).trim();
    if (name !== '' || value !== '') fields.push({ name, value });
  }
  return fields;
}

function readColor(color: unknown): string | undefined {
  const given = asString(color)?.trim().toLowerCase().replace(/^#/, '');
  return given !== undefined && /^(?:[0-9a-f]{3}|[0-9a-f]{6}|good|warning|danger)$/.test(given) ? given : undefined;
}

/** Tools that post blocks in an attachment keep their one-line summary, with the state in it, in `fallback`. */
function addsToWhatIsShown(fallback: string, shown: readonly string[]): boolean {
  const line = fallback.trim();
  if (line === '' || line === '[no preview available]') return false;
  return !shown.some((text) => text !== '' && (line.startsWith(text.trim()) || text.includes(line)));
}

function readAttachment(attachment: Json, into: Gathering, depth: number): PostPart | undefined {
  const title = into.text(attachment['title']).trim();
  into.link(attachment['title_link'], title);
  into.link(attachment['from_url'], title);
  const texts = [attachment['pretext'], attachment['author_name'], attachment['text']].map((raw) => into.text(raw));
  const fields = readFields(attachment, into, depth + 1);
  const inner = readBlocks(attachment['blocks'] ?? attachment['message_blocks'], into, depth + 1);
  for (const action of asArray(attachment['actions'])) {
    const button = asObject(action);
    if (!into.enter(depth + 1)) break;
    into.link(button?.['url'], button?.['text']);
  }
  const shown = [...texts, ...inner.lines, into.text(attachment['footer'])].filter((text) => text.trim() !== '');
  const fallback = into.text(attachment['fallback']);
  if (addsToWhatIsShown(fallback, [title, inner.title ?? '', ...shown])) shown.push(fallback);

  const heading = title === '' ? inner.title : title;
  const url = asString(attachment['title_link']) ?? asString(attachment['from_url']);
  const color = readColor(attachment['color']);
  const text = (heading === inner.title ? shown : [inner.title ?? '', ...shown])
    .filter((line) => line !== '')
    .join('\n');
  if (heading === undefined && text === '' && fields.length + inner.fields.length === 0) return undefined;
  return {
    ...(heading === undefined ? {} : { title: heading }),
    ...(url === undefined || url.length > 3_000 ? {} : { url }),
    text,
    fields: [...fields, ...inner.fields],
    ...(color === undefined ? {} : { color }),
  };
}

export function readAttachments(attachments: unknown, into: Gathering): PostPart[] {
  return asArray(attachments)
    .slice(0, MAX_ATTACHMENTS)
    .flatMap((value) => {
      const attachment = asObject(value);
      if (attachment === undefined || !into.enter(1)) return [];
      return readAttachment(attachment, into, 1) ?? [];
    });
}
