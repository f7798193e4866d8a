/** What has been read of one message so far, within bounds that hold for any input. */

import type { FoundLink, PlainText } from './undo-encoding.ts';
import { isWebUrl, undoEncoding } from './undo-encoding.ts';

const MAX_CHARS = 60_000;
const MAX_CHARS_OF_ONE = 20_000;
const MAX_LINKS = 100;
const MAX_URL = 3_000;
const MAX_NODES = 3_000;
const MAX_DEPTH = 8;

export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export class Gathering {
  readonly links: FoundLink[] = [];
  #seen = new Set<string>();
  #chars = MAX_CHARS;
  #nodes = MAX_NODES;

  /** False once the message has used up what one message may: the rest is left unread. */
  enter(depth: number): boolean {
    this.#nodes -= 1;
    return this.#nodes >= 0 && depth <= MAX_DEPTH;
  }

  link(url: unknown, label: unknown): void {
    const address = asString(url);
    if (address === undefined || address.length > MAX_URL || !isWebUrl(address)) return;
    const shown = asString(label)?.slice(0, 300).trim();
    const key = `${address}\n${shown ?? ''}`;
    if (this.links.length >= MAX_LINKS || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.links.push({ url: address, label: shown === undefined || shown === '' ? address : shown });
  }

  /** The readable form of `raw`; '' for anything that is not a string. */
  text(raw: unknown, undo: (raw: string) => PlainText = undoEncoding): string {
    const given = asString(raw);
    if (given === undefined || this.#chars <= 0) return '';
    const room = Math.min(this.#chars, MAX_CHARS_OF_ONE);
    const cut = given.length <= room ? given : given.slice(0, room).replace(/[\ud800-\udbff]$/, '');
    this.#chars -= cut.length;
    const plain = undo(cut);
    for (const { url, label } of plain.links) this.link(url, label);
    return plain.text;
  }
}
