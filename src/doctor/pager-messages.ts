/** The doctor's words about PagerDuty and its people. */

import type { Locale } from '../domain/locale.ts';
import type { Advice } from './finding.ts';

const ja = {
  silent: (reason: string): Advice => ({
    is: `PagerDuty に接続できません（${reason}）`,
    should: 'このマシンから PagerDuty の API に HTTPS で届く',
    todo: 'ネットワークと PAGERDUTY_API_URL（EU は https://api.eu.pagerduty.com）を確認し、https://status.pagerduty.com を見てください',
  }),
  unauthorized: (): Advice => ({
    is: 'PagerDuty が PAGERDUTY_TOKEN を受け付けません（401）',
    should: '有効な REST API キー',
    todo: 'Integrations →「API Access Keys」でキーを作り直し、.env の PAGERDUTY_TOKEN に写してください。EU のアカウントなら PAGERDUTY_API_URL も確認してください',
  }),
  forbidden: (what: string): Advice => ({
    is: `PagerDuty のキーに ${what} を見る権限がありません（403）`,
    should: 'ユーザー、スケジュール、ポリシー、サービスを読めるキー',
    todo: 'アカウントの「API Access Keys」のキーに替えるか、キーの持ち主の役割を上げてください',
  }),
  refused: (what: string, code: string): Advice => ({
    is: `PagerDuty が ${what} を断りました（${code}）`,
    should: '読み取れる',
    todo: 'toban.yml の ID と PAGERDUTY_API_URL を確認してください',
  }),
  tokenFine: 'PagerDuty のキーは有効です（書き込み権限は操作するまで確かめられません）',
  unchecked: (): Advice => ({
    is: 'PagerDuty の確認（スケジュール、人）はまだできません',
    should: 'PagerDuty のキーが使える',
    todo: '先に PagerDuty のキーの問題を直してください',
  }),
  missingThing: (kind: 'schedule' | 'policy' | 'service', id: string, team: string): Advice => {
    const what = { schedule: 'スケジュール', policy: 'エスカレーションポリシー', service: 'サービス' }[kind];
    return {
      is: `${what} ${id}（チーム ${team}）が PagerDuty にありません`,
      should: 'このアカウントにある ID',
      todo: `PagerDuty で${what}のページを開き、URL の最後の部分を toban.yml に写してください`,
    };
  },
  emptyLevel: (policy: string, level: number): Advice => ({
    is: `ポリシー ${policy} の ${level}次に誰も設定されていません`,
    should: 'どの段階にも人かスケジュールがある',
    todo: 'PagerDuty のエスカレーションポリシーで、この段階に人を足すか、段階を消してください',
  }),
  noLevel: (policy: string): Advice => ({
    is: `ポリシー ${policy} に段階がありません`,
    should: '1次がある',
    todo: 'PagerDuty のエスカレーションポリシーに段階を足してください',
  }),
  drift: (team: string, service: string): Advice => ({
    is: `サービス ${service} のエスカレーションポリシーが、チーム ${team} のものと違います`,
    should: 'toban.yml の escalation_policy と同じ',
    todo: 'PagerDuty（Terraform）のサービスか、toban.yml の escalation_policy を直してください',
  }),
  onlyOneLevel: (policy: string): Advice => ({
    is: `ポリシー ${policy} は 1次だけです。当番が出られないと誰も呼ばれません`,
    should: '2次、3次がある',
    todo: 'PagerDuty のエスカレーションポリシーに次の段階を足してください',
  }),
  found: (schedules: number, policies: number, services: number) =>
    `スケジュール ${schedules}、ポリシー ${policies}、サービス ${services} が PagerDuty にあります`,
  gapNow: (team: string, end: string): Advice => ({
    is: `チーム ${team} には、いま 1次の当番がいません（〜${end}）`,
    should: 'いつも誰かが 1次にいる',
    todo: 'すぐに PagerDuty のスケジュールを直すか、オーバーライドを入れてください',
  }),
  gap: (team: string, spans: string): Advice => ({
    is: `チーム ${team} の 1次に空きがあります: ${spans}`,
    should: 'これから 14 日間、いつも誰かが 1次にいる',
    todo: 'PagerDuty のスケジュールを直してください',
  }),
  more: (count: number) => ` ほか ${count} 件`,
  gapsFine: (teams: number) => `これから 14 日間、${teams} チームの 1次に空きはありません`,
};

