/** The words of Toban about itself, to its admins. */

import type { Locale } from '../domain/locale.ts';
import type { Complaint } from '../ports/vitals.ts';

const ja = {
  title: '🩺 Toban 自身の異常です',
  since: (time: string) => `${time} から`,
  recovered: (is: string) => `✅ 直りました: ${is}`,
  line: (): Complaint => ({
    is: 'Slack との接続が切れています。アラートと操作を受け取れません',
    todo: 'Toban のログと https://slack-status.com を確認してください。つながるまで自動で試し続け、後から読み直します',
  }),
  outbox: (count: number, minutes: number): Complaint => ({
    is: `Slack への投稿 ${count} 件が送れていません（最長 ${minutes} 分）`,
    todo: 'Toban のログと https://slack-status.com を確認してください。投稿は失われず、送れしだい出ます',
  }),
  refused: (channel: string, code: string, todo: string): Complaint => ({
    is: `Slack が ${channel} への投稿を断りました（${code}）`,
    todo,
  }),
  invite: 'そのチャンネルで /invite @toban を実行してください',
  scope: '足りないスコープをアプリに足し、再インストールしてください（npm run doctor で確かめられます）',
  archived: 'チャンネルのアーカイブを解除するか、toban.yml から外してください',
  restricted: 'チャンネルの投稿権限で、アプリの投稿を許可してください',
  lookUp: 'npm run doctor を実行し、ログの該当行を確認してください',
  database: (code: string): Complaint => ({
    is: `データベースに書き込めません（${code}）。アラートを記録できません`,
    todo: 'ディスクの空きとフォルダーの権限を確認してください。npm run db -- check で調べ、npm run db -- prune で減らせます',
  }),
  disk: (megabytes: number): Complaint => ({
    is: `データベースのディスクの空きが ${megabytes} MB です`,
    todo: '不要なファイルを消すか、npm run db -- prune --keep 400d で古い行を消してください',
  }),
  roster: (minutes: number): Complaint => ({
    is: `PagerDuty から当番を ${minutes} 分間読めていません。最後に読んだ当番で動いています`,
    todo: 'https://status.pagerduty.com と PAGERDUTY_TOKEN を確認してください（/oncall doctor）',
  }),
};

const en: typeof ja = {
  title: '🩺 Something is wrong with Toban itself',
  since: (time) => `since ${time}`,
  recovered: (is) => `✅ Well again: ${is}`,
  line: () => ({
    is: 'The line to Slack is down: alerts and clicks do not arrive',
    todo: 'See Toban’s log and https://slack-status.com. It keeps trying, and reads afterwards what it missed',
  }),
  outbox: (count, minutes) => ({
    is: `${count} posts to Slack do not go out (the oldest for ${minutes} min)`,
    todo: 'See Toban’s log and https://slack-status.com. Nothing is lost: they go out as soon as they can',
  }),
  refused: (channel, code, todo) => ({ is: `Slack refused a post to ${channel} (${code})`, todo }),
  invite: 'Run /invite @toban in that channel',
  scope: 'Add the missing scope to the app and install it again (npm run doctor tells which)',
  archived: 'Unarchive the channel, or take it out of toban.yml',
  restricted: 'Let apps post in the channel: its posting permissions forbid it',
  lookUp: 'Run npm run doctor, and see that line in the log',
  database: (code) => ({
    is: `The database cannot be written (${code}): alerts cannot be kept`,
    todo: 'Check the free space and the rights of the folder; npm run db -- check looks closer, npm run db -- prune makes room',
  }),
  disk: (megabytes) => ({
    is: `The database’s disk has ${megabytes} MB left`,
    todo: 'Remove what is not needed, or old rows with npm run db -- prune --keep 400d',
  }),
  roster: (minutes) => ({
    is: `PagerDuty has not told who is on call for ${minutes} min: the last answer is used`,
    todo: 'See https://status.pagerduty.com and PAGERDUTY_TOKEN (/oncall doctor)',
  }),
};

export const messages: Record<Locale, typeof ja> = { ja, en };
