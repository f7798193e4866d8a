/** What this repository's own runbooks must say in their front matter (R-13); users' pages are free. */

import { parseDocument, isMap, isScalar, LineCounter } from 'yaml';
import type { RunbookFault } from '../domain/runbook.ts';
import { readFields, readRunbook, splitPage } from './front-matter.ts';

type Check = (value: unknown) => string | undefined;

const filled: Check = (value) => (typeof value === 'string' && value.trim() !== '' ? undefined : 'must be a text');

const filledList: Check = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => filled(item) === undefined)
    ? undefined
    : 'must be a list of texts, not empty';

const keywordList: Check = (value) => {
  const fault = filledList(value);
  if (fault !== undefined) return fault;
  const keywords = (value as string[]).map((keyword) => keyword.normalize('NFKC').toLowerCase().trim());
  const twice = keywords.find((keyword, index) => keywords.indexOf(keyword) !== index);
  return twice === undefined ? undefined : `has ${twice} twice`;
};

const severity: Check = (value) =>
  typeof value === 'string' && /^SEV[1-4]$/.test(value) ? undefined : 'must be SEV1, SEV2, SEV3 or SEV4';

const day: Check = (value) => {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'must be a day, YYYY-MM-DD';
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? 'is no day' : undefined;
};

const linkList: Check = (value) => {
  const entries: unknown[] | undefined = Array.isArray(value) ? value : undefined;
  const good = entries?.every((entry) => {
    if (typeof entry !== 'object' || entry === null || !('title' in entry) || !('url' in entry)) return false;
    return filled(entry.title) === undefined && typeof entry.url === 'string' && /^https?:\/\/\S+$/.test(entry.url);
  });
  return good === true && entries?.length !== 0 ? undefined : 'must be a list of { title, url }, not empty';
};

const CHECKS: Readonly<Record<string, Check>> = {
  title: filled,
  keywords: keywordList,
  services: filledList,
  owner: filled,
  severity,
  first_checks: filledList,
  links: linkList,
  reviewed_at: day,
};

/** Every fault at once, each with the line that it concerns; line 1 for a key that is missing. */
export function lintRunbook(path: string, text: string): RunbookFault[] {
  const reading = readRunbook(path, text);
  if (reading.kind === 'fault') return [reading.fault];
  const { yaml, body } = splitPage(text);
  if (yaml === undefined) return [{ path, line: 1, message: 'the front matter is missing' }];
  const front = readFields(yaml);
  if (front.kind === 'broken') return [{ path, line: front.line, message: front.message }];
  const lines = keyLines(yaml);
  const faults: RunbookFault[] = [];
  for (const [key, check] of Object.entries(CHECKS)) {
    if (!(key in front.fields)) {
      faults.push({ path, line: 1, message: `${key} is missing` });
      continue;
    }
    const message = check(front.fields[key]);
    if (message !== undefined) faults.push({ path, line: lines.get(key) ?? 1, message: `${key} ${message}` });
  }
  if (body.trim() === '') faults.push({ path, line: yaml.split('\n').length + 2, message: 'the page has no text' });
  return faults;
}

function keyLines(yaml: string): ReadonlyMap<string, number> {
  const counter = new LineCounter();
  const { contents } = parseDocument(yaml, { schema: 'core', lineCounter: counter });
  const lines = new Map<string, number>();
  for (const { key } of isMap(contents) ? contents.items : []) {
    // The opening `---` is the file's first line.
    if (isScalar(key) && key.range) lines.set(String(key.value), counter.linePos(key.range[0]).line + 1);
  }
  return lines;
}
