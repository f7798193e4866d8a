/** Slack's text as a person reads it: `&amp;`, `<url|label>`, `<@U1>` and the like undone, with the links found on the way. */

export interface FoundLink {
  readonly url: string;
  readonly label: string;
}

export interface PlainText {
  readonly text: string;
  readonly links: readonly FoundLink[];
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

// Neither class can cross the next `<`, so every character is looked at a bounded number of times.
const TOKEN = /<([^<>]+)>/g;
const BARE_URL = /https?:\/\/[^\s<>"'`|\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]{1,2000}/g;
const MARKDOWN_LINK = /\[([^[\]\n]{1,300})\]\((https?:\/\/[^\s()]{1,2000})\)/g;
const TRAILING = new Set(['.', ',', ';', ':', '!', '?', ')', ']', '*', '_']);

export function isWebUrl(url: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(url);
}

function unescape(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

function withoutTrailing(url: string): string {
  let end = url.length;
  while (end > 0 && TRAILING.has(url.charAt(end - 1))) end -= 1;
  return url.slice(0, end);
}

function bareLinks(text: string): FoundLink[] {
  return [...text.matchAll(BARE_URL)].map(([found]) => {
    const url = withoutTrailing(found);
    return { url, label: url };
  });
}

/** What stands between `<` and `>`. */
function readToken(inner: string, links: FoundLink[]): string {
  const bar = inner.indexOf('|');
  const target = unescape(bar < 0 ? inner : inner.slice(0, bar));
  const label = bar < 0 ? '' : unescape(inner.slice(bar + 1)).trim();
  const sign = target.charAt(0);
  if (sign === '@') return label === '' ? target : `@${label.replace(/^@/, '')}`;
  if (sign === '#') return `#${label === '' ? target.slice(1) : label.replace(/^#/, '')}`;
  if (sign === '!') {
    if (label !== '') return target.startsWith('!date') || label.startsWith('@') ? label : `@${label}`;
    return `@${target.slice(1).replace(/^subteam\^/, '')}`;
  }
  if (isWebUrl(target)) {
    links.push({ url: target, label: label === '' ? target : label.slice(0, 300).replace(/^[*_~`]+|[*_~`]+$/g, '') });
    return label === '' ? target : label;
  }
  if (label !== '') return label;
  return target.startsWith('mailto:') || target.startsWith('tel:')
    ? target.slice(target.indexOf(':') + 1)
    : `<${target}>`;
}

/** mrkdwn, as `text` fields carry it. */
export function undoEncoding(raw: string): PlainText {
  const links: FoundLink[] = [];
  let text = '';
  let from = 0;
  for (const token of raw.matchAll(TOKEN)) {
    const before = unescape(raw.slice(from, token.index));
    links.push(...bareLinks(before));
    text += before + readToken(token[1] ?? '', links);
    from = token.index + token[0].length;
  }
  const rest = unescape(raw.slice(from));
  links.push(...bareLinks(rest));
  return { text: text + rest, links };
}

/** Standard Markdown, as the `markdown` block carries it: `[label](url)`. */
export function undoMarkdown(raw: string): PlainText {
  const labelled: FoundLink[] = [];
  const text = raw.replace(MARKDOWN_LINK, (_all, label: string, url: string) => {
    labelled.push({ url: unescape(url), label });
    return label;
  });
  const plain = undoEncoding(text);
  return { text: plain.text, links: [...labelled, ...plain.links] };
}
