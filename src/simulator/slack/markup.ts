/** Slack's text markup: how typed text is escaped, and which mentions in a message are live. */
import { fieldsOf, isFields, itemsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const TOKEN = /<(?:@([UW][A-Z0-9_]*)|!subteam\^(S[A-Z0-9_]*)|!(channel|here|everyone))(?:\|[^<>]*)?>/g;
const TYPED =
  /(<(?:@[UW][A-Z0-9_]*|#[CGD][A-Z0-9_]*|!subteam\^S[A-Z0-9_]*|!(?:channel|here|everyone))(?:\|[^<>]*)?>)|(https?:\/\/[^\s<>]+)|([&<>])/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** What a person's client makes of typed text: mentions picked from the list stay, addresses become links, the rest is escaped. */
export function escapeTyped(text: string): string {
  return text.replace(TYPED, (_whole, token?: string, url?: string, character?: string) => {
    if (token) return token;
    if (url) return `<${url.replaceAll('&', '&amp;')}>`;
    return ENTITIES[character ?? ''] ?? '';
  });
}

/** The rich_text block that Slack puts beside a person's text. */
export function richTextOf(text: string, blockId: string): Fields {
  const elements: Fields[] = [];
  let from = 0;
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > from) elements.push({ type: 'text', text: unescape(text.slice(from, found.index)) });
    from = found.index + found[0].length;
    if (found[1]) elements.push({ type: 'user', user_id: found[1] });
    else if (found[2]) elements.push({ type: 'usergroup', usergroup_id: found[2] });
    else elements.push({ type: 'broadcast', range: found[3] ?? 'here' });
  }
  if (from < text.length) elements.push({ type: 'text', text: unescape(text.slice(from)) });
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Ids of the people and groups, and `channel`/`here`/`everyone`, that come out live in this message. Escaped text and plain_text do not. */
export function liveMentions(message: Fields): string[] {
  const found = new Set<string>();
  scan(textOf(message['text']), found);
  walk(message['blocks'], found);
  for (const attachment of itemsOf(message['attachments']).map(fieldsOf)) {
    scan(textOf(attachment['text']), found);
    scan(textOf(attachment['pretext']), found);
    for (const field of itemsOf(attachment['fields']).map(fieldsOf)) scan(textOf(field['value']), found);
    walk(attachment['blocks'], found);
  }
  return [...found];
}

function scan(text: string, found: Set<string>): void {
  for (const match of text.matchAll(TOKEN)) {
    const id = match[1] ?? match[2] ?? match[3];
    if (id) found.add(id);
  }
}

function walk(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) walk(item, found);
    return;
  }
  if (!isFields(node)) return;
  switch (node['type']) {
    case 'mrkdwn':
    case 'markdown':
      scan(textOf(node['text']), found);
      return;
    case 'user':
      if (node['user_id']) found.add(textOf(node['user_id']));
      return;
    case 'usergroup':
      if (node['usergroup_id']) found.add(textOf(node['usergroup_id']));
      return;
    case 'broadcast':
      if (node['range']) found.add(textOf(node['range']));
      return;
    default:
      for (const value of Object.values(node)) walk(value, found);
  }
}
