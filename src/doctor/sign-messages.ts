/** The doctor's words about the user group and the topic that tell who is on call. */

import type { Locale } from '../domain/locale.ts';
import type { Advice } from './finding.ts';

const ja = {
  groupScope: (team: string, scopes: string): Advice => ({
    is: `チーム ${team} の oncall_group を当番に合わせられません（${scopes} がない）`,
    should: 'アプリに usergroups:read と usergroups:write がある',
    todo: 'スコープを足して再インストールしてください。「Workspace Settings」でユーザーグループの編集がアプリに許可されていることも確認してください',
  }),
  groupUnknown: (team: string, group: string): Advice => ({
    is: `チーム ${team} の oncall_group ${group} が Slack にありません`,
    should: '有効なユーザーグループの ID（S…）',
    todo: 'Slack の「メンバー」→「ユーザーグループ」で ID を確認し、toban.yml を直してください',
  }),
  topicScope: (team: string): Advice => ({
    is: `チーム ${team} の topic_channel のトピックを変えられません（channels:manage がない）`,
    should: 'アプリに channels:manage（プライベートなら groups:write）がある',
    todo: 'スコープを足して再インストールするか、toban.yml の topic_channel を消してください',
  }),
  fine: (teams: number) => `当番に合わせるグループとトピックの権限があります（チーム ${teams}）`,
};

const en: typeof ja = {
  groupScope: (team, scopes) => ({
    is: `the oncall_group of team ${team} cannot be kept equal to the on-call (${scopes} missing)`,
    should: 'the app has usergroups:read and usergroups:write',
    todo: 'add the scopes and install the app again; the workspace settings must let apps edit user groups',
  }),
  groupUnknown: (team, group) => ({
    is: `Slack has no user group ${group}, the oncall_group of team ${team}`,
    should: 'the id (S…) of an active user group',
    todo: 'look the id up under "People", "User groups" in Slack and correct toban.yml',
  }),
  topicScope: (team) => ({
    is: `the topic of team ${team}'s topic_channel cannot be changed (channels:manage missing)`,
    should: 'the app has channels:manage (groups:write for a private channel)',
    todo: 'add the scope and install the app again, or remove topic_channel from toban.yml',
  }),
  fine: (teams) => `The rights for the group and topic that tell the on-call are there (teams: ${teams})`,
};

export const signMessages: Record<Locale, typeof ja> = { ja, en };