const en: typeof ja = {
  silent: (reason) => ({
    is: `PagerDuty does not answer (${reason})`,
    should: 'this machine reaches PagerDuty’s API over HTTPS',
    todo: 'check the network and PAGERDUTY_API_URL (EU: https://api.eu.pagerduty.com), and see https://status.pagerduty.com',
  }),
  unauthorized: () => ({
    is: 'PagerDuty refuses PAGERDUTY_TOKEN (401)',
    should: 'a REST API key that is valid',
    todo: 'make a new key at Integrations, "API Access Keys", and copy it into PAGERDUTY_TOKEN; for an EU account check PAGERDUTY_API_URL too',
  }),
  forbidden: (what) => ({
    is: `the PagerDuty key may not read ${what} (403)`,
    should: 'a key that reads users, schedules, policies and services',
    todo: 'use a key of the account ("API Access Keys"), or give the owner of the key a higher role',
  }),
  refused: (what, code) => ({
    is: `PagerDuty refused ${what} (${code})`,
    should: 'it can be read',
    todo: 'check the id in toban.yml and PAGERDUTY_API_URL',
  }),
  tokenFine: 'The PagerDuty key works (whether it may write shows at the first click)',
  unchecked: () => ({
    is: 'PagerDuty’s schedules and people could not be checked yet',
    should: 'a PagerDuty key that works',
    todo: 'mend the PagerDuty key first',
  }),
  missingThing: (kind, id, team) => {
    const what = { schedule: 'schedule', policy: 'escalation policy', service: 'service' }[kind];
    return {
      is: `PagerDuty has no ${what} ${id} (team ${team})`,
      should: 'an id of this account',
      todo: `open the ${what} in PagerDuty and copy the last part of its address into toban.yml`,
    };
  },
  emptyLevel: (policy, level) => ({
    is: `level ${level} of the policy ${policy} has nobody`,
    should: 'every level has a person or a schedule',
    todo: 'add somebody to the level in PagerDuty, or remove the level',
  }),
  noLevel: (policy) => ({
    is: `the policy ${policy} has no level`,
    should: 'it has level 1',
    todo: 'add a level to the escalation policy in PagerDuty',
  }),
  drift: (team, service) => ({
    is: `the service ${service} uses another escalation policy than team ${team}`,
    should: 'the same as escalation_policy in toban.yml',
    todo: 'correct the service in PagerDuty (Terraform), or escalation_policy in toban.yml',
  }),
  onlyOneLevel: (policy) => ({
    is: `the policy ${policy} has level 1 alone: nobody else is called when the on-call cannot answer`,
    should: 'it has levels 2 and 3',
    todo: 'add the next level to the escalation policy in PagerDuty',
  }),
  found: (schedules, policies, services) =>
    `PagerDuty has the ${schedules} schedules, ${policies} policies and ${services} services`,
  gapNow: (team, end) => ({
    is: `nobody is on call at level 1 of team ${team} now (until ${end})`,
    should: 'somebody always is',
    todo: 'mend the schedule in PagerDuty at once, or add an override',
  }),
  gap: (team, spans) => ({
    is: `level 1 of team ${team} has gaps: ${spans}`,
    should: 'somebody is on call at any time of the next 14 days',
    todo: 'mend the schedule in PagerDuty',
  }),
  more: (count) => ` and ${count} more`,
  gapsFine: (teams) => `Level 1 has no gap in the next 14 days (teams: ${teams})`,
};

export const pagerMessages: Record<Locale, typeof ja> = { ja, en };
