/** Canvases: a title and Markdown in sections, tabbed in a channel or standing alone, and who may read them. */
import { refusalWithMessages } from './refusal.ts';
import { fieldsOf, textOf } from './wire-values.ts';

interface Section {
  readonly id: string;
  readonly markdown: string;
}

export type Access = 'read' | 'write' | 'owner';

export class Canvas {
  readonly id: string;
  title: string;
  /** The channel in which it is a tab. */
  readonly channel: string | undefined;
  /** Channels and people that it is shared with. */
  readonly access = new Map<string, Access>();
  sections: readonly Section[];

  constructor(id: string, title: string, sections: readonly Section[], channel?: string) {
    this.id = id;
    this.title = title;
    this.sections = sections;
    this.channel = channel;
  }

  get markdown(): string {
    return this.sections.map(({ markdown }) => markdown).join('\n');
  }
}

/** A heading, or a run of lines up to the next heading or blank line, is a section. */
export function sectionsOf(markdown: string, newId: () => string): Section[] {
  const sections: string[][] = [];
  let blankBefore = false;
  for (const line of markdown.split('\n')) {
    const heading = /^#{1,6} /.test(line);
    const last = sections.at(-1);
    const afterHeading = last !== undefined && /^#{1,6} /.test(last[0] ?? '') && line !== '';
    if (!last || heading || (line !== '' && blankBefore) || afterHeading) sections.push([line]);
    else last.push(line);
    blankBefore = line === '';
  }
  return sections.map((lines) => ({ id: newId(), markdown: lines.join('\n') }));
}

/** h1, h2, h3 or any_header, as canvases.sections.lookup names them. */
export function hasType(section: Section, type: string): boolean {
  const level = /^(#{1,6}) /.exec(section.markdown)?.[1]?.length;
  if (level === undefined) return false;
  return type === 'any_header' || type === `h${level}`;
}

/** The Markdown of a `document_content`. */
export function markdownOf(content: unknown): string {
  const given = fieldsOf(content);
  if (content !== undefined && given['type'] !== 'markdown')
    throw refusalWithMessages('invalid_arguments', ['document_content is {type: markdown, markdown}']);
  return textOf(given['markdown']);
}
