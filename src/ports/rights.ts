/** Which Slack rights each feature needs: the manifests, the doctor and README's table all read this one list (O-05). */

import type { Locale } from '../domain/locale.ts';

export type FeatureName = 'handover' | 'mentions' | 'runbooks' | 'incidents';

export const FEATURE_NAMES: readonly FeatureName[] = ['handover', 'mentions', 'runbooks', 'incidents'];

/** The switches of toban.yml. */
export type Features = Readonly<Record<FeatureName, boolean>>;

/** Who needs it: `always` goes with any start, however small. */
export type NeededBy = 'always' | readonly FeatureName[];

export interface Right {
  readonly neededBy: NeededBy;
  readonly why: Readonly<Record<Locale, string>>;
}

/** Alerts, long threads and war rooms. */
const READERS = ['mentions', 'runbooks', 'incidents'] as const;

/** Bot scope → who needs it and why. A scope that stands here stands in both manifests, and the other way round. */
export const SCOPES: Readonly<Record<string, Right>> = {
  'bookmarks:write': {
    neededBy: ['incidents'],
    why: { ja: 'ウォールームにリンクを並べる', en: 'put the links of an incident at the top of its war room' },
  },
  'canvases:write': {
    neededBy: ['incidents'],
    why: { ja: 'ウォールームのキャンバスに対応状況を書く', en: "keep the live status in a war room's canvas" },
  },
  'channels:history': {
    neededBy: READERS,
    why: {
      ja: 'アラートを読む。停止中に来たものも後から読む',
      en: 'read alerts as they come, and those that came while Toban was stopped',
    },
  },
  'channels:manage': {
    neededBy: ['incidents'],
    why: { ja: 'ウォールームを作り、人を招く', en: 'make a war room and invite people' },
  },
  'channels:read': {
    neededBy: 'always',
    why: { ja: 'toban.yml に書いたチャンネルを探す', en: 'find the channels that toban.yml names' },
  },
  'chat:write': {
    neededBy: 'always',
    why: { ja: '投稿、更新、返信', en: 'mention, update, answer' },
  },
  commands: {
    neededBy: 'always',
    why: { ja: '/oncall コマンド', en: 'the command /oncall' },
  },
  'files:write': {
    neededBy: ['handover', 'incidents'],
    why: {
      ja: 'ポストモーテムの下書きとカレンダーのファイルを届ける',
      en: 'share a postmortem draft, send a calendar file',
    },
  },
  'groups:history': {
    neededBy: READERS,
    why: { ja: 'プライベートチャンネルのアラートを読む', en: 'the same for alerts in private channels' },
  },
  'groups:read': {
    neededBy: 'always',
    why: { ja: 'toban.yml に書いたプライベートチャンネルを探す', en: 'find the private channels that toban.yml names' },
  },
  'groups:write': {
    neededBy: ['incidents'],
    why: { ja: '非公開のウォールームを作る', en: 'make a private war room' },
  },
  'im:write': {
    neededBy: ['handover', 'incidents'],
    why: { ja: 'ダイレクトメッセージで知らせる', en: 'tell a person something in a direct message' },
  },
  'pins:write': {
    neededBy: ['incidents'],
    why: { ja: '対応状況をピン留めする', en: 'pin the live status' },
  },
  'reactions:read': {
    neededBy: ['incidents'],
    why: { ja: '📌 リアクションをタイムラインに載せる', en: 'follow a :pushpin: put on a message' },
  },
  'reactions:write': {
    neededBy: ['mentions'],
    why: {
      ja: '夜間の緊急度の低いアラートに 🌙 を付ける',
      en: 'mark an alert that can wait until morning with :crescent_moon:',
    },
  },
  'usergroups:read': {
    neededBy: ['handover'],
    why: { ja: 'oncall_group のメンバーを確かめる', en: 'see who is in `oncall_group`; not needed without one' },
  },
  'usergroups:write': {
    neededBy: ['handover'],
    why: {
      ja: 'oncall_group を当番に合わせる',
      en: 'keep `oncall_group` equal to the on-call; not needed without one',
    },
  },
  'users:read': {
    neededBy: 'always',
    why: { ja: '押した人が誰かを確かめる', en: 'see who pressed a button' },
  },
  'users:read.email': {
    neededBy: 'always',
    why: { ja: 'PagerDuty の人と Slack の人をメールで結ぶ', en: 'match PagerDuty people with Slack people by e-mail' },
  },
};

/** Bot event → who needs it. */
export const EVENTS: Readonly<Record<string, NeededBy>> = {
  member_joined_channel: ['incidents'],
  'message.channels': READERS,
  'message.groups': READERS,
  reaction_added: ['incidents'],
  reaction_removed: ['incidents'],
};

/** Callback id of a shortcut → who needs it. */
export const SHORTCUTS: Readonly<Record<string, NeededBy>> = {
  declare_incident: ['incidents'],
  add_timeline_entry: ['incidents'],
};

export function isNeeded(neededBy: NeededBy, features: Features): boolean {
  return neededBy === 'always' || neededBy.some((feature) => features[feature]);
}

/** The bot scopes that these features need, in alphabetical order. */
export function scopesFor(features: Features): readonly string[] {
  return Object.keys(SCOPES)
    .filter((scope) => isNeeded(SCOPES[scope]?.neededBy ?? 'always', features))
    .toSorted();
}
