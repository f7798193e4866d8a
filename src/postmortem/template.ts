/** Fills a postmortem's template: its own headings in their order, known facts in their places, the rest left to people. */

/** `{{name}}`; alone on a line it may become several. */
const TOKEN = /\{\{\s*([a-z_]+)\s*\}\}/g;

export interface Filling {
  /** By token name; undefined where nothing is known. */
  readonly values: Readonly<Record<string, readonly string[] | undefined>>;
  /** Stands wherever nothing is known. */
  readonly toFill: string;
}

export function fillTemplate(template: string, filling: Filling): string {
  const out: string[] = [];
  for (const { heading, level, lines, hasParts } of sectionsOf(template)) {
    if (heading !== undefined) out.push(inline(heading, filling));
    const body = lines.flatMap((line) => filled(line, filling));
    // A section that holds only hints is for people to write; one that is cut into parts says it in them.
    if (level > 1 && !hasParts && !body.some(says)) {
      while (body.at(-1)?.trim() === '') body.pop();
      body.push(...(body.length > 0 && body.at(-1) !== '' ? [''] : body.length === 0 ? [''] : []), filling.toFill, '');
    }
    out.push(...body);
  }
  return `${out
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** Names in the template that no fact has; for the log, so that a slip is found. */
export function unknownTokens(template: string, known: readonly string[]): readonly string[] {
  const names = [...template.matchAll(TOKEN)].map(([, name]) => name ?? '');
  return [...new Set(names)].filter((name) => !known.includes(name));
}

/** The headings, in order, as the template has them. */
export function headingsOf(markdown: string): readonly string[] {
  return sectionsOf(markdown).flatMap(({ heading }) => heading ?? []);
}

interface Section {
  readonly heading?: string;
  readonly level: number;
  readonly lines: string[];
  /** Whether a deeper heading follows at once. */
  hasParts: boolean;
}

function sectionsOf(markdown: string): readonly Section[] {
  let current: Section = { level: 0, lines: [], hasParts: false };
  const sections = [current];
  let fence = false;
  for (const line of markdown
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')) {
    if (/^\s{0,3}(?:```|~~~)/.test(line)) fence = !fence;
    const marks = fence ? undefined : /^(#{1,6})\s/.exec(line)?.[1];
    if (marks === undefined) {
      current.lines.push(line);
      continue;
    }
    if (marks.length > current.level && current.heading !== undefined) current.hasParts = true;
    current = { heading: line.trimEnd(), level: marks.length, lines: [], hasParts: false };
    sections.push(current);
  }
  return sections;
}

function filled(line: string, filling: Filling): readonly string[] {
  const alone = /^\s*\{\{\s*([a-z_]+)\s*\}\}\s*$/.exec(line)?.[1];
  if (alone === undefined) return [inline(line, filling)];
  return filling.values[alone] ?? [filling.toFill];
}

function inline(line: string, filling: Filling): string {
  return line.replace(TOKEN, (_, name: string) => filling.values[name]?.join(' ') ?? filling.toFill);
}

/** Hints, comments and empty lines say nothing of the incident. */
function says(line: string): boolean {
  return !/^\s*(?:$|>|<!--.*-->\s*$)/.test(line);
}
