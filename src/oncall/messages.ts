/** The words of /oncall. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  title: (team: string) => `📟 オンコール: ${team}`,
  level: (level: number) => `${level}次`,
  until: (time: string) => `（〜${time}）`,
  always: '（常時）',
  unlinked: '（Slack未連携）',
  separator: '、',
  nobody: '⚠️ 当番が未設定です。PagerDutyのスケジュールを確認してください',
  unknown: '⚠️ まだ確認できていません。PagerDutyの応答を待っています',
  lastConfirmed: (time: string) => `最終確認 ${time}（PagerDuty応答なし）`,
  helpTitle: '📟 Toban の使い方',
  helpUnknown: (word: string) => `「${word}」というコマンドはありません。使えるコマンドは次のとおりです。`,
  helpNow: '`/oncall` いまの当番を表示（例: `/oncall`、`/oncall now sre`）',
  helpNext: '`/oncall next [日数] [チーム]` 次の当番を表示',
  helpSchedule: '`/oncall schedule [日数] [チーム]` 当番の予定を1日1行で表示',
  helpMe: '`/oncall me [日数]` 自分の当番を表示',
  helpPolicy: '`/oncall policy [チーム]` エスカレーションの段階と時間を表示',
  helpHelp: '`/oncall help` この説明を表示',
  helpAlerts:
    'アラートのスレッドでは、ボタンで 確認 (Ack)・エスカレーション・解決・ランブック表示 ができます。操作はあなたのPagerDutyアカウントで行います。',
  helpRules: (link: string) => `オンコールのルール: ${link}`,
  rulesLabel: '社内ドキュメント',
  noSuchTeam: (word: string, teams: string) => `「${word}」というチームはありません。チーム: ${teams}`,
};

const en: typeof ja = {
  title: (team) => `📟 On call: ${team}`,
  level: (level) => `Level ${level}`,
  until: (time) => ` (until ${time})`,
  always: ' (always)',
  unlinked: ' (not in Slack)',
  separator: ', ',
  nobody: '⚠️ Nobody is on call. Check the schedule in PagerDuty',
  unknown: '⚠️ Not known yet. Waiting for PagerDuty to answer',
  lastConfirmed: (time) => `Last confirmed ${time} (PagerDuty is not answering)`,
  helpTitle: '📟 How to use Toban',
  helpUnknown: (word) => `There is no command “${word}”. These are the commands:`,
  helpNow: '`/oncall` who is on call now (e.g. `/oncall`, `/oncall now sre`)',
  helpNext: '`/oncall next [DAYS] [TEAM]` who is on call next',
  helpSchedule: '`/oncall schedule [DAYS] [TEAM]` the coming days, one a line',
  helpMe: '`/oncall me [DAYS]` your own shifts',
  helpPolicy: '`/oncall policy [TEAM]` the escalation levels and their timeouts',
  helpHelp: '`/oncall help` shows this',
  helpAlerts:
    'In an alert’s thread, buttons acknowledge, escalate, resolve and show the runbook. They act as your own PagerDuty account.',
  helpRules: (link) => `On-call rules: ${link}`,
  rulesLabel: 'company document',
  noSuchTeam: (word, teams) => `There is no team “${word}”. Teams: ${teams}`,
};

export const messages: Record<Locale, typeof ja> = { ja, en };
