/** The few words that the Slack adapter itself says. */

import type { Locale } from '../domain/locale.ts';

export const messages = {
  ja: {
    failed: (reference: string) =>
      `うまくいきませんでした。少し待ってからもう一度試してください。続くときは管理者に参照番号 ${reference} を伝えてください。`,
    stale: 'このボタンは使えなくなりました。新しいメッセージのボタンを使ってください。',
  },
  en: {
    failed: (reference: string) =>
      `That did not work. Wait a moment and try again; if it keeps failing, give your admin the reference ${reference}.`,
    stale: 'This button no longer works. Use the one in a newer message.',
  },
} satisfies Record<Locale, unknown>;
