/** Reads one Markdown file of the library: its YAML front matter where it has one, its title, and its body. */

import { parseDocument } from 'yaml';
import type { Runbook, RunbookFault, RunbookLink } from '../domain/runbook.ts';

/** A page taken apart; `yaml` is absent where the page begins without front matter. */
export interface SplitPage {
  readonly yaml?: string;
  readonly body: string;
  /** True where `---` opens the front matter and no line closes it. */
  readonly unclosed: boolean;
}

export type RunbookReading =
  | { readonly kind: 'runbook'; readonly runbook: Runbook }
  | { readonly kind: 'fault'; readonly fault: RunbookFault };

export type FrontMatter =
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly kind: 'broken'; readonly line: number; readonly message: string };

/** Line endings become `\n`, a byte order mark goes. */
export function splitPage(text: string): SplitPage {
  const page = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  if (!/^---[ \t]*(?:\n|$)/.test(page)) return { body: page, unclosed: false };
  const lines = page.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  if (end < 0) return { body: page, unclosed: true };
  return { yaml: lines.slice(1, end).join('\n'), body: lines.slice(end + 1).join('\n'), unclosed: false };
}

/** Lines are counted in the file, whose first line is the opening `---`. */
export function readFields(yaml: string): FrontMatter {
  // YAML 1.2 core: no dates, no merge keys, no custom types, nothing is run.
  const document = parseDocument(yaml, { schema: 'core', prettyErrors: true, logLevel: 'silent' });
  const error = document.errors[0];
  if (error) {
    const line = (error.linePos?.[0].line ?? 1) + 1;
    return { kind: 'broken', line, message: `the front matter is not valid YAML: ${firstLine(error.message)}` };
  }
  let fields: unknown;
  try {
    fields = document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    const why = cause instanceof Error ? firstLine(cause.message) : 'it cannot be read';
    return { kind: 'broken', line: 2, message: `the front matter is not valid YAML: ${why}` };
  }
  if (fields === null || fields === undefined) return { kind: 'fields', fields: {} };
  if (!isRecord(fields)) {
    return { kind: 'broken', line: 2, message: 'the front matter is not a set of `key: value` lines' };
  }
  return { kind: 'fields', fields };
}

/** Keys that Toban does not know are left alone, and a known key of an unexpected type counts as absent. */
export function readRunbook(path: string, content: Uint8Array | string): RunbookReading {
  let text: string;
  try {
    text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return fault(path, brokenLine(content), 'the file is not valid UTF-8');
  }
  const page = splitPage(text);
  if (page.unclosed) return fault(path, 1, 'the front matter opened by `---` is never closed by a second `---`');
  const front: FrontMatter = page.yaml === undefined ? { kind: 'fields', fields: {} } : readFields(page.yaml);
  if (front.kind === 'broken') return fault(path, front.line, front.message);
  const { fields } = front;
  const owner = oneText(fields['owner']);
  const severity = oneText(fields['severity']);
  const reviewedAt = oneText(fields['reviewed_at']);
  return {
    kind: 'runbook',
    runbook: {
      path,
      title: oneText(fields['title']) ?? firstHeading(page.body) ?? nameOf(path),
      keywords: texts(fields['keywords'], /[,、，\n]/),
      services: texts(fields['services'], /[,、，\n]/),
      ...(owner === undefined ? {} : { owner }),
      ...(severity === undefined ? {} : { severity }),
      firstChecks: texts(fields['first_checks'], /\n/),
      links: links(fields['links']),
      ...(reviewedAt !== undefined && /^\d{4}-\d{2}-\d{2}/.test(reviewedAt)
        ? { reviewedAt: reviewedAt.slice(0, 10) }
        : {}),
      body: page.body.replace(/^\n+/, '').trimEnd(),
    },
  };
}

/** The file name without folder and extension. */
export function nameOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.md$/i, '');
}

function fault(path: string, line: number, message: string): RunbookReading {
  return { kind: 'fault', fault: { path, line, message } };
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/:$/, '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function oneText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** A list, or one text that `separator` cuts. `- CPU: 高い` is a map to YAML and a line to its writer. */
function texts(value: unknown, separator: RegExp): string[] {
  const items: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(separator) : [value];
  const found = items.map((item) => {
    if (!isRecord(item)) return oneText(item);
    return Object.entries(item)
      .map(([key, inner]) => `${key}: ${oneText(inner) ?? ''}`.trim())
      .join(', ');
  });
  return [...new Set(found.filter((item) => item !== undefined && item !== ''))] as string[];
}

/** Entries `{title, url}`, bare addresses, or one map of title to address. */
function links(value: unknown): RunbookLink[] {
  const items: unknown[] = Array.isArray(value)
    ? value
    : isRecord(value)
      ? Object.entries(value).map(([title, url]) => ({ title, url }))
      : [value];
  return items.flatMap((item) => {
    const url = oneText(isRecord(item) ? item['url'] : item);
    if (url === undefined) return [];
    return [{ title: (isRecord(item) ? oneText(item['title']) : undefined) ?? url, url }];
  });
}

function firstHeading(body: string): string | undefined {
  let fence: string | undefined;
  for (const line of body.split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark !== undefined) fence = fence === undefined ? mark : mark.startsWith(fence) ? undefined : fence;
    const title = fence === undefined ? /^#[ \t]+(.+?)[ \t#]*$/.exec(line)?.[1] : undefined;
    if (title !== undefined) {
      return title
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/\*\*|__|`/g, '')
        .trim();
    }
  }
  return undefined;
}

/** The first line with a byte that UTF-8 does not allow. */
function brokenLine(content: Uint8Array | string): number {
  if (typeof content === 'string') return 1;
  const shown = new TextDecoder('utf-8').decode(content);
  return shown.slice(0, Math.max(0, shown.indexOf('\ufffd'))).split('\n').length;
}
