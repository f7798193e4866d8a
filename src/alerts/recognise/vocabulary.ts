/** The words that tools put at the head of an alert, and what each says about state and severity. */

import type { AlertSeverity, AlertState } from '../../domain/alert.ts';

export interface Meaning {
  readonly state?: AlertState;
  readonly severity?: AlertSeverity;
  /** What it means where no other word names a state: "[P2] [Recovered]" is over. */
  readonly implies?: AlertState;
}

const STATES: Readonly<Record<AlertState, string>> = {
  firing:
    'firing alarm alarming triggered re-triggered retriggered renotify re-notify alert alerting problem down offline activated active ' +
    'open opened failed failure failing unhealthy no_data nodata breached outage escalated reassigned insufficient_data degraded ' +
    '発報 発生 発生中 障害 障害発生 異常 異常発生 異常検知 警報 アラート アラーム 検知 検出 ダウン 停止 失敗 未対応 未解決 未復旧 継続中',
  resolved:
    'resolved ok recovered recovery closed cleared clear normal up online healthy fixed inactive ' +
    '復旧 復旧済 復旧済み 復旧完了 障害復旧 障害解消 障害回復 回復 解消 解消済み 解決 解決済み 正常 正常化 正常復帰 復帰 収束 クローズ',
  acknowledged: 'acknowledged acked ack 確認済み 確認済 確認中 対応中 対応開始',
};

const SEVERITIES: Readonly<Record<Exclude<AlertSeverity, 'unknown'>, string>> = {
  critical:
    'critical crit fatal emergency emerg panic disaster urgent page p1 sev1 sev-1 致命的 致命的な障害 緊急 重大 最高',
  error: 'error err major high p2 sev2 sev-2 エラー 高 重度 重度の障害',
  warning: 'warning warn minor medium moderate average p3 sev3 sev-3 警告 注意 中 軽度 軽度の障害',
  info: 'info information informational notice low debug p4 p5 sev4 sev-4 情報 低 最低',
};

// Written in brackets or before a colon, these mean that something is wrong; "[INFO]" and "[High]" alone do not.
const FIRES_BY_ITSELF =
  'critical crit fatal emergency disaster p1 p2 p3 sev1 sev2 sev3 sev-1 sev-2 sev-3 error err warning warn エラー 警告 緊急 重大 致命的';

const MEANINGS = new Map<string, Meaning>();

function add(words: string, meaning: Meaning): void {
  for (const word of words.split(' ')) {
    const key = word.replaceAll('_', ' ');
    MEANINGS.set(key, { ...MEANINGS.get(key), ...meaning });
  }
}

for (const [state, words] of Object.entries(STATES)) add(words, { state: state as AlertState });
for (const [severity, words] of Object.entries(SEVERITIES)) add(words, { severity: severity as AlertSeverity });
add(FIRES_BY_ITSELF, { implies: 'firing' });

/** Words that may stand beside a state and say nothing by themselves. */
const NEUTRAL = new Set([
  'alert',
  'alerts',
  'violation',
  'incident',
  'monitor',
  'status',
  'new',
  'event',
  'problem',
  'again',
]);

export function meaningOf(folded: string): Meaning | undefined {
  return MEANINGS.get(folded.trim());
}

/** What a run of words such as "firing:1, resolved:2" or "violation opened" says; undefined where a word is not ours. */
export function meaningOfAll(folded: string): Meaning | undefined {
  const whole = meaningOf(folded);
  if (whole !== undefined) return whole;
  let found: Meaning | undefined;
  for (const word of folded.split(/[\s:,|/()-]+/).filter((one) => one !== '')) {
    if (/^\d+$/.test(word)) continue;
    const meaning = meaningOf(word);
    if (NEUTRAL.has(word)) {
      if (meaning === undefined || found !== undefined) continue;
    } else if (meaning === undefined) return undefined;
    const strongest = NEUTRAL.has(word) ? {} : meaning;
    found = { ...strongest, ...found };
  }
  if (found === undefined) return undefined;
  return Object.keys(found).length > 0 ? found : { state: 'firing' };
}

/** A value of a severity field: "P1 - Critical", "重要度: 高", "High". */
export function severityOf(value: string): AlertSeverity | undefined {
  const whole = meaningOf(value)?.severity;
  if (whole !== undefined) return whole;
  for (const word of value.slice(0, 60).split(/[\s:,|/()[\]{}"'=-]+/)) {
    const severity = meaningOf(word)?.severity;
    if (severity !== undefined) return severity;
  }
  return undefined;
}

/** A value of a state field; of "OK -> ALARM" the last. */
export function stateOf(value: string): AlertState | undefined {
  const last = value.split(/->|→|⇒|=>|\bto\b/).at(-1) ?? value;
  const meaning = meaningOfAll(last.replace(/[!！。.*`"']/g, ' ').trim());
  return meaning?.state ?? meaning?.implies;
}
