/** Reads the documents that are held against the code: files, code spans, tables. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** The text of a file of the repository; empty where it is missing, so that the tests say which names are. */
export function document(path: string): string {
  const file = join(ROOT, path);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What stands in backticks, inline or fenced, one span or line each. */
export function codeSpans(markdown: string): readonly string[] {
  const fenced: string[] = [];
  const rest = markdown.replace(/^ *(`{3,}|~{3,})[^\n]*\n([\s\S]*?)^ *\1 *$/gm, (_all, _fence, body: string) => {
    fenced.push(...body.split('\n'));
    return '';
  });
  const inline = [...rest.matchAll(/(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(({ 2: span = '' }) => span.trim());
  return [...inline, ...fenced.map((line) => line.trim())].filter((span) => span !== '');
}

/** Whether `name` stands in backticks, by itself or as a word among others. */
export function names(markdown: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const word = new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`);
  return codeSpans(markdown).some((span) => word.test(span));
}

export function unnamed(markdown: string, wanted: readonly string[]): readonly string[] {
  return wanted.filter((name) => !names(markdown, name));
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tablesOf(markdown: string): readonly Table[] {
  const blocks = markdown.split('\n').reduce<string[][]>(
    (found, line) => {
      if (/^\s*\|/.test(line)) found.at(-1)?.push(line);
      else if (found.at(-1)?.length) found.push([]);
      return found;
    },
    [[]],
  );
  return blocks.flatMap((lines) => {
    const [head, rule, ...rows] = lines.map(cellsOf);
    return head && rule?.every((cell) => /^:?-+:?$/.test(cell)) ? [{ head, rows }] : [];
  });
}

function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** The code spans of the first column of the tables whose first heading fits. */
export function firstColumn(markdown: string, heading: RegExp): readonly string[] {
  return tablesOf(markdown)
    .filter(({ head }) => heading.test(head[0] ?? ''))
    .flatMap(({ rows }) => rows.flatMap(([cell = '']) => codeSpans(cell)));
}
