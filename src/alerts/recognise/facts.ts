/** A post laid out for recognition: lines by prominence, named values, links and colours, all within bounds. */

import type { AlertLink } from '../../domain/alert.ts';
import type { ChatPost, PostAuthor } from '../../ports/chat.ts';
import { cut, fold, visible } from './folding.ts';
import { readPairs } from './pairs.ts';

const MAX_TEXT = 20_000;
const MAX_LINES = 400;
const MAX_LINE = 1_000;
const MAX_LINKS = 60;
const MAX_PARTS = 50;

export interface Pair {
  /** Folded. */
  readonly name: string;
  readonly value: string;
}

export interface Facts {
  readonly author: Extract<PostAuthor, { kind: 'app' }>;
  /** The author's name, folded. */
  readonly by: string;
  /** Lines that may be the title, best first. */
  readonly heads: readonly string[];
  readonly lines: readonly string[];
  readonly pairs: readonly Pair[];
  readonly links: readonly AlertLink[];
  readonly colors: readonly string[];
  /** Everything readable, as written. */
  readonly text: string;
  readonly folded: string;
}

function linesOf(text: string): string[] {
  return visible(cut(text, MAX_TEXT))
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => cut(line.trim(), MAX_LINE))
    .filter((line) => line !== '');
}

function webLinks(post: ChatPost): AlertLink[] {
  const links = new Map<string, AlertLink>();
  const all = [
    ...post.parts.slice(0, MAX_PARTS).map((part) => ({ url: part.url ?? '', label: part.title ?? '' })),
    ...post.links,
  ];
  for (const { url, label } of all) {
    if (links.size >= MAX_LINKS || url.length > 3_000 || !/^https?:\/\//i.test(url) || !URL.canParse(url)) continue;
    const shown = cut(visible(label).trim(), 200);
    const known = links.get(url);
    if (known === undefined) links.set(url, { url, label: shown === '' ? url : shown });
    else if (known.label === url && shown !== '') links.set(url, { url, label: shown });
  }
  return [...links.values()];
}

export function gatherFacts(post: ChatPost, author: Facts['author']): Facts {
  const parts = post.parts.slice(0, MAX_PARTS);
  const fields = parts.flatMap((part) => part.fields.slice(0, 100));
  const titles = parts.flatMap((part) => linesOf(part.title ?? '').slice(0, 1));
  const own = linesOf(post.text);
  const bodies = parts.flatMap((part) => linesOf(part.text));
  const lines = [...own, ...titles, ...bodies].slice(0, MAX_LINES);
  const text = cut(
    [
      ...new Set([
        post.text,
        ...parts.flatMap((part) => [part.title ?? '', part.text, ...part.fields.map((f) => `${f.name}: ${f.value}`)]),
      ]),
    ]
      .filter((piece) => piece !== '')
      .join('\n'),
    MAX_TEXT,
  );
  return {
    author,
    by: fold(cut(author.name, 200)),
    heads: [...new Set([...titles, ...own.slice(0, 5), ...bodies.slice(0, 5)])],
    lines,
    pairs: [
      ...fields.map((field) => ({
        name: fold(cut(field.name, 80)).trim(),
        value: cut(visible(field.value).trim(), MAX_LINE),
      })),
      ...readPairs(lines),
    ],
    links: webLinks(post),
    colors: parts.flatMap((part) => part.color ?? []),
    text,
    folded: fold(text),
  };
}

/** The first value under one of `names`, in the order of the names. */
export function valueOf(facts: Facts, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = facts.pairs.find((pair) => pair.name === name && pair.value !== '')?.value;
    if (value !== undefined) return value;
  }
  return undefined;
}
