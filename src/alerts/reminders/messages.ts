/** The words of a reminder. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  again: (who: string, after: string) => `⏰ ${who} 未確認です（${after}経過）`,
  nobody: (after: string) => `⚠️ 未確認です（${after}経過）。呼び出せる当番がいません`,
  replied: (who: string, time: string) => `💬 ${who} が返信（${time}）。確認はまだです`,
};

const en: typeof ja = {
  again: (who, after) => `⏰ ${who} still unacknowledged after ${after}`,
  nobody: (after) => `⚠️ Still unacknowledged after ${after}. Nobody on call can be mentioned`,
  replied: (who, time) => `💬 ${who} replied at ${time}, but nobody has acknowledged`,
};

export const messages: Record<Locale, typeof ja> = { ja, en };
