/** The words of a war room's making, and of its link to PagerDuty. */

import type { PagerRefusal } from '../../domain/incident.ts';
import type { Locale } from '../../domain/locale.ts';

const ja = {
  /** The link in the alert's thread. */
  backlink: (room: string) => `🛟 対応は ${room} へ`,
  linked: (name: string) => `#${name} に紐づけました`,
  threadRoot: (title: string) => `🚨 ${title}`,
  noRight: '権限',
  cannotCreate: (why: string) => `⚠️ チャンネルを作成できません（${why}）。このスレッドで対応します`,
  thread: '🛟 このスレッドで対応します',
  cannotPrivate: (title: string, why: string) =>
    `⚠️ 非公開のチャンネルを作成できません（${why}）。公開の場所には何も投稿していません。管理者にチャンネル作成の権限を確認してください: ${title}`,
  nowhere: (title: string, why: string) =>
    `⚠️ チャンネルを作成できません（${why}）。対応の場所がありません。Tobanがいるチャンネルで /oncall declare を使ってください: ${title}`,
  uninvited: (who: string, why: string) => `⚠️ ${who} を招待できませんでした（${why}）。手で招待してください`,
  inviteFault: {
    user_is_restricted: 'ゲスト',
    user_is_ultra_restricted: 'ゲスト',
    cant_invite: '無効なアカウント',
    user_not_found: 'Slackにいない',
  } as Readonly<Record<string, string>>,
  bookmarkAlert: 'アラート',
  bookmarkPager: (number: number) => `PagerDuty #${number}`,
  pagerTitlePrivate: (name: string) => `非公開インシデント ${name}`,
  pagerDetails: (declarer: string, link: string) => `Slackで宣言: ${declarer}\n${link}`,
  pagerRefused: {
    no_account: (names: string) =>
      `PagerDutyアカウントがないため、PagerDutyでは呼び出していません。${names === '' ? '' : `作成できる人: ${names}`}`,
    not_allowed: (names: string) =>
      `PagerDutyで許可されていないため、呼び出していません。${names === '' ? '' : `作成できる人: ${names}`}`,
    no_service: () =>
      'チームにPagerDutyのサービスがないため、呼び出していません。toban.yml の service を設定してください。',
    no_answer: () => 'PagerDutyが応答しないため、呼び出せていません。電話などで当番に連絡してください。',
    refused: () => 'PagerDutyが受け付けなかったため、呼び出していません。PagerDutyで当番の設定を確認してください。',
  } satisfies Record<PagerRefusal, (names: string) => string>,
  ready: (room: string) => `🛟 ウォールームを用意しました: ${room}`,
};

const en: typeof ja = {
  backlink: (room) => `🛟 The response goes on in ${room}`,
  linked: (name) => `Tied to #${name}`,
  threadRoot: (title) => `🚨 ${title}`,
  noRight: 'no right to',
  cannotCreate: (why) => `⚠️ No channel could be made (${why}). The response goes on in this thread`,
  thread: '🛟 The response goes on in this thread',
  cannotPrivate: (title, why) =>
    `⚠️ No private channel could be made (${why}). Nothing was posted in public. Ask an admin for the right to create channels: ${title}`,
  nowhere: (title, why) =>
    `⚠️ No channel could be made (${why}), so there is no place for the response. Use /oncall declare in a channel with Toban: ${title}`,
  uninvited: (who, why) => `⚠️ ${who} could not be invited (${why}). Please invite them by hand`,
  inviteFault: {
    user_is_restricted: 'a guest',
    user_is_ultra_restricted: 'a guest',
    cant_invite: 'a deactivated account',
    user_not_found: 'not in Slack',
  },
  bookmarkAlert: 'Alert',
  bookmarkPager: (number) => `PagerDuty #${number}`,
  pagerTitlePrivate: (name) => `Private incident ${name}`,
  pagerDetails: (declarer, link) => `Declared in Slack: ${declarer}\n${link}`,
  pagerRefused: {
    no_account: (names) =>
      `Nobody was paged: you have no PagerDuty account.${names === '' ? '' : ` Who can open it there: ${names}`}`,
    not_allowed: (names) =>
      `Nobody was paged: PagerDuty does not allow it.${names === '' ? '' : ` Who can open it there: ${names}`}`,
    no_service: () => 'Nobody was paged: the team has no PagerDuty service. Set service in toban.yml.',
    no_answer: () => 'Nobody could be paged: PagerDuty does not answer. Reach the on-call by phone.',
    refused: () => 'Nobody was paged: PagerDuty did not accept it. Check who is on call in PagerDuty.',
  },
  ready: (room) => `🛟 The war room is ready: ${room}`,
};

export const roomMessages = { ja, en } satisfies Record<Locale, unknown>;
