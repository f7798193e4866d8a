/** The words of what was done in PagerDuty. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  somebody: 'PagerDuty',
  note: (who: string, text: string) => `📝 ${who}: ${text}`,
  automatic: (who: string, from: number, to: number, waited: string) =>
    `⏫ 自動エスカレーション ${from}次→${to}次: ${who}（${waited}未確認）`,
  reassigned: (who: string) => `🔀 ${who} 担当になりました。アラートを確認してください`,
  reassignedNobody: (names: string) => `🔀 担当が ${names} に変わりました`,
  by: (who: string) => `（${who} が変更）`,
  and: '、',
};

const en: typeof ja = {
  somebody: 'PagerDuty',
  note: (who, text) => `📝 ${who}: ${text}`,
  automatic: (who, from, to, waited) =>
    `⏫ Escalated automatically from level ${from} to ${to}: ${who} (${waited} unacknowledged)`,
  reassigned: (who) => `🔀 ${who} this alert is yours now, please check it`,
  reassignedNobody: (names) => `🔀 Assigned to ${names} now`,
  by: (who) => ` (changed by ${who})`,
  and: ', ',
};

export const MIRROR_WORDS: Readonly<Record<Locale, typeof ja>> = { ja, en };
