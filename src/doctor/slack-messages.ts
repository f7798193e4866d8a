/** The doctor's words about Slack. */

import type { Locale } from '../domain/locale.ts';
import type { Advice } from './finding.ts';
import type { ChannelUse } from './setup.ts';

const uses: Readonly<Record<ChannelUse['use'], Readonly<Record<Locale, string>>>> = {
  alerts: { ja: 'アラート', en: 'alerts' },
  handover: { ja: '引き継ぎ', en: 'handover' },
  announcements: { ja: '障害のお知らせ', en: 'announcements' },
  topic: { ja: 'トピック', en: 'topic' },
  changes: { ja: 'デプロイ', en: 'changes' },
};

const ja = {
  silent: (reason: string): Advice => ({
    is: `Slack に接続できません（${reason}）`,
    should: 'このマシンから Slack の Web API に HTTPS で届く',
    todo: 'ネットワーク、プロキシ、SLACK_API_URL を確認してください',
  }),
  refused: (code: string): Advice => ({
    is: `Slack が SLACK_BOT_TOKEN を受け付けません（${code}）`,
    should: 'このワークスペースにインストールしたアプリのボットトークン',
    todo: 'アプリの「OAuth & Permissions」でトークンを写し直してください。取り消されていれば「Reinstall to Workspace」を押してください',
  }),
  botFine: (name: string, team: string) => `ボットトークンは有効です（@${name}、${team}）`,
  unchecked: (): Advice => ({
    is: 'Slack の確認（スコープ、チャンネル、人）はまだできません',
    should: 'ボットトークンが使える',
    todo: '先にボットトークンの問題を直してください',
  }),
  missingScope: (scope: string, features: string): Advice => ({
    is: `スコープ ${scope} がありません（使う機能: ${features}）`,
    should: `アプリに ${scope} がある`,
    todo: `アプリの「OAuth & Permissions」→「Bot Token Scopes」に ${scope} を足し、「Reinstall to Workspace」を押してください。使わない機能なら toban.yml の features で切れます`,
  }),
  basics: '基本',
  scopesFine: (count: number) => `有効な機能に必要なスコープ ${count} 個がそろっています`,
  scopesUnknown: (): Advice => ({
    is: 'Slack がトークンのスコープを返しません',
    should: '応答に x-oauth-scopes ヘッダーがある',
    todo: 'プロキシがヘッダーを落としていないか確認してください',
  }),
  lineRefused: (code: string): Advice => ({
    is: `Slack が SLACK_APP_TOKEN を受け付けません（${code}）`,
    should: '同じアプリの、connections:write を持つアプリレベルトークン（xapp-…）。アプリの Socket Mode が有効',
    todo: 'アプリの「Basic Information」→「App-Level Tokens」で connections:write のトークンを作り直し、「Socket Mode」を有効にしてください',
  }),
  lineSilent: (reason: string): Advice => ({
    is: `Socket Mode の接続先を Slack が返しません（${reason}）`,
    should: 'apps.connections.open が応答する',
    todo: '少し待ってもう一度試してください。続くときは https://slack-status.com を見てください',
  }),
  lineFine: 'Socket Mode で接続できます',
  channelUnknown: (channel: string, use: ChannelUse['use']): Advice => ({
    is: `チャンネル ${channel}（${uses[use].ja}）が見つかりません`,
    should: '実在し、アーカイブされていないチャンネル。プライベートなら Toban が参加している',
    todo: `toban.yml の名前を確認し、プライベートチャンネルならその中で /invite @toban を実行してください`,
  }),
  channelOutside: (channel: string, use: ChannelUse['use'], bot: string): Advice => ({
    is: `Toban がチャンネル #${channel}（${uses[use].ja}）に参加していません`,
    should: 'Toban が参加している',
    todo: `#${channel} で /invite @${bot} を実行してください`,
  }),
  channelsFine: (count: number) => `toban.yml のチャンネル ${count} 個すべてに Toban が参加しています`,
  channelsUnknown: (code: string): Advice => ({
    is: `チャンネルの一覧を読めません（${code}）`,
    should: 'channels:read と groups:read のスコープがある',
    todo: 'スコープを足してアプリを再インストールしてください',
  }),
  skew: (seconds: number): Advice => ({
    is: `このマシンの時計が Slack より ${Math.abs(seconds)} 秒${seconds > 0 ? '進んで' : '遅れて'}います`,
    should: 'ずれは 5 秒以内',
    todo: 'NTP（chrony や systemd-timesyncd）を有効にしてください。5 分以上ずれると Slack の署名も拒否されます',
  }),
  clockFine: '時計は Slack と合っています',
};

