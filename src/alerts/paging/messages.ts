/** The words of paging people by hand, and of calling loudly. */

import type { Locale } from '../../domain/locale.ts';

const ja = {
  help: '`/oncall page 内容 [@人]` アラートなしで当番や人を呼び出す',
  opened: '確認画面を開きました。内容を確かめて呼び出してください。',
  usage: '呼び出す内容を書いてください。例: `/oncall page 決済が失敗している @suzuki`',
  title: '呼び出し',
  submit: '呼び出し',
  close: '戻る',
  whom: (names: string) => `人を選ばない場合は当番（${names}）を呼び出します。`,
  nobodyKnown: '当番',
  and: '、',
  team: 'チーム',
  text: '内容',
  people: '呼び出す人',
  peopleHint: '選ばない場合は当番を呼び出します',
  noService:
    'このチームのPagerDutyサービスが toban.yml にないため、呼び出せません。管理者に service の追加を依頼してください。',
  noPerson: (who: string) => `${who} のPagerDutyアカウントが見つかりません。誰も呼び出していません。`,
  paged: (link: string) => `📣 手動で呼び出しました ${link}`,
  partly: (first: string, others: string) =>
    `⚠️ PagerDutyでは ${first} だけを呼び出しました。${others} はSlackだけで呼び出しています。`,
  ofTeam: (team: string, names: string) => `${team}: ${names}`,
  details: (who: string) => `Slackの /oncall page から（${who}）`,
  failed: '⚠️ PagerDutyで呼び出せませんでした。電話で連絡してください。',
  phone: (level: number, names: string) => `${level}次 ${names}`,
  failedLoudly: (who: string, by: string, text: string) =>
    `⚠️ ${who} PagerDutyでの呼び出しに失敗しました。対応をお願いします（${by} より）: ${text}`,
  exhausted: (who: string, alert: string) => `⚠️ ${who} 全レベル未確認です: ${alert}`,
};

const en: typeof ja = {
  help: '`/oncall page TEXT [@WHO]` page the on-call or people without an alert',
  opened: 'A form was opened. Check it and page.',
  usage: 'Say what it is about: `/oncall page payments are failing @suzuki`',
  title: 'Page',
  submit: 'Page',
  close: 'Back',
  whom: (names) => `With nobody chosen this pages the on-call (${names}).`,
  nobodyKnown: 'whoever it is',
  and: ', ',
  team: 'Team',
  text: 'What it is about',
  people: 'People',
  peopleHint: 'With nobody chosen the on-call is paged',
  noService:
    'toban.yml names no PagerDuty service of this team, so nobody can be paged. Ask your admin to add service.',
  noPerson: (who) => `No PagerDuty account was found for ${who}. Nobody was paged.`,
  paged: (link) => `📣 Paged by hand ${link}`,
  partly: (first, others) => `⚠️ PagerDuty paged ${first} only. In Slack alone: ${others}.`,
  ofTeam: (team, names) => `${team}: ${names}`,
  details: (who) => `From /oncall page in Slack (${who})`,
  failed: '⚠️ PagerDuty could not page anybody. Please phone them.',
  phone: (level, names) => `Level ${level} ${names}`,
  failedLoudly: (who, by, text) => `⚠️ ${who} paging through PagerDuty failed, please help (asked by ${by}): ${text}`,
  exhausted: (who, alert) => `⚠️ ${who} nobody has acknowledged on any level: ${alert}`,
};

export const pagingMessages: Record<Locale, typeof ja> = { ja, en };
