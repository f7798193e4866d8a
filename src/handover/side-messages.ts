/** The words around the daily post: its thread, direct messages, answers to a click, and warnings. */

import type { Locale } from '../domain/locale.ts';
import type { Complaint } from '../ports/vitals.ts';

const ja = {
  notYours: (who: string) => `引き継ぎを受けるのは ${who} です。`,
  nobodyToTake: 'この投稿に、確認が必要な引き継ぎはありません。',
  alreadyConfirmed: '引き継ぎは確認済みです。',
  thanks: '引き継ぎを確認しました。',
  someone: 'Slackのメンバー',
  gone: 'この引き継ぎの記録が見つかりません。',
  remind: (who: string) => `⏰ ${who} 引き継ぎを確認して「引き継ぎました」を押してください`,
  escalate: (who: string, names: string) =>
    `⚠️ ${who} ${names}さんが引き継ぎをまだ確認していません。声をかけてください`,
  change: (team: string, before: string, after: string, span: string) =>
    `🔄 オンコール変更${team ? `（${team}）` : ''}: ${before} → ${after}（${span}）`,
  changeToNobody: (team: string, before: string, span: string, who: string) =>
    `⚠️ オンコール変更${team ? `（${team}）` : ''}: ${before} → 未設定（${span}）。${who ? `${who} ` : ''}スケジュールを確認してください`,
  nobodyBefore: '未設定',
  moreChanges: (count: number) => `🔄 ほか ${count}件の変更があります。/oncall schedule で確認できます`,
  switched: (before: string, after: string) => `🔄 当番交代 ${before} → ${after}`,
  soon: (when: string, team: string, until: string) =>
    `📟 ${when} からオンコール当番です（${team}${until ? `、${until}` : ''}）`,
  plan: (team: string) => `📅 あなたの当番予定（${team}）`,
  planLine: (span: string) => `・${span}`,
  planEmpty: 'この先の当番はありません。',
  swapAsked: (who: string, when: string) => `🙋 ${who}さんが ${when} からの当番の交代相手を探しています`,
  swapTold: 'チームのチャンネルに知らせました。',
  swapNowhere: '知らせるチャンネルがありません。チームに直接相談してください。',
  swapConfirm: { title: '交代を相談', text: '引き継ぎのチャンネルで交代相手を募ります。', yes: '相談', no: '戻る' },
  modal: {
    title: '引き継ぎメモ',
    submit: '保存',
    close: '戻る',
    team: 'チーム',
    text: '次の当番が知っておくこと',
    hint: '例: 22時からDBのメンテナンス。レプリカラグのアラートは様子見でよい',
    nothing: '特記事項なし',
    nothingLabel: '伝えることがないとき',
    done: '完了にするメモ',
    empty: 'メモを書くか、特記事項なしか完了を選んでください',
    both: 'メモがあるので、特記事項なしは選べません',
  },
  help: '`/oncall handover` 引き継ぎを表示（`/oncall handover post` で再投稿）',
  notSet: '引き継ぎの投稿は設定されていません。toban.yml の handover.channel を設定してください。',
  notYet: (time: string) => `まだ引き継ぎの投稿はありません。次は ${time} です。`,
  postedAgain: (channel: string) => `${channel} に再投稿しました。`,
  missing: (channel: string, time: string): Complaint => ({
    is: `${time} の引き継ぎがチャンネル ${channel} に出ていません`,
    todo: 'チャンネルの名前と Toban の参加を確認してください（/oncall doctor）。ログにも理由があります',
  }),
  admin: {
    gap: (team: string) =>
      `⚠️ ${team}: 当番が未設定です。PagerDutyのスケジュールとエスカレーションポリシーを確認してください`,
    unknown: (team: string, why: string) => `⚠️ ${team}: 当番を確認できません。${why}`,
    stale: (why: string) => `⚠️ PagerDutyの応答がないため、引き継ぎは最後に確認した当番で投稿しました。${why}`,
    unlinked: (team: string, names: string) =>
      `⚠️ ${team}: ${names} はSlackで見つかりません。toban.yml の people に追加してください`,
    channel: (channel: string) =>
      `⚠️ 引き継ぎのチャンネル ${channel} が見つかりません。名前を確認し、/invite @toban を実行してください`,
  },
};

const en: typeof ja = {
  notYours: (who) => `${who} takes over here.`,
  nobodyToTake: 'Nothing in this post needs to be confirmed.',
  alreadyConfirmed: 'This handover is confirmed already.',
  thanks: 'You have confirmed the handover.',
  someone: 'a Slack member',
  gone: 'There is no record of this handover.',
  remind: (who) => `⏰ ${who} please look at the handover and press “I have it”`,
  escalate: (who, names) => `⚠️ ${who} ${names} has not confirmed the handover yet. Please get in touch`,
  change: (team, before, after, span) => `🔄 On-call change${team ? ` (${team})` : ''}: ${before} → ${after} (${span})`,
  changeToNobody: (team, before, span, who) =>
    `⚠️ On-call change${team ? ` (${team})` : ''}: ${before} → nobody (${span}). ${who ? `${who} ` : ''}Please check the schedule`,
  nobodyBefore: 'nobody',
  moreChanges: (count) => `🔄 ${count} more changes; see /oncall schedule`,
  switched: (before, after) => `🔄 The pager goes from ${before} to ${after}`,
  soon: (when, team, until) => `📟 You are on call from ${when} (${team}${until ? `, ${until}` : ''})`,
  plan: (team) => `📅 Your shifts (${team})`,
  planLine: (span) => `• ${span}`,
  planEmpty: 'You have no shifts ahead.',
  swapAsked: (who, when) => `🙋 ${who} is looking for somebody to take the shift from ${when}`,
  swapTold: 'The team’s channel has been asked.',
  swapNowhere: 'There is no channel to ask in. Please ask your team directly.',
  swapConfirm: { title: 'Ask for a swap', text: 'This asks in the handover channel.', yes: 'Ask', no: 'Back' },
  modal: {
    title: 'Handover note',
    submit: 'Save',
    close: 'Back',
    team: 'Team',
    text: 'What the next person should know',
    hint: 'e.g. database maintenance from 22:00; replica lag alerts can wait',
    nothing: 'Nothing to note',
    nothingLabel: 'When there is nothing to say',
    done: 'Notes that are done',
    empty: 'Write a note, or choose “nothing to note” or a note that is done',
    both: 'There is a note, so “nothing to note” cannot be chosen',
  },
  help: '`/oncall handover` shows the handover (`/oncall handover post` posts it again)',
  notSet: 'No handover is set up. Set handover.channel in toban.yml.',
  notYet: (time) => `There is no handover yet. The next one is at ${time}.`,
  postedAgain: (channel) => `Posted again in ${channel}.`,
  missing: (channel, time) => ({
    is: `The handover of ${time} does not stand in the channel ${channel}`,
    todo: 'Check the channel’s name and that Toban is in it (/oncall doctor); the log has the reason too',
  }),
  admin: {
    gap: (team) => `⚠️ ${team}: nobody is on call. Check the schedule and the escalation policy in PagerDuty`,
    unknown: (team, why) => `⚠️ ${team}: who is on call is not known. ${why}`,
    stale: (why) => `⚠️ PagerDuty is not answering; the handover shows whom it named last. ${why}`,
    unlinked: (team, names) => `⚠️ ${team}: ${names} cannot be found in Slack. Add them to people in toban.yml`,
    channel: (channel) =>
      `⚠️ The handover channel ${channel} cannot be found. Check its name and run /invite @toban there`,
  },
};

export const sideMessages: Record<Locale, typeof ja> = { ja, en };
