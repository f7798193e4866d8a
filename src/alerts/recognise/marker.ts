/** The marks at the head of a line, `[FIRING:1]`, `Triggered: #12`, `【復旧】`: what they say, and the line without them. */

import type { Meaning } from './vocabulary.ts';
import { meaningOf, meaningOfAll } from './vocabulary.ts';
import { fold, undecorated } from './folding.ts';

export interface MarkedLine {
  readonly state?: Meaning['state'];
  readonly severity?: Meaning['severity'];
  /** True where the line wore any mark. */
  readonly marked: boolean;
  /** The line without marks and decoration. */
  readonly rest: string;
}

const BRACKETS = /^[[［【〔（(「『<＜《]\s*([^[\]［］【】〔〕()（）「」『』<>＜＞《》]{1,100})[\]］】〕）)」』>＞》]/u;
const BEFORE_COLON = /^([\p{L}\p{N}][\p{L}\p{N} _-]{0,30}?)\s{0,3}[:：|｜!！](?!\/\/)/u;
const FIRST_WORD = /^([\p{L}\p{N}_-]{1,30})(?=[\s#＃]|$)/u;
// Zabbix: "Resolved in 5m 3s: High CPU"; PagerDuty: "Resolved by Taro: …".
const ASIDE = /^(?:by [^:：#]{1,60}|(?:in|after|at) \d[^:：]{0,30})[:：]\s{0,3}/i;
const NUMBER = /^[[(]?(?:incident\s{0,3})?[#＃]\s?\d{1,10}\b[\s:：\-–—|)\]]*/iu;

// Followed by a mere space these open an alert in any case; of the other words only capitals do ("OK everyone" is talk).
const BARE = new Set([
  'triggered',
  'acknowledged',
  'resolved',
  'recovered',
  'firing',
  'critical',
  'warning',
  '障害',
  '障害発生',
  '発報',
  '復旧',
  '障害復旧',
  '警告',
]);
const NEVER_BARE = new Set(['ok', 'up', 'open', 'active', 'page', 'high', 'low', 'clear', 'normal', 'new']);

interface Found {
  readonly meaning: Meaning;
  readonly length: number;
  readonly keep: string;
}

/** "triggered on {host:web-1}" (Datadog) marks a state and names the entity. */
function readBracket(content: string): { meaning: Meaning; keep: string } | undefined {
  const on = /^([a-z -]{2,20}) on (.+)$/i.exec(content);
  if (on?.[1] !== undefined) {
    const meaning = meaningOfAll(fold(on[1]));
    return meaning === undefined ? undefined : { meaning, keep: `(${(on[2] ?? '').replace(/[{}]/g, '').trim()})` };
  }
  const meaning = meaningOfAll(fold(content));
  return meaning === undefined ? undefined : { meaning, keep: '' };
}

function readMark(line: string): Found | undefined {
  const bracket = BRACKETS.exec(line);
  if (bracket !== null) {
    const read = readBracket(bracket[1] ?? '');
    return read === undefined ? undefined : { ...read, length: bracket[0].length };
  }
  const label = BEFORE_COLON.exec(line);
  const labelled = label === null ? undefined : meaningOfAll(fold(label[1] ?? ''));
  if (label !== null && labelled !== undefined) return { meaning: labelled, length: label[0].length, keep: '' };

  const word = FIRST_WORD.exec(line)?.[1];
  if (word === undefined) return undefined;
  const folded = fold(word);
  const meaning = meaningOf(folded);
  const capitals = word.length > 1 && word === word.toUpperCase() && word !== word.toLowerCase();
  const numbered = /^\s*[#＃]\d/.test(line.slice(word.length));
  const opens = numbered || BARE.has(folded) || (capitals && !NEVER_BARE.has(folded));
  return meaning !== undefined && opens ? { meaning, length: word.length, keep: '' } : undefined;
}

export function readMarks(line: string): MarkedLine {
  let rest = undecorated(line.replace(/[*`]/g, ''));
  let kept = '';
  let tail = '';
  let state: Meaning['state'];
  let severity: Meaning['severity'];
  let implied: Meaning['implies'];
  let marked = false;
  for (let turn = 0; turn < 6 && rest !== ''; turn += 1) {
    const number = marked || /^incident/i.test(rest) ? NUMBER.exec(rest) : null;
    const mark = number === null ? readMark(rest) : undefined;
    if (number !== null) rest = rest.slice(number[0].length);
    else if (mark !== undefined) {
      marked = true;
      state ??= mark.meaning.state;
      severity ??= mark.meaning.severity;
      implied ??= mark.meaning.implies;
      if (mark.keep !== '') tail = ` ${mark.keep}`;
      rest = rest
        .slice(mark.length)
        .replace(/^[\s:：|｜!！]+/, '')
        .replace(ASIDE, '');
    } else {
      const label = BRACKETS.exec(rest);
      if (marked || label === null || label[0].length > 40) break;
      kept += `${label[0]} `;
      rest = rest.slice(label[0].length);
    }
    rest = undecorated(rest);
  }
  state ??= implied;
  const clean = `${kept}${rest}${tail}`.replace(/[\s*_~`|]+$/, '').trim();
  return {
    ...(state && { state }),
    ...(severity && { severity }),
    marked,
    rest: rest === '' && tail === '' ? '' : clean,
  };
}
