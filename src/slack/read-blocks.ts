/** Block Kit blocks read as plain text, fields and links. */

import type { Gathering, Json } from './gathering.ts';
import { asArray, asObject, asString } from './gathering.ts';
import { readRichText } from './read-rich-text.ts';
import { undoMarkdown } from './undo-encoding.ts';

export interface Field {
  readonly name: string;
  readonly value: string;
}

export interface ReadBlocks {
  title?: string;
  readonly lines: string[];
  readonly fields: Field[];
}

// Slack has no field names in Block Kit: tools write `*Name:*\nvalue`, `*Name*\nvalue` or `*Name:* value`.
const NAMED = /^\s*[*_]{1,2}([^*_\n][^*\n]{0,60})[*_]{1,2}\s*[:：]?\s*([\s\S]+)$/;

function splitField(text: string): Field | undefined {
  const named = NAMED.exec(text);
  const name = named?.[1]?.replace(/[\s:：_]+$/, '').trim();
  const value = named?.[2]?.trim();
  return name === undefined || name === '' || value === undefined || value === '' ? undefined : { name, value };
}

function textOf(value: unknown, into: Gathering): string {
  return into.text(typeof value === 'string' ? value : asObject(value)?.['text']);
}

/** Labels of buttons are not what the alert says ("Resolve" is an offer), so only their addresses are kept. */
function readElement(value: unknown, into: Gathering, depth: number): string {
  const element = asObject(value);
  if (element === undefined || !into.enter(depth)) return '';
  const type = asString(element['type']) ?? '';
  if (type === 'mrkdwn' || type === 'plain_text' || type === 'raw_text') return textOf(element, into);
  if (type === 'image') return into.text(element['alt_text']);
  if (type.startsWith('rich_text')) return readRichText(element, into, depth);
  into.link(element['url'], asObject(element['text'])?.['text'] ?? element['text']);
  for (const option of asArray(element['options'])) {
    const one = asObject(option);
    into.link(one?.['url'], asObject(one?.['text'])?.['text']);
  }
  return '';
}

function readSection(block: Json, out: ReadBlocks, into: Gathering, depth: number): void {
  const text = textOf(block['text'], into);
  if (text !== '') out.lines.push(text);
  for (const one of asArray(block['fields'])) {
    if (!into.enter(depth + 1)) break;
    const said = textOf(one, into);
    const field = splitField(said);
    if (field !== undefined) out.fields.push(field);
    else if (said !== '') out.lines.push(said);
  }
  const accessory = readElement(block['accessory'], into, depth + 1);
  if (accessory !== '') out.lines.push(accessory);
}

function readTable(block: Json, into: Gathering, depth: number): string[] {
  return asArray(block['rows']).flatMap((row) => {
    if (!into.enter(depth + 1)) return [];
    const cells = asArray(row).map((cell) => readElement(cell, into, depth + 2));
    return cells.some((cell) => cell !== '') ? [cells.join(' | ')] : [];
  });
}

function readBlock(block: Json, out: ReadBlocks, into: Gathering, depth: number): void {
  const push = (text: string): void => {
    if (text !== '') out.lines.push(text);
  };
  switch (block['type']) {
    case 'section':
      return readSection(block, out, into, depth);
    case 'header': {
      const text = textOf(block['text'], into);
      if (out.title === undefined && text !== '') out.title = text;
      else push(text);
      return;
    }
    case 'markdown':
      return push(into.text(block['text'], undoMarkdown));
    case 'rich_text':
      return push(readRichText(block, into, depth));
    case 'table':
      for (const line of readTable(block, into, depth)) push(line);
      return;
    case 'actions':
    case 'context':
    case 'context_actions':
      return push(
        asArray(block['elements'])
          .map((element) => readElement(element, into, depth + 1))
          .filter((text) => text !== '')
          .join(' '),
      );
    default:
      push(textOf(block['title'], into));
      push(textOf(block['text'], into));
      push(into.text(block['alt_text']));
      into.link(block['title_url'], asObject(block['title'])?.['text']);
  }
}

export function readBlocks(blocks: unknown, into: Gathering, depth: number): ReadBlocks {
  const out: ReadBlocks = { lines: [], fields: [] };
  for (const value of asArray(blocks)) {
    if (!into.enter(depth)) break;
    const block = asObject(value);
    if (block !== undefined) readBlock(block, out, into, depth);
  }
  return out;
}
