/** The words of an alert's thread. */

import type { JoinReason } from '../domain/alert.ts';
import type { Locale } from '../domain/locale.ts';

const ja = {
  separator: ' ・ ',
  check: (who: string) => `${who} アラートを確認してください`,
  checkNobody: '⚠️ 呼び出せる当番がいません。PagerDutyのスケジュールとSlackの連携を確認してください',
  firstLevelEmpty: '1次は当番が未設定',
  passedOver: (level: number, name: string) => `${level}次 ${name} はSlack未連携`,
  late: (time: string) => `${time} に発報（Tobanの停止中）`,
  service: (name: string) => `サービス: ${name}`,
  urgency: { high: '緊急度: 高', low: '緊急度: 低' },
  incident: (link: string, reason: string) => `${link}（${reason}）`,
  joined: { link: 'リンクで一致', 'dedup-key': '重複キーで一致', title: '件名とサービスで一致' } satisfies Record<
    JoinReason,
    string
  >,
  called: (who: string) => `呼び出し: ${who}`,
  acknowledged: (who: string, after: string) => `✅ 確認済み ${who} ${after}`,
  acknowledgedHere: 'Tobanに記録しました。PagerDutyのインシデントはありません',
  someone: 'PagerDuty',
  resolved: (time: string, after: string) => `✅ 復旧 ${time}（${after}）`,
  resolvedMissed: (from: string, to: string, after: string) =>
    `✅ Tobanの停止中に発報し、復旧しました ${from}–${to}（${after}）`,
  reopened: (who: string) => `${who} 再び発報しました。アラートを確認してください`,
  refires: (count: number, time: string) => `🔁 同一アラート ${count}回（最終 ${time}）`,
  twin: (link: string) => `同じアラートです。対応は ${link} で行います`,
  twinLabel: 'こちらのスレッド',
  escalated: (who: string, from: number, to: number, waited: string) =>
    `⏫ ${who} ${from}次→${to}次にエスカレーションされました（${waited}未確認）`,
  escalatedBy: (target: string, who: string, from: number, to: number) =>
    `⏫ ${target} ${from}次→${to}次: ${who} がエスカレーション`,
  reason: (text: string) => `（理由: ${text}）`,
  buttons: { acknowledge: '確認 (Ack)', escalate: 'エスカレーション', resolve: '解決', runbook: 'ランブック' },
  resolveConfirm: {
    title: 'インシデントの解決',
    text: 'PagerDutyのインシデントを解決します。',
    yes: '解決',
    no: '戻る',
  },
  escalateModal: {
    title: 'エスカレーション',
    submit: 'エスカレーション',
    close: '戻る',
    loading: 'PagerDutyを確認しています…',
    and: '、',
    to: (level: number, names: string) => `${level}次（${names}）を呼び出します。`,
    reasonLabel: '理由',
    reasonHint: '例: 権限がない、原因が分からない',
    top: 'これより上のレベルはありません。',
    over: 'このアラートは復旧しています。',
    noIncident: 'PagerDutyのインシデントがないため、エスカレーションできません。',
    note: (reason: string) => `Slackからエスカレーション: ${reason}`,
    noteNoReason: 'Slackからエスカレーション',
  },
  already: {
    acknowledged: (who: string) => `すでに ${who} が確認しています。`,
    resolved: 'すでに復旧しています。',
    running: 'すでに実行済みです。',
    gone: 'このアラートの記録が見つかりません。PagerDutyで確認してください。',
  },
  noAccount:
    'PagerDutyアカウントが見つかりません。何も変更していません。SlackとPagerDutyのメールアドレスをそろえるか、管理者に toban.yml の people への追加を依頼してください。',
  refused: 'PagerDutyで許可されていない操作です。何も変更していません。権限を管理者に確認してください。',
  unavailable: 'PagerDutyが応答しません。反映を確認できないため、PagerDutyのアプリで確認してください。',
  cannotEscalate: 'PagerDutyがエスカレーションを受け付けませんでした。PagerDutyのアプリで担当者を確認してください。',
};

const en: typeof ja = {
  separator: ' · ',
  check: (who) => `${who} please check this alert`,
  checkNobody: '⚠️ Nobody on call can be mentioned. Check the PagerDuty schedule and who is linked to Slack',
  firstLevelEmpty: 'Nobody is on level 1',
  passedOver: (level, name) => `Level ${level} ${name} is not in Slack`,
  late: (time) => `fired at ${time} (while Toban was stopped)`,
  service: (name) => `Service: ${name}`,
  urgency: { high: 'Urgency: high', low: 'Urgency: low' },
  incident: (link, reason) => `${link} (${reason})`,
  joined: { link: 'joined by link', 'dedup-key': 'joined by dedup key', title: 'joined by title and service' },
  called: (who) => `Called: ${who}`,
  acknowledged: (who, after) => `✅ Acknowledged by ${who} in ${after}`,
  acknowledgedHere: 'Recorded in Toban. There is no PagerDuty incident',
  someone: 'PagerDuty',
  resolved: (time, after) => `✅ Recovered ${time} (${after})`,
  resolvedMissed: (from, to, after) => `✅ Fired and recovered while Toban was stopped ${from}–${to} (${after})`,
  reopened: (who) => `${who} this alert is firing again, please check it`,
  refires: (count, time) => `🔁 Same alert again ${count}× (last ${time})`,
  twin: (link) => `This is the same alert. Work on it in ${link}`,
  twinLabel: 'this thread',
  escalated: (who, from, to, waited) => `⏫ ${who} escalated from level ${from} to ${to} (${waited} unacknowledged)`,
  escalatedBy: (target, who, from, to) => `⏫ ${target} level ${from} → ${to}, escalated by ${who}`,
  reason: (text) => ` (reason: ${text})`,
  buttons: { acknowledge: 'Acknowledge', escalate: 'Escalate', resolve: 'Resolve', runbook: 'Runbook' },
  resolveConfirm: {
    title: 'Resolve the incident',
    text: 'This resolves the PagerDuty incident.',
    yes: 'Resolve',
    no: 'Back',
  },
  escalateModal: {
    title: 'Escalation',
    submit: 'Escalate',
    close: 'Back',
    loading: 'Asking PagerDuty…',
    and: ', ',
    to: (level, names) => `This calls level ${level} (${names}).`,
    reasonLabel: 'Reason',
    reasonHint: 'e.g. no access, cause unknown',
    top: 'There is no higher level.',
    over: 'This alert has recovered.',
    noIncident: 'There is no PagerDuty incident to escalate.',
    note: (reason) => `Escalated from Slack: ${reason}`,
    noteNoReason: 'Escalated from Slack',
  },
  already: {
    acknowledged: (who) => `Already acknowledged by ${who}.`,
    resolved: 'Already recovered.',
    running: 'Already done.',
    gone: 'Toban has no record of this alert. Check it in PagerDuty.',
  },
  noAccount:
    'No PagerDuty account was found for you. Nothing was changed. Use the same e-mail in Slack and PagerDuty, or ask your admin to add you to people in toban.yml.',
  refused: 'PagerDuty does not allow you to do this. Nothing was changed. Ask your admin about your permissions.',
  unavailable: 'PagerDuty is not answering, so this may not have taken effect. Check in the PagerDuty app.',
  cannotEscalate: 'PagerDuty did not accept the escalation. Check the assignee in the PagerDuty app.',
};

export const messages: Record<Locale, typeof ja> = { ja, en };
export type AlertWords = typeof ja;
