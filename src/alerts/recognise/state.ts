/** Whether a post says that an alert began, was taken or is over; a wrong "over" is silent, so it needs the most. */

import type { AlertState } from '../../domain/alert.ts';
import type { Facts } from './facts.ts';
import { valueOf } from './facts.ts';
import { fold } from './folding.ts';
import type { MarkedLine } from './marker.ts';
import { readMarks } from './marker.ts';
import { meaningOfAll, stateOf } from './vocabulary.ts';

const FIELDS = [
  'state',
  'status',
  'alert state',
  'alert status',
  'current state',
  'new state',
  'incident status',
  'incident state',
  'state change',
  '状態',
  'ステータス',
  '状況',
];

const SENTENCES: readonly { readonly state: AlertState; readonly says: RegExp }[] = [
  {
    state: 'resolved',
    says: /\b(?:is|are|was|been|now|it's) (?:now )?(?:resolved|recovered|closed|cleared|ok|up(?! to)|healthy|normal|online|operational)\b|\b(?:changed|changed state|returned|back|went|going) to (?:ok|up|normal|healthy)\b|\bback to normal\b|\b(?:has|have) recovered\b|->\s?ok\b|(?:復旧|回復|解消|解決|収束|復帰)(?:し|され)(?:まし)?た|復旧済|正常(?:な状態|値)?(?:に|へ)(?:戻|復帰|回復|なり)/g,
  },
  {
    state: 'acknowledged',
    says: /\b(?:is|was|been|now|to) (?:now )?acknowledged\b/g,
  },
  {
    state: 'firing',
    says: /\b(?:is|are|now|to|it's) (?:now )?(?:down|firing|failing|unreachable|unhealthy|offline|critical|alerting|triggered|activated|alarm|in alarm|not )|\bnot (?:been )?(?:resolved|recovered)|->\s?alarm\b|(?:が|を|に)?発生し(?:てい|まし)|失敗し|停止し|ダウンし|超え|超過|(?:復旧|回復|解消|解決)し(?:てい)?(?:ない|ません)|異常終了/g,
  },
];

function lastSentence(folded: string): AlertState | undefined {
  let at = -1;
  let last: AlertState | undefined;
  for (const { state, says } of SENTENCES) {
    for (const found of folded.matchAll(says)) {
      if (found.index < at) continue;
      at = found.index;
      last = state;
    }
  }
  return last;
}

const GREEN = new Set([
  'good',
  '2eb886',
  '36a64f',
  '2eb67d',
  '008000',
  '00ff00',
  '2ecc71',
  '5cb85c',
  '00a000',
  '1d8102',
  '11a768',
]);

// "Make sure that the volume is healthy" tells what to do, not what is.
const CONDITIONAL =
  /\b(?:if|when|until|unless|once|whether|ensure|make sure|check (?:that|the|if|for|whether|logs)|verify|should|would|will)\b|場合|たら|れば|まで|確認/;

function bySentence(line: string): AlertState | undefined {
  const folded = fold(line);
  const state = lastSentence(folded);
  return state !== 'firing' && CONDITIONAL.test(folded) ? undefined : state;
}

function first<T>(values: readonly (T | undefined)[]): T | undefined {
  return values.find((value) => value !== undefined);
}

/** A short line that is nothing but a state: "**Resolved**". */
function alone(line: string): AlertState | undefined {
  if (line.length > 40) return undefined;
  const meaning = meaningOfAll(
    fold(line)
      .replace(/[*_~`>]/g, ' ')
      .trim(),
  );
  return meaning?.state ?? meaning?.implies;
}

/** What the post itself says; undefined where it does not say. */
export function readState(facts: Facts, head: string, marks: MarkedLine): AlertState | undefined {
  if (marks.marked && marks.state !== undefined) return marks.state;
  const field = valueOf(facts, FIELDS);
  return (
    (field === undefined ? undefined : stateOf(fold(field))) ??
    bySentence(head) ??
    first(facts.heads.map((line) => readMarks(line).state)) ??
    first(facts.lines.slice(0, 60).map(alone)) ??
    first(facts.heads.map(bySentence))
  );
}

/** A colour is a weak hint: only where no word says anything. */
export function stateByColor(facts: Facts): AlertState | undefined {
  return facts.colors.length > 0 && facts.colors.every((color) => GREEN.has(color)) ? 'resolved' : undefined;
}
