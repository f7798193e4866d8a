/** The doctor's words about tokens and toban.yml. */

import type { Locale } from '../domain/locale.ts';
import type { SecretKind } from '../ports/probes.ts';
import type { Advice } from './finding.ts';

const where = {
  SLACK_BOT_TOKEN: {
    ja: 'https://api.slack.com/apps のアプリで「OAuth & Permissions」を開き、Bot User OAuth Token（xoxb-…）を .env に写してください',
    en: 'open the app at https://api.slack.com/apps, "OAuth & Permissions", and copy the Bot User OAuth Token (xoxb-…) into .env',
  },
  SLACK_APP_TOKEN: {
    ja: 'https://api.slack.com/apps のアプリで「Basic Information」→「App-Level Tokens」を開き、connections:write のトークン（xapp-…）を作って .env に写してください',
    en: 'open the app at https://api.slack.com/apps, "Basic Information", "App-Level Tokens", make one with connections:write (xapp-…) and copy it into .env',
  },
  SLACK_SIGNING_SECRET: {
    ja: 'https://api.slack.com/apps のアプリで「Basic Information」を開き、Signing Secret を .env に写してください',
    en: 'open the app at https://api.slack.com/apps, "Basic Information", and copy the Signing Secret into .env',
  },
  PAGERDUTY_TOKEN: {
    ja: 'PagerDuty の Integrations →「API Access Keys」でキーを作り（読み取り専用にしない）、.env に写してください',
    en: 'in PagerDuty, Integrations, "API Access Keys", make a key that is not read-only and copy it into .env',
  },
} as const;

type Named = keyof typeof where;

const kinds: Readonly<Record<SecretKind, Readonly<Record<Locale, string>>>> = {
  missing: { ja: '未設定', en: 'nothing' },
  bot: { ja: 'Slack のボットトークン（xoxb-…）', en: 'a Slack bot token (xoxb-…)' },
  app: { ja: 'Slack のアプリレベルトークン（xapp-…）', en: 'a Slack app-level token (xapp-…)' },
  person: { ja: 'Slack の個人のトークン（xoxp-…）', en: "a person's Slack token (xoxp-…)" },
  rotating: { ja: 'Slack の更新用トークン（xoxe…）', en: 'a rotating or refresh token of Slack (xoxe…)' },
  other_slack: { ja: '別の種類の Slack トークン（xox…）', en: 'another kind of Slack token (xox…)' },
  plain: { ja: 'Slack のトークンではない値', en: 'something that is no Slack token' },
};

const expected: Readonly<Record<Named, Readonly<Record<Locale, string>>>> = {
  SLACK_BOT_TOKEN: { ja: 'ボットトークン（xoxb-…）', en: 'the bot token (xoxb-…)' },
  SLACK_APP_TOKEN: { ja: 'アプリレベルトークン（xapp-…）', en: 'the app-level token (xapp-…)' },
  SLACK_SIGNING_SECRET: { ja: 'Signing Secret', en: 'the signing secret' },
  PAGERDUTY_TOKEN: { ja: 'PagerDuty の REST API キー', en: 'a REST API key of PagerDuty' },
};

const ja = {
  missing: (name: Named): Advice => ({
    is: `${name} が未設定です`,
    should: `${expected[name].ja}が入っている`,
    todo: where[name].ja,
  }),
  wrongKind: (name: Named, kind: SecretKind): Advice => ({
    is: `${name} に ${kinds[kind].ja} が入っています`,
    should: `${expected[name].ja}が入っている`,
    todo: where[name].ja,
  }),
  swapped: (): Advice => ({
    is: 'SLACK_BOT_TOKEN と SLACK_APP_TOKEN が逆に入っています',
    should: 'SLACK_BOT_TOKEN は xoxb-…、SLACK_APP_TOKEN は xapp-…',
    todo: '.env の 2 つの値を入れ替えてください',
  }),
  noLine: (): Advice => ({
    is: 'SLACK_APP_TOKEN も SLACK_SIGNING_SECRET も未設定です',
    should: 'どちらか一方が入っている（Socket Mode なら SLACK_APP_TOKEN）',
    todo: where.SLACK_APP_TOKEN.ja,
  }),
  noFile: (): Advice => ({
    is: 'toban.yml がありません（TOBAN_CONFIG の場所）',
    should: 'チームを書いた toban.yml',
    todo: 'toban.example.yml を toban.yml に写して、チームを書いてください',
  }),
  badSetting: (place: string, what: string, should: string, todo: string): Advice => ({
    is: `設定 ${place}: ${what}`,
    should: should || '正しい値',
    todo: todo || 'toban.example.yml と .env.example を見て直してください',
  }),
  settingsFine: (teams: number) => `設定ファイルと環境変数に誤りはありません（チーム ${teams}）`,
  tokensFine: 'トークンは正しい場所に入っています',
  noAdmins: (): Advice => ({
    is: 'admins が空です。Toban の警告は誰にも届きません',
    should: '管理者の Slack メンバー ID が 1 人以上',
    todo: 'toban.yml に admins: [U…] を書いてください（Slack のプロフィール →「メンバー ID をコピー」）',
  }),
  unknownAdmin: (id: string): Advice => ({
    is: `admins の ${id} は Slack に見つからないか、無効な人です`,
    should: '有効なメンバーの ID',
    todo: 'toban.yml の admins を直してください（Slack のプロフィール →「メンバー ID をコピー」）',
  }),
  adminsFine: (count: number) => `警告を受け取る管理者: ${count} 人`,
};

const en: typeof ja = {
  missing: (name) => ({
    is: `${name} is not set`,
    should: `it holds ${expected[name].en}`,
    todo: where[name].en,
  }),
  wrongKind: (name, kind) => ({
    is: `${name} holds ${kinds[kind].en}`,
    should: `it holds ${expected[name].en}`,
    todo: where[name].en,
  }),
  swapped: () => ({
    is: 'SLACK_BOT_TOKEN and SLACK_APP_TOKEN stand in each other’s place',
    should: 'SLACK_BOT_TOKEN is xoxb-…, SLACK_APP_TOKEN is xapp-…',
    todo: 'exchange the two values in .env',
  }),
  noLine: () => ({
    is: 'neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set',
    should: 'one of the two is (SLACK_APP_TOKEN for Socket Mode)',
    todo: where.SLACK_APP_TOKEN.en,
  }),
  noFile: () => ({
    is: 'there is no toban.yml (at TOBAN_CONFIG)',
    should: 'a toban.yml with your teams',
    todo: 'copy toban.example.yml to toban.yml and write your teams into it',
  }),
  badSetting: (place, what, should, todo) => ({
    is: `setting ${place}: ${what}`,
    should: should || 'a value that is allowed there',
    todo: todo || 'correct it as in toban.example.yml and .env.example',
  }),
  settingsFine: (teams) => `The settings have no fault (teams: ${teams})`,
  tokensFine: 'Each token is of the right kind',
  noAdmins: () => ({
    is: 'admins is empty: Toban’s warnings reach nobody',
    should: 'at least one Slack member id',
    todo: 'write admins: [U…] in toban.yml (Slack profile, "Copy member ID")',
  }),
  unknownAdmin: (id) => ({
    is: `Slack has no active member ${id}, who stands in admins`,
    should: 'the id of an active member',
    todo: 'correct admins in toban.yml (Slack profile, "Copy member ID")',
  }),
  adminsFine: (count) => `Admins who get warnings: ${count}`,
};

export const settingsMessages: Record<Locale, typeof ja> = { ja, en };
