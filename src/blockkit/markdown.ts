/** Turns a Markdown page into Slack sections that are safe, readable, and within Slack's limits. */

import type { SectionBlock } from '@slack/types';
import { escapeMrkdwn, linkTo, withoutMarks } from './mrkdwn.ts';

/** Slack takes 3000 characters a section and 50 blocks, and refuses somewhat above 13 000 characters in all. */
const SECTION_MAX = 2900;
const FENCE = '```';
const MAX_URL = 1000;
const WORD = /[\p{L}\p{N}]/u;

export interface Sections {
  readonly blocks: readonly SectionBlock[];
  /** True where the page did not fit. */
  readonly cut: boolean;
}

interface Line {
  readonly text: string;
  /** The number of the code block that the line stands in; 0 for prose. */
  readonly code: number;
}

/** Cuts on line borders; a code block that is cut is closed and opened again, so that every part can be copied. */
export function markdownSections(markdown: string, limits: { maxBlocks: number; maxChars: number }): Sections {
  const blocks: SectionBlock[] = [];
  let used = 0;
  for (const text of chunks(toLines(markdown))) {
    if (blocks.length >= limits.maxBlocks || used + text.length > limits.maxChars) return { blocks, cut: true };
    used += text.length;
    blocks.push({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
  }
  return { blocks, cut: false };
}

/** One text of mrkdwn, for where no limit matters. */
export function markdownToMrkdwn(markdown: string): string {
  return join(toLines(markdown));
}

/** Emphasis is dropped: Slack shows the asterisks where bold touches a Japanese letter (J-07). */
export function inlineMarkdown(text: string): string {
  const tokens =
    /(?<tick>`+)(?<code>[^`](?:.*?[^`])??)\k<tick>(?!`)|!?\[(?<label>[^[\]]*)\]\((?<target>[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+["'][^"']*["'])?\)|<(?<auto>(?:https?:\/\/|mailto:)[^\s<>]+)>|(?<bare>https?:\/\/[\w\-.~:/?#[\]@!$&'*+,;=%|]*[\w\-~/#=&%])/gu;
  let out = '';
  let at = 0;
  const add = (piece: string, apart: boolean): void => {
    const before = out.at(-1);
    out += apart && before !== undefined && WORD.test(before) ? ` ${piece}` : piece;
  };
  for (const token of text.matchAll(tokens)) {
    out += proseOf(text.slice(at, token.index));
    at = token.index + token[0].length;
    const { code, label, target, auto, bare } = token.groups ?? {};
    if (code !== undefined) add(`\`${escapeCode(code.trim())}\``, true);
    else if (label !== undefined) out += safeLink(target ?? '', withoutEmphasis(label.replace(/`/g, '')));
    else if (auto !== undefined) out += safeLink(auto, auto);
    else if (bare !== undefined) out += safeLink(bare, bare);
    // A code span or a link that touches a letter is not recognised.
    if (WORD.test(text[at] ?? '')) out += ' ';
  }
  return out + proseOf(text.slice(at));
}

function toLines(markdown: string): Line[] {
  const source = markdown
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const lines: Line[] = [];
  let fence: { readonly mark: string; readonly indent: number } | undefined;
  let comment = false;
  let code = 0;
  for (const raw of source) {
    const mark = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(raw);
    if (fence) {
      const closes = mark?.[2]?.startsWith(fence.mark) === true && mark[3]?.trim() === '';
      if (closes) fence = undefined;
      else lines.push({ text: escapeCode(outdent(raw, fence.indent)), code });
      continue;
    }
    if (!comment && mark?.[2] !== undefined && !mark[3]?.includes('`')) {
      fence = { mark: mark[2], indent: mark[1]?.length ?? 0 };
      code++;
      continue;
    }
    const visible = raw.replace(/<!--.*?-->/g, '');
    if (comment) {
      comment = !visible.includes('-->');
      continue;
    }
    comment = visible.includes('<!--');
    if (/^\s*\|.*\|\s*$/.test(visible)) {
      // The lines of one table make one block.
      const before = lines.at(-1);
      if (before === undefined || before.code === 0 || !before.text.startsWith('|')) code++;
      lines.push({ text: escapeCode(visible.trim()), code });
    } else lines.push({ text: lineOf(visible.replace(/<!--.*$/, '')), code: 0 });
  }
  return lines.filter((line, index) => {
    const before = lines[index - 1];
    return line.text !== '' || line.code > 0 || (index > 0 && !(before?.text === '' && before.code === 0));
  });
}

function lineOf(raw: string): string {
  const line = raw.trimEnd();
  if (/^\s{0,3}(?:[-*_]\s*){3,}$/.test(line)) return '──────────';
  const heading = /^\s{0,3}#{1,6}\s+(.*?)(?:\s+#+)?$/.exec(line);
  if (heading) return inlineMarkdown(heading[1] ?? '');
  const quote = /^\s{0,3}>\s?(.*)$/.exec(line);
  if (quote) return `> ${inlineMarkdown(quote[1] ?? '')}`;
  const item = /^(\s*)([-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/.exec(line);
  if (!item) return /^\s*/.exec(line)?.[0] + inlineMarkdown(line.trimStart());
  const [, indent = '', sign = '', box, text = ''] = item;
  const bullet = box === undefined ? (/\d/.test(sign) ? sign : '•') : box === ' ' ? '☐' : '☑';
  const number = box !== undefined && /\d/.test(sign) ? `${sign} ` : '';
  return `${indent}${number}${bullet} ${inlineMarkdown(text)}`;
}

function chunks(lines: readonly Line[]): string[] {
  const parts: string[] = [];
  let held: Line[] = [];
  const flush = (): void => {
    const text = join(held).replace(/^\n+|\s+$/g, '');
    if (text !== '') parts.push(text);
    held = [];
  };
  let length = 0;
  for (const line of lines.flatMap(shortLines)) {
    // Room for a fence before and after.
    const cost = line.text.length + 1 + (line.code === held.at(-1)?.code ? 0 : 8);
    if (length + cost > SECTION_MAX - 8) {
      flush();
      length = 0;
    }
    held.push(line);
    length += cost;
  }
  flush();
  return parts;
}

function join(lines: readonly Line[]): string {
  const out: string[] = [];
  let code = 0;
  for (const line of lines) {
    if (line.code !== code && code > 0) out.push(FENCE);
    if (line.code !== code && line.code > 0) out.push(FENCE);
    code = line.code;
    out.push(line.text);
  }
  if (code > 0) out.push(FENCE);
  return out.join('\n');
}

/** Splits a line that no section can hold, never inside an entity, a link or a surrogate pair. */
function shortLines(line: Line): Line[] {
  const max = SECTION_MAX - 100;
  const parts: Line[] = [];
  let rest = line.text;
  while (rest.length > max) {
    let end = max;
    const open = rest.lastIndexOf('<', end - 1);
    if (open > 0 && rest.indexOf('>', open) >= end) end = open;
    const entity = rest.lastIndexOf('&', end - 1);
    if (entity > 0 && end - entity < 6 && !rest.slice(entity, end).includes(';')) end = entity;
    if (/[\ud800-\udbff]/.test(rest[end - 1] ?? '')) end -= 1;
    parts.push({ text: rest.slice(0, end), code: line.code });
    rest = rest.slice(end);
  }
  return [...parts, { text: rest, code: line.code }];
}

function proseOf(text: string): string {
  // What is left of asterisks would make something bold that nobody meant so, and backticks likewise.
  return withoutMarks(escapeMrkdwn(withoutEmphasis(text.replace(/<br\s*\/?>/gi, ' '))));
}

function withoutEmphasis(text: string): string {
  return text
    .replace(/\*\*|~~/g, '')
    .replace(/(?<![\p{L}\p{N}_])__(?=\S)([^_]+?)__(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/(?<![*\\A-Za-z0-9])\*(?=[^\s*])([^*]*[^\s*\\])\*/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~])/g, '$1');
}

function safeLink(url: string, label: string): string {
  return withoutMarks(url.length > MAX_URL ? escapeMrkdwn(label) : linkTo(url, label));
}

/** Nothing but the three signs changes, so that a command can be copied; only a fence inside is broken. */
function escapeCode(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replaceAll(FENCE, '``\u200b`');
}

function outdent(text: string, indent: number): string {
  return text.slice(Math.min(indent, /^\s*/.exec(text)?.[0].length ?? 0)).trimEnd();
}
