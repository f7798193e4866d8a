/** The words of announcements: what the company reads, what a customer could be told, and what whoever writes them sees. */

import type { AnnouncementField } from '../../domain/announcement.ts';
import type { Locale } from '../../domain/locale.ts';

const ja = {
  head: {
    first: (severity: string, title: string) => `【障害発生】第1報 ${severity} ${title}`,
    update: (severity: string, title: string, number: number) => `【障害経過】第${number}報 ${severity} ${title}`,
    recovery: (severity: string, title: string) => `【障害復旧】最終報 ${severity} ${title}`,
  },
  field: {
    occurred: '発生時刻',
    recovered: '復旧時刻',
    lasted: '影響時間',
    scope: '影響範囲',
    happening: '起きていること',
    response: '対応状況',
    mitigation: '暫定対応',
    followUp: '今後',
  } satisfies Record<AnnouncementField, string>,
  line: (label: string, value: string) => `■ ${label}: ${value}`,
  nextUpdate: '次回更新',
  checking: '確認中',
  responseOf: (state: string, commander: string) => (commander ? `${state}（IC: ${commander}）` : state),
  doing: {
    detected: '確認中',
    confirmed: '確認中',
    investigating: '調査中',
    mitigating: '対応中',
    cleared: '終息',
    completed: '完了',
  },
  followUp: '振り返りを行い、再発防止策を決めます',
  customer: {
    first: (title: string) =>
      `平素よりご利用いただき、誠にありがとうございます。\n現在、「${title}」という事象が発生しております。ご不便をおかけしておりますことを、お詫び申し上げます。`,
    update: (title: string) =>
      `「${title}」につきまして、現在の状況をお知らせいたします。引き続きご不便をおかけしておりますことを、お詫び申し上げます。`,
    recovery: (title: string) =>
      `「${title}」につきまして、復旧いたしましたことをお知らせいたします。ご不便をおかけいたしましたことを、お詫び申し上げます。`,
    scope: (text: string) => `影響範囲: ${text}`,
    occurred: (text: string) => `発生時刻: ${text}`,
    recovered: (text: string) => `復旧時刻: ${text}`,
    happening: (text: string) => `事象: ${text}`,
    next: (time: string) => `次回のお知らせは ${time} を予定しております。`,
    checking: '確認しております',
    note: '📄 社外向けの文案です。Tobanは送信しません。担当部署で確認してから使ってください。',
  },
};

const en: typeof ja = {
  head: {
    first: (severity, title) => `[Incident] Report 1 ${severity} ${title}`,
    update: (severity, title, number) => `[Incident] Report ${number} ${severity} ${title}`,
    recovery: (severity, title) => `[Recovered] Final report ${severity} ${title}`,
  },
  field: {
    occurred: 'Occurred',
    recovered: 'Recovered',
    lasted: 'Lasted',
    scope: 'Affected',
    happening: 'What is happening',
    response: 'Response',
    mitigation: 'Mitigation',
    followUp: 'Next steps',
  },
  line: (label, value) => `■ ${label}: ${value}`,
  nextUpdate: 'Next update',
  checking: 'being checked',
  responseOf: (state, commander) => (commander ? `${state} (IC: ${commander})` : state),
  doing: {
    detected: 'being checked',
    confirmed: 'being checked',
    investigating: 'investigating',
    mitigating: 'mitigating',
    cleared: 'all clear',
    completed: 'completed',
  },
  followUp: 'A review will decide how to prevent it',
  customer: {
    first: (title) =>
      `We are currently experiencing the following problem: ${title}. We apologise for the inconvenience.`,
    update: (title) =>
      `This is an update on the following problem: ${title}. We apologise for the continued inconvenience.`,
    recovery: (title) =>
      `The following problem has been solved: ${title}. We apologise for the inconvenience it caused.`,
    scope: (text) => `Affected: ${text}`,
    occurred: (text) => `Began: ${text}`,
    recovered: (text) => `Solved: ${text}`,
    happening: (text) => `What happened: ${text}`,
    next: (time) => `We will post the next update at ${time}.`,
    checking: 'we are checking this',
    note: '📄 A draft for customers. Toban does not send it. Have it checked by the team in charge first.',
  },
};

/** In the audience's language. */
export const announcementWords: Record<Locale, typeof ja> = { ja, en };

const jaForm = {
  formTitle: { first: '告知 第1報', update: '告知 続報', recovery: '告知 復旧報' },
  loading: '状況をまとめています…',
  submit: 'プレビュー',
  close: '戻る',
  nextUpdateHint: '例: 12:10（約束した時刻にICへ知らせます）',
  badTime: '時刻を 12:10 の形で、これからの時刻で入力してください。',
  preview: (channel: string) => `👀 プレビュー: ${channel} に送ります。空欄は「確認中」になります。`,
  noChannel:
    '👀 プレビュー: 告知チャンネルが未設定のため送信できません。toban.yml の incidents.announce_channel を設定してください。',
  groups: (groups: string) => `呼び出し: ${groups}`,
  buttons: { send: '送信', edit: '修正', customer: '社外文案', announce: '告知', update: '続報', recovery: '復旧報' },
  sent: (channel: string) => `📣 ${channel} に告知しました。`,
  already: 'すでに送信済みです。',
  gone: 'この下書きは見つかりません。もう一度 `/oncall announce` を実行してください。',
  noRoom: 'ウォールームで実行してください。',
  opened: '告知の入力画面を開きました。',
  due: (who: string, time: string) => `⏰ ${who} 次回更新の時刻です（${time}）。続報を出してください`,
  dueAgain: (who: string, time: string) => `⏰ ${who} 次回更新が過ぎています（${time} の予定）。続報を出してください`,
  help: '`/oncall announce [recovery]` 告知の下書きとプレビュー（ウォールームで）',
};

const enForm: typeof jaForm = {
  formTitle: { first: 'Announcement 1', update: 'Follow-up', recovery: 'Recovery report' },
  loading: 'Gathering what is known…',
  submit: 'Preview',
  close: 'Back',
  nextUpdateHint: 'e.g. 12:10 (the IC is reminded then)',
  badTime: 'Write a coming time as 12:10.',
  preview: (channel) => `👀 Preview: this goes to ${channel}. Empty fields say “being checked”.`,
  noChannel: '👀 Preview: it cannot be sent, no channel is set. Set incidents.announce_channel in toban.yml.',
  groups: (groups) => `Mentions: ${groups}`,
  buttons: {
    send: 'Send',
    edit: 'Edit',
    customer: 'Customer draft',
    announce: 'Announce',
    update: 'Follow-up',
    recovery: 'Recovery report',
  },
  sent: (channel) => `📣 Announced in ${channel}.`,
  already: 'It was sent already.',
  gone: 'This draft is gone. Run `/oncall announce` again.',
  noRoom: 'Use this in a war room.',
  opened: 'The form is open.',
  due: (who, time) => `⏰ ${who} the next update is due (${time}). Please send it`,
  dueAgain: (who, time) => `⏰ ${who} the next update is overdue (promised for ${time}). Please send it`,
  help: '`/oncall announce [recovery]` drafts and previews an announcement (in a war room)',
};

/** In the responders' language. */
export const messages: Record<Locale, typeof jaForm> = { ja: jaForm, en: enForm };
