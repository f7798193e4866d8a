/** `name: value` and `name = value` found in lines of text: labels, annotations, tags, fields written as prose. */

import { cut, fold } from './folding.ts';

const MAX_PAIRS = 300;
const COLUMNS = /\s{2,}|\t|\u3000|\s\|\s/;
const NAME_VALUE = /^([^:：=]{1,60})[:：=](?!\/\/)\s*(.*)$/;
// Tags as Datadog, logfmt and many scripts write them: host:web-1 service=api
const TAG = /(?:^|[\s,{(])([a-z][a-z0-9_.]{1,40})[:=]"?([^\s,;(){}"':=<>]{1,200})/gi;

function undecorate(line: string): string {
  return line.replace(/[*`]/g, '').replace(/^[\s•·\-–>_]+/, '');
}

export function readPairs(lines: readonly string[]): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (const [index, raw] of lines.entries()) {
    if (pairs.length >= MAX_PAIRS) break;
    const line = undecorate(raw);
    for (const column of line.split(COLUMNS)) {
      const found = NAME_VALUE.exec(column.trim());
      if (found?.[1] === undefined) continue;
      const value = (found[2] ?? '').trim();
      const next = lines[index + 1];
      const said = value === '' && next !== undefined && !/^\s*[-•]/.test(next) ? undecorate(next) : value;
      pairs.push({ name: fold(found[1]).replace(/^_|_$/g, '').trim(), value: said.trim() });
    }
    for (const tag of line.matchAll(TAG)) pairs.push({ name: fold(tag[1] ?? ''), value: cut(tag[2] ?? '', 200) });
  }
  return pairs.slice(0, MAX_PAIRS);
}
