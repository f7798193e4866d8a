/** The words of drafts and of /oncall postmortem. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  toFill: '（要記入）',
  drill: '【訓練】',
  comma: '、',
  columns: ['状態', '時間', '対応者', '事象', '備考'],
  help: '`/oncall postmortem new タイトル` ポストモーテムのドラフトを作成、`/oncall postmortem list 2026` 一覧',
  needsTitle: 'タイトルを付けてください。例: `/oncall postmortem new 手順ミスで再起動した`',
  started: (title: string) => `📝 「${title}」のドラフトを作成しています。ファイルをこのチャンネルに置きます。`,
  file: (title: string) => `📝 ポストモーテムのドラフト: ${title}\n（要記入）の箇所を書いてください。`,
  notTaken: (code: string) =>
    `⚠️ ドラフトのファイルを置けませんでした（${code}）。Slackのファイルの設定を管理者に確認してください。`,
  badYear: '年は4桁で指定してください。例: `/oncall postmortem list 2026`',
  none: (year: number) => `${year}年のポストモーテムはありません。`,
  listTitle: (year: number, count: number) => `📝 ${year}年のポストモーテム: ${count}件`,
  listLine: (date: string, title: string, owner: string) => `• ${date} ${title}${owner}`,
  owner: (name: string) => `（担当: ${name}）`,
  noOwner: '（担当: 未定）',
  more: (count: number) => `ほか${count}件`,
};

const en: typeof ja = {
  toFill: '(to be filled in)',
  drill: '[Drill] ',
  comma: ', ',
  columns: ['State', 'Time', 'Who', 'What', 'Notes'],
  help: '`/oncall postmortem new TITLE` starts the draft of a postmortem, `/oncall postmortem list 2026` lists them',
  needsTitle: 'Give it a title, e.g. `/oncall postmortem new Restarted the wrong host`',
  started: (title) => `📝 Writing the draft “${title}”. The file comes into this channel.`,
  file: (title) => `📝 Draft of the postmortem: ${title}\nPlease write what says (to be filled in).`,
  notTaken: (code) =>
    `⚠️ Slack did not take the draft’s file (${code}). Ask your admin about Slack’s settings for files.`,
  badYear: 'Give the year in four digits, e.g. `/oncall postmortem list 2026`',
  none: (year) => `There is no postmortem of ${year}.`,
  listTitle: (year, count) => `📝 Postmortems of ${year}: ${count}`,
  listLine: (date, title, owner) => `• ${date} ${title}${owner}`,
  owner: (name) => ` (owner: ${name})`,
  noOwner: ' (no owner yet)',
  more: (count) => `and ${count} more`,
};

export const messages: Record<Locale, typeof ja> = { ja, en };
