/** The words of a storm. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  separator: ' ・ ',
  head: (who: string) => `⚡ ${who} アラートが集中しています。下の一覧を確認してください`,
  low: '🌙 緊急度の低いアラートが集中しています',
  nobody: '⚡ アラートが集中しています。呼び出せる当番がいません',
  ended: (from: string, to: string, count: number) => `🏁 アラートの集中は終わりました ${from}–${to} ・ ${count}件`,
  count: (count: number) => `まとめたアラート: ${count}件`,
  seen: (first: string, last: string) => `初回 ${first} ・ 最終 ${last}`,
  key: (count: number, title: string) => `• ${count}件 ${title}`,
  others: (kinds: number, count: number) => `• ほか ${kinds}種類 ${count}件`,
  open: (count: number) => `未対応 ${count}件`,
  acknowledged: (count: number) => `確認済み ${count}件`,
  resolved: (count: number) => `復旧 ${count}件`,
  listed: '全件の一覧はこのスレッドにあります',
  called: (who: string) => `呼び出し: ${who}`,
  remind: (who: string, count: number, after: string) =>
    `⏰ ${who} まとめたアラート ${count}件が未確認です（${after}経過）`,
  acknowledge: '確認 (Ack)',
  lastBy: (who: string, time: string) => `最終確認 ${who} ${time}`,
  nothingOpen: '未対応のアラートはありません。',
  taken: (count: number) => `✅ ${count}件を確認しました`,
  noAccount: (count: number) => `⚠️ PagerDutyアカウントなし ${count}件（変更していません）`,
  notTaken: (count: number) => `⚠️ 確認できず ${count}件（PagerDutyのアプリで確認してください）`,
  page: (from: number, to: number) => `📋 アラート一覧 ${from}–${to}`,
};

const en: typeof ja = {
  separator: ' · ',
  head: (who) => `⚡ ${who} alerts are coming in a flood, please check the list below`,
  low: '🌙 Low-urgency alerts are coming in a flood',
  nobody: '⚡ Alerts are coming in a flood. Nobody on call can be mentioned',
  ended: (from, to, count) => `🏁 The flood of alerts is over ${from}–${to} · ${count} alerts`,
  count: (count) => `Gathered alerts: ${count}`,
  seen: (first, last) => `First ${first} · last ${last}`,
  key: (count, title) => `• ${count}× ${title}`,
  others: (kinds, count) => `• ${kinds} more kinds, ${count} alerts`,
  open: (count) => `Open ${count}`,
  acknowledged: (count) => `Acknowledged ${count}`,
  resolved: (count) => `Recovered ${count}`,
  listed: 'The whole list is in this thread',
  called: (who) => `Called: ${who}`,
  remind: (who, count, after) => `⏰ ${who} ${count} gathered alerts still unacknowledged after ${after}`,
  acknowledge: 'Acknowledge',
  lastBy: (who, time) => `Last acknowledged by ${who} at ${time}`,
  nothingOpen: 'No alert is open any more.',
  taken: (count) => `✅ ${count} acknowledged`,
  noAccount: (count) => `⚠️ ${count} unchanged: you have no PagerDuty account`,
  notTaken: (count) => `⚠️ ${count} not acknowledged. Check them in the PagerDuty app`,
  page: (from, to) => `📋 Alerts ${from}–${to}`,
};

export const STORM_WORDS: Readonly<Record<Locale, typeof ja>> = { ja, en };
