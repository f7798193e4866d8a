/** Slack's rich text (sections, lists, quotes, preformatted) read as plain text. */

import type { Gathering, Json } from './gathering.ts';
import { asArray, asObject, asString } from './gathering.ts';

function readLeaf(node: Json, into: Gathering): string | undefined {
  switch (node['type']) {
    case 'text':
      return plain(node['text'], into);
    case 'link': {
      const label = plain(node['text'], into);
      into.link(node['url'], label);
      return label === '' ? plain(node['url'], into) : label;
    }
    case 'emoji':
      return `:${asString(node['name'])?.slice(0, 100) ?? ''}:`;
    case 'user':
      return `@${asString(node['user_id'])?.slice(0, 30) ?? ''}`;
    case 'channel':
      return `#${asString(node['channel_id'])?.slice(0, 30) ?? ''}`;
    case 'usergroup':
      return `@${asString(node['usergroup_id'])?.slice(0, 30) ?? ''}`;
    case 'broadcast':
      return `@${asString(node['range'])?.slice(0, 30) ?? ''}`;
    case 'date':
      return plain(node['fallback'], into);
    case 'color':
      return plain(node['value'], into);
    default:
      return undefined;
  }
}

/** Rich text carries characters as they are, without Slack's `<…>` encoding. */
function plain(raw: unknown, into: Gathering): string {
  return into.text(raw, (text) => ({
    text,
    links: [...text.matchAll(/https?:\/\/[^\s<>"'`|]{1,2000}/g)].map(([url]) => ({ url, label: url })),
  }));
}

function readNode(value: unknown, into: Gathering, depth: number): string {
  const node = asObject(value);
  if (node === undefined || !into.enter(depth)) return '';
  const leaf = readLeaf(node, into);
  if (leaf !== undefined) return leaf;
  return readRichText(node, into, depth);
}

export function readRichText(node: Json, into: Gathering, depth: number): string {
  const parts = asArray(node['elements']).map((element) => readNode(element, into, depth + 1));
  if (node['type'] === 'rich_text') return parts.filter((part) => part !== '').join('\n');
  if (node['type'] === 'rich_text_list') return parts.map((part) => `• ${part}`).join('\n');
  return parts.join('');
}
