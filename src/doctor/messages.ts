/** The words around the doctor's findings: headings, the help of its commands, what stands before advice. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  separator: '、',
  should: 'あるべき状態',
  todo: 'やること',
  title: '🩺 Toban の診断',
  allFine: (count: number) => `✅ ${count} 項目すべて問題ありません`,
  summary: (fatal: number, warnings: number, unknown: number, fine: number) =>
    `致命的 ${fatal} 件・注意 ${warnings} 件・未確認 ${unknown} 件・問題なし ${fine} 件`,
  working: '調べています。数秒かかります',
  fineOnes: (checks: string) => `✅ 問題なし: ${checks}`,
  cut: (count: number) => `ほか ${count} 件は \`npm run doctor\` で見られます`,
  configTitle: '🔧 いまの設定（秘密の値は表示しません）',
  helpDoctor: '`/oncall doctor` 設定と接続を診断（トークン、権限、チャンネル、スケジュール、対応する人）',
  helpConfig: '`/oncall config` いま有効な設定を表示（秘密の値は出しません）',
};

const en: typeof ja = {
  separator: ', ',
  should: 'Should be',
  todo: 'To do',
  title: '🩺 Toban’s check-up',
  allFine: (count) => `✅ All ${count} checks are fine`,
  summary: (fatal, warnings, unknown, fine) =>
    `${fatal} fatal, ${warnings} to look at, ${unknown} not checked, ${fine} fine`,
  working: 'Looking; this takes some seconds',
  fineOnes: (checks) => `✅ Fine: ${checks}`,
  cut: (count) => `\`npm run doctor\` shows ${count} more`,
  configTitle: '🔧 The settings in force (secrets are not shown)',
  helpDoctor: '`/oncall doctor` checks the set-up: tokens, scopes, channels, schedules, people',
  helpConfig: '`/oncall config` the settings in force, without secrets',
};

export const messages: Record<Locale, typeof ja> = { ja, en };