const en: typeof ja = {
  silent: (reason) => ({
    is: `Slack does not answer (${reason})`,
    should: 'this machine reaches Slack’s Web API over HTTPS',
    todo: 'check the network, the proxy and SLACK_API_URL',
  }),
  refused: (code) => ({
    is: `Slack refuses SLACK_BOT_TOKEN (${code})`,
    should: 'the bot token of an app that is installed in this workspace',
    todo: 'copy the token again from "OAuth & Permissions" of the app; where it was revoked, press "Reinstall to Workspace"',
  }),
  botFine: (name, team) => `The bot token works (@${name}, ${team})`,
  unchecked: () => ({
    is: 'Slack’s scopes, channels and people could not be checked yet',
    should: 'a bot token that works',
    todo: 'mend the bot token first',
  }),
  missingScope: (scope, features) => ({
    is: `the scope ${scope} is missing (needed by: ${features})`,
    should: `the app has ${scope}`,
    todo: `add ${scope} at "OAuth & Permissions", "Bot Token Scopes", and press "Reinstall to Workspace"; a feature that you do not use can be switched off under features in toban.yml`,
  }),
  basics: 'every start',
  scopesFine: (count) => `All ${count} scopes that the features need are there`,
  scopesUnknown: () => ({
    is: 'Slack does not tell which scopes the token has',
    should: 'the answer carries the header x-oauth-scopes',
    todo: 'check whether a proxy drops headers',
  }),
  lineRefused: (code) => ({
    is: `Slack refuses SLACK_APP_TOKEN (${code})`,
    should: 'an app-level token (xapp-…) of the same app with connections:write, and Socket Mode switched on',
    todo: 'make a new one with connections:write at "Basic Information", "App-Level Tokens", and switch "Socket Mode" on',
  }),
  lineSilent: (reason) => ({
    is: `Slack gives no address for Socket Mode (${reason})`,
    should: 'apps.connections.open answers',
    todo: 'try again in a moment; if it goes on, see https://slack-status.com',
  }),
  lineFine: 'Socket Mode can connect',
  channelUnknown: (channel, use) => ({
    is: `the channel ${channel} (${uses[use].en}) was not found`,
    should: 'a channel that exists and is not archived; Toban is in it where it is private',
    todo: 'check the name in toban.yml; in a private channel run /invite @toban',
  }),
  channelOutside: (channel, use, bot) => ({
    is: `Toban is not in the channel #${channel} (${uses[use].en})`,
    should: 'Toban is a member',
    todo: `run /invite @${bot} in #${channel}`,
  }),
  channelsFine: (count) => `Toban is in all ${count} channels of toban.yml`,
  channelsUnknown: (code) => ({
    is: `the channels could not be listed (${code})`,
    should: 'the app has channels:read and groups:read',
    todo: 'add the scopes and install the app again',
  }),
  skew: (seconds) => ({
    is: `this machine’s clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Slack’s`,
    should: 'at most 5 s apart',
    todo: 'switch NTP on (chrony or systemd-timesyncd); beyond 5 minutes Slack’s signatures are refused too',
  }),
  clockFine: 'The clock agrees with Slack’s',
};

export const slackMessages: Record<Locale, typeof ja> = { ja, en };
