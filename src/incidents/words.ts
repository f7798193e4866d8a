/** The words that every part of an incident shares: severities, states, roles; and their reading from what people type. */

import { IMPACTS, MITIGATIONS, SEVERITIES, STATES } from '../domain/incident.ts';
import type { Impact, IncidentState, Mitigation, Role, Severity } from '../domain/incident.ts';
import type { Locale } from '../domain/locale.ts';

const ja = {
  drill: '【訓練】',
  severity: {
    SEV1: '全体停止、データや個人情報の恐れ',
    SEV2: '主要機能が使えない、多数に影響',
    SEV3: '一部機能、一部ユーザーに影響',
    SEV4: '影響なし（予兆、失敗の記録）',
  } satisfies Record<Severity, string>,
  state: {
    detected: '検知',
    confirmed: '確認',
    investigating: '調査',
    mitigating: '対応',
    cleared: '終息',
    completed: '完了',
  } satisfies Record<IncidentState, string>,
  mitigation: { rollback: '切り戻し', relief: '緩和', other: 'その他' } satisfies Record<Mitigation, string>,
  impact: { yes: 'あり', no: 'なし', unknown: '確認中' } satisfies Record<Impact, string>,
  role: { commander: 'IC', deputy: '副指揮', scribe: '書記', liaison: '連絡' } satisfies Record<Role, string>,
  open: '未定',
  separator: ' ・ ',
  and: '、',
};

const en: typeof ja = {
  drill: '[DRILL] ',
  severity: {
    SEV1: 'everything is down, data or personal data at risk',
    SEV2: 'a main function is down, many are affected',
    SEV3: 'part of a function, some are affected',
    SEV4: 'nobody is affected (an early sign, a failure to record)',
  },
  state: {
    detected: 'detected',
    confirmed: 'confirmed',
    investigating: 'investigating',
    mitigating: 'mitigating',
    cleared: 'all clear',
    completed: 'completed',
  },
  mitigation: { rollback: 'rollback', relief: 'relief', other: 'other' },
  impact: { yes: 'yes', no: 'no', unknown: 'being checked' },
  role: { commander: 'IC', deputy: 'deputy', scribe: 'scribe', liaison: 'liaison' },
  open: 'nobody yet',
  separator: ' · ',
  and: ', ',
};

export const incidentWords = { ja, en } satisfies Record<Locale, unknown>;

const STATE_ALIASES: Readonly<Record<string, IncidentState>> = {
  終息宣言: 'cleared',
  clear: 'cleared',
  closed: 'cleared',
  done: 'completed',
  暫定対応: 'mitigating',
  切り戻し: 'mitigating',
  緩和: 'mitigating',
  rollback: 'mitigating',
  relief: 'mitigating',
  調査中: 'investigating',
  対応中: 'mitigating',
};

/** `調査`, `investigating`, `対応 切り戻し`, `rollback`; undefined for anything else. */
export function readState(typed: string): { state: IncidentState; mitigation?: Mitigation } | undefined {
  const words = typed.normalize('NFKC').trim().toLowerCase();
  const [first = '', ...rest] = words.split(/\s+/);
  const state =
    readName(STATES, 'state', words) ??
    STATE_ALIASES[words] ??
    readName(STATES, 'state', first) ??
    STATE_ALIASES[first];
  if (!state) return undefined;
  const mitigation = readName(MITIGATIONS, 'mitigation', first) ?? readName(MITIGATIONS, 'mitigation', rest.join(' '));
  return state === 'mitigating' && mitigation ? { state, mitigation } : { state };
}

/** `SEV2`, `sev 2`, `2`. */
export function readSeverity(typed: string): Severity | undefined {
  const digit = /^(?:sev)?\s*-?\s*([1-4])$/i.exec(typed.normalize('NFKC').trim())?.[1];
  return SEVERITIES.find((severity) => severity === `SEV${digit}`);
}

export function readImpact(chosen: string | undefined): Impact {
  return IMPACTS.find((impact) => impact === chosen) ?? 'unknown';
}

function readName<T extends string>(names: readonly T[], kind: 'state' | 'mitigation', typed: string): T | undefined {
  return names.find((name) =>
    [ja, en].some((words) => [name, (words[kind] as Record<string, string>)[name]].includes(typed)),
  );
}
