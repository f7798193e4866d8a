/** The doctor's words about people: who cannot be mentioned, and e-mails that nobody has. */

import type { Locale } from '../domain/locale.ts';
import type { Advice } from './finding.ts';

const ja = {
  unlinked: (name: string, email: string, from: string): Advice => ({
    is: `${name}（${email}）は ${from} から当番ですが、Slack に同じメールの人がいません`,
    should: 'PagerDuty と Slack のメールが同じか、toban.yml の people にある',
    todo: `toban.yml の people に ${email}: U…（Slack のメンバー ID）を足してください`,
  }),
  noEmail: (name: string, from: string): Advice => ({
    is: `${name} は ${from} から当番ですが、PagerDuty がメールを教えません`,
    should: 'PagerDuty のユーザーにメールがある',
    todo: 'キーの権限と、PagerDuty のプロフィールを確認してください',
  }),
  linkGone: (name: string, id: string): Advice => ({
    is: `toban.yml の people で ${name} に結んだ ${id} は、Slack にいないか無効です`,
    should: '有効なメンバーの ID',
    todo: 'toban.yml の people を直してください',
  }),
  peopleFine: (count: number) => `これから 14 日間の当番 ${count} 人は全員 Slack でメンションできます`,
  unasked: (count: number): Advice => ({
    is: `当番 ${count} 人は、まだ Slack で確かめていません`,
    should: '全員を確かめる',
    todo: 'Slack の回数制限のため一度に 40 人までです。1 分後にもう一度実行してください',
  }),
  strayPerson: (email: string): Advice => ({
    is: `toban.yml の people にある ${email} は PagerDuty にいません`,
    should: 'PagerDuty のユーザーのメール',
    todo: 'メールを直すか、その行を消してください',
  }),
  fromUnknown: (email: string): Advice => ({
    is: `PAGERDUTY_FROM の ${email} は PagerDuty のユーザーではありません`,
    should: '有効なユーザーのメール',
    todo: '.env の PAGERDUTY_FROM を直すか、その行を消してください',
  }),
};

const en: typeof ja = {
  unlinked: (name, email, from) => ({
    is: `${name} (${email}) is on call from ${from}, and Slack has nobody of that e-mail`,
    should: 'the e-mails in PagerDuty and Slack agree, or the person stands in people in toban.yml',
    todo: `add ${email}: U… (the Slack member id) to people in toban.yml`,
  }),
  noEmail: (name, from) => ({
    is: `${name} is on call from ${from}, and PagerDuty does not tell the e-mail`,
    should: 'the PagerDuty user has an e-mail',
    todo: 'check the rights of the key and the profile in PagerDuty',
  }),
  linkGone: (name, id) => ({
    is: `people in toban.yml ties ${name} to ${id}, who is not in Slack or not active`,
    should: 'the id of an active member',
    todo: 'correct people in toban.yml',
  }),
  peopleFine: (count) => `All ${count} people on call in the next 14 days can be mentioned in Slack`,
  unasked: (count) => ({
    is: `${count} people on call were not looked up in Slack yet`,
    should: 'everybody is looked up',
    todo: 'Slack’s limit allows 40 at a time: run it again in a minute',
  }),
  strayPerson: (email) => ({
    is: `${email} of people in toban.yml is no PagerDuty user`,
    should: 'the e-mail of a PagerDuty user',
    todo: 'correct the e-mail or remove the line',
  }),
  fromUnknown: (email) => ({
    is: `${email} of PAGERDUTY_FROM is no PagerDuty user`,
    should: 'the e-mail of a valid user',
    todo: 'correct PAGERDUTY_FROM in .env or remove the line',
  }),
};

export const peopleMessages: Record<Locale, typeof ja> = { ja, en };
