/** The words of calendars. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  help: '`/oncall ical [チーム]` 当番のカレンダー（.ics）と購読アドレス。`rotate` で作り直し、`revoke` で停止',
  mine: 'あなたの当番',
  ofTeam: (team: string) => `${team} のオンコール`,
  heading: (what: string) => `📆 カレンダー: ${what}`,
  myShift: (team: string, level: number) => `オンコール当番 ${team}（${level}次）`,
  teamShift: (name: string, team: string, level: number) => `${name} オンコール ${team}（${level}次）`,
  fileSent: 'ファイル（.ics）をダイレクトメッセージに送りました',
  fileComing: 'ファイル（.ics）をダイレクトメッセージに送っています',
  fileFailed: (code: string) => `ファイル（.ics）は送れませんでした（${code}）。購読アドレスを使ってください`,
  fileComment: (what: string) => `📆 ${what}のカレンダーです。取り込んだ後の変更は、購読アドレスのほうに反映されます`,
  address: (url: string) => `購読アドレス: ${url}`,
  secret: 'このアドレスを知っている人は誰でも見られます。ほかの人に渡さないでください',
  onlyHere: 'いまは Toban のサーバーからしか届きません。管理者が toban.yml の `ical.url` を設定すると外から使えます',
  ends: (rotate: string, revoke: string) => `作り直し: \`${rotate}\` 停止: \`${revoke}\``,
  already: (time: string) => `購読アドレスは ${time} に発行済みです。もう一度は表示できません`,
  rotated: '前のアドレスは使えなくなりました',
  revoked: '🗑️ 購読アドレスを停止しました',
  noneToRevoke: '停止する購読アドレスはありません',
  notKnown: '⚠️ 予定をまだ確認できていません。少し待ってから試してください',
  noSuchTeam: (word: string, teams: string) => `「${word}」というチームはありません。チーム: ${teams}`,
  separator: '、',
};

const en: typeof ja = {
  help: '`/oncall ical [TEAM]` a calendar (.ics) of shifts and its feed address; `rotate` makes a new one, `revoke` ends it',
  mine: 'your shifts',
  ofTeam: (team) => `on call for ${team}`,
  heading: (what) => `📆 Calendar: ${what}`,
  myShift: (team, level) => `On call: ${team} (level ${level})`,
  teamShift: (name, team, level) => `${name} on call: ${team} (level ${level})`,
  fileSent: 'The file (.ics) is in your direct messages',
  fileComing: 'The file (.ics) is on its way to your direct messages',
  fileFailed: (code) => `The file (.ics) could not be sent (${code}). Use the feed address`,
  fileComment: (what) => `📆 The calendar of ${what}. Later changes come through the feed address only`,
  address: (url) => `Feed address: ${url}`,
  secret: 'Whoever knows this address can read it. Keep it to yourself',
  onlyHere: 'It is reachable from the Toban server only until an admin sets `ical.url` in toban.yml',
  ends: (rotate, revoke) => `New address: \`${rotate}\` End it: \`${revoke}\``,
  already: (time) => `Your feed address was given on ${time}. It cannot be shown again`,
  rotated: 'The address before it has ended',
  revoked: '🗑️ The feed address has ended',
  noneToRevoke: 'There is no feed address to end',
  notKnown: '⚠️ The shifts are not known yet. Try again in a moment',
  noSuchTeam: (word, teams) => `There is no team “${word}”. Teams: ${teams}`,
  separator: ', ',
};

export const messages: Record<Locale, typeof ja> = { ja, en };
