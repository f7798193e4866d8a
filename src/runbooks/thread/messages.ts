/** The words under an alert: first checks, changes, links, alerts like it. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  checksOf: (service: string) => `🔎 初動確認（${service}）`,
  checks: '🔎 初動確認',
  usualChecks: [
    '影響範囲（どの機能・どのユーザーか）',
    'いつから始まったか',
    '直近の変更',
    'ダッシュボード（リクエスト数・エラー率・レイテンシ）',
    'エラーログ',
    '依存先（DB・キャッシュ・外部API）',
  ] as readonly string[],
  tick: '完了',
  untick: '取り消し',
  by: (person: string, time: string) => `${person} ${time}`,
  changes: '🔀 直近の変更',
  ago: (span: string) => `（${span}前）`,
  noChanges: (span: string) => `🔀 直近${span}の変更なし`,
  changesUnknown: '🔀 直近の変更: 確認できません（PagerDuty応答なし）',
  links: (links: string) => `🔗 リンク: ${links}`,
  separator: ' / ',
  similar: '🕘 類似',
  ended: (span: string) => `${span}で復旧`,
  handledBy: (person: string) => `対応: ${person}`,
  helped: (runbook: string) => `役に立ったランブック: ${runbook}`,
  pagerDuty: 'PagerDutyの記録',
  comma: '・',
  gone: 'このリストは新しくなりました。スレッドの最新の表示から操作してください。',
};

const en: typeof ja = {
  checksOf: (service) => `🔎 First checks (${service})`,
  checks: '🔎 First checks',
  usualChecks: [
    'Scope: which features, which users',
    'When it began',
    'Recent changes',
    'Dashboards: requests, error rate, latency',
    'Error logs',
    'What it depends on: database, cache, external APIs',
  ],
  tick: 'Done',
  untick: 'Undo',
  by: (person, time) => `${person} ${time}`,
  changes: '🔀 Recent changes',
  ago: (span) => ` (${span} ago)`,
  noChanges: (span) => `🔀 No changes in the last ${span}`,
  changesUnknown: '🔀 Recent changes: not known (PagerDuty is not answering)',
  links: (links) => `🔗 Links: ${links}`,
  separator: ' / ',
  similar: '🕘 Similar',
  ended: (span) => `recovered after ${span}`,
  handledBy: (person) => `handled by ${person}`,
  helped: (runbook) => `runbook that helped: ${runbook}`,
  pagerDuty: 'from PagerDuty',
  comma: ', ',
  gone: 'This list has changed. Use the newest one in the thread.',
};

export type ThreadWords = typeof ja;

export const THREAD_WORDS: Readonly<Record<Locale, ThreadWords>> = { ja, en };
