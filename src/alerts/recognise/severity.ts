/** How bad the monitoring tool says it is; `unknown` where it does not say. */

import type { AlertSeverity } from '../../domain/alert.ts';
import type { Facts } from './facts.ts';
import { valueOf } from './facts.ts';
import { fold } from './folding.ts';
import type { MarkedLine } from './marker.ts';
import { severityOf } from './vocabulary.ts';

export const SEVERITY_FIELDS = [
  'severity',
  'priority',
  '深刻度',
  '重要度',
  '優先度',
  '緊急度',
  'alert severity',
  'level',
  'sev',
];
const IN_HEAD = /(?:^|[\s([{|])(critical|crit|fatal|emergency|error|warning|warn|p[1-5]|sev-?[1-4])(?=$|[\s)\]}|,:])/g;
const GROUP = /\(([^()]{1,400})\)/g;
const IN_PROSE = /(?:深刻度|重要度|優先度|緊急度|severity|priority)\s?[:=]\s?([^\s,;()]{1,20})/;

/** Alertmanager and Grafana show the values of the labels: `Name (eks-uat critical)`. */
function groupSeverity(folded: string): AlertSeverity | undefined {
  const words = [...folded.matchAll(GROUP)].flatMap((group) => group[1]?.split(/\s+/).slice(-3) ?? []);
  for (const word of words.toReversed()) {
    const severity = /^(?:critical|error|warning|info|page|none)$/.test(word) ? severityOf(word) : undefined;
    if (severity !== undefined) return severity;
  }
  return undefined;
}

export function readSeverity(facts: Facts, head: string, marks: MarkedLine): AlertSeverity {
  for (const name of SEVERITY_FIELDS) {
    const severity = severityOf(fold(valueOf(facts, [name]) ?? ''));
    if (severity !== undefined) return severity;
  }
  const folded = fold(head);
  // Only marks and label groups: a title such as "error rate" names what is measured, not how bad it is.
  const prose = IN_PROSE.exec(facts.folded.slice(0, 4_000))?.[1];
  const stated = severityOf(prose ?? '') ?? marks.severity ?? groupSeverity(folded) ?? bracketed(folded);
  return stated ?? severityOf(fold(valueOf(facts, ['urgency']) ?? '')) ?? 'unknown';
}

function bracketed(folded: string): AlertSeverity | undefined {
  for (const found of folded.matchAll(IN_HEAD)) {
    const before = found[0].charAt(0);
    const word = found[1] ?? '';
    if (/[([{|]/.test(before) || /^(?:p[1-5]|sev-?[1-4])$/.test(word)) return severityOf(word);
  }
  return undefined;
}
