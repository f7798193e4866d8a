/** The words in topics, and the warning where Slack does not let them be kept. */

import type { Locale } from '../domain/locale.ts';

const ja = {
  topic: (who: string) => `📟 当番: ${who}`,
  andSo: '、',
  nobody: '未設定',
  refused: (kind: 'group' | 'topic', place: string, code: string) =>
    kind === 'group'
      ? `⚠️ ユーザーグループ ${place} を当番に合わせられません（${code}）。Slackの権限（usergroups:write とユーザーグループの編集）を確認してください。ほかの機能には影響ありません`
      : `⚠️ チャンネル ${place} のトピックを当番に合わせられません（${code}）。Slackの権限（channels:manage、groups:write）とTobanがチャンネルにいるかを確認してください。ほかの機能には影響ありません`,
};

const en: typeof ja = {
  topic: (who) => `📟 On call: ${who}`,
  andSo: ', ',
  nobody: 'nobody',
  refused: (kind, place, code) =>
    kind === 'group'
      ? `⚠️ The user group ${place} cannot be kept equal to who is on call (${code}). Check usergroups:write and who may edit user groups in Slack. Everything else works`
      : `⚠️ The topic of ${place} cannot be kept equal to who is on call (${code}). Check channels:manage and groups:write, and that Toban is in the channel. Everything else works`,
};

export const signMessages: Record<Locale, typeof ja> = { ja, en };
