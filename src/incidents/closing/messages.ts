/** The words of the all clear and of what follows it. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  modalTitle: '終息宣言',
  submit: '終息宣言',
  close: '戻る',
  question: (title: string) =>
    `「${title}」の終息を宣言します。ウォールーム、アラートのスレッド、告知のスレッドに知らせます。`,
  resolveLabel: 'PagerDuty',
  resolveOption: (number: number) => `PagerDuty #${number} も解決`,
  refused: (who: string) => `終息宣言ができるのはICと宣言者です（${who}）。`,
  over: 'すでに終息しています。',
  noAccount:
    '⚠️ PagerDutyアカウントが見つからないため、PagerDutyは解決していません。アカウントのある人が解決してください。',
  pagerFailed: '⚠️ PagerDutyを解決できませんでした。PagerDutyのアプリで確認してください。',
  cleared: (from: string, to: string, lasted: string) => `✅ 終息しました ${from}–${to}（${lasted}）`,
  clearedBy: (who: string) => `宣言: ${who}`,
  askOwner: '📝 ポストモーテムの担当を決めてください。ドラフトはこのあとに置きます。',
  owner: (who: string) => `📝 ポストモーテムの担当: ${who}`,
  ownerKnown: (who: string) => `担当はすでに ${who} です。`,
  noDraft: 'ドラフトを作成しています。少し待ってからもう一度押してください。',
  drafting: '📝 ドラフトを作成しています。ファイルをこの部屋に置きます。',
  buttons: { clear: '終息宣言', take: '担当する', recovery: '復旧報', announce: '告知' },
};

const en: typeof ja = {
  modalTitle: 'All clear',
  submit: 'All clear',
  close: 'Back',
  question: (title) =>
    `This declares “${title}” over. The war room, the alert’s thread and the announcement’s thread are told.`,
  resolveLabel: 'PagerDuty',
  resolveOption: (number) => `Resolve PagerDuty #${number} too`,
  refused: (who) => `Only the IC and whoever declared it give the all clear (${who}).`,
  over: 'It is over already.',
  noAccount: '⚠️ No PagerDuty account was found for you, so PagerDuty is not resolved. Ask somebody who has one.',
  pagerFailed: '⚠️ PagerDuty could not be resolved. Check in the PagerDuty app.',
  cleared: (from, to, lasted) => `✅ All clear ${from}–${to} (${lasted})`,
  clearedBy: (who) => `Declared by ${who}`,
  askOwner: '📝 Who takes the postmortem? The draft follows in a moment.',
  owner: (who) => `📝 Owner of the postmortem: ${who}`,
  ownerKnown: (who) => `${who} owns it already.`,
  noDraft: 'The draft is being written. Try again in a moment.',
  drafting: '📝 Writing the draft. The file comes into this room.',
  buttons: { clear: 'All clear', take: 'Take it', recovery: 'Recovery report', announce: 'Announce' },
};

export const messages: Record<Locale, typeof ja> = { ja, en };
