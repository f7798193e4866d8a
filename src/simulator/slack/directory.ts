/** The people, user groups and bots of the workspace, and how Slack shows them on the wire. */
import type { Fields } from './wire-values.ts';

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly email?: string;
  readonly deleted?: boolean;
  readonly isBot?: boolean;
  readonly locale?: string;
  readonly tz?: string;
}

export interface SlackUserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: readonly string[];
  readonly disabled?: boolean;
}

export interface SlackBot {
  readonly id: string;
  readonly appId: string;
  readonly name: string;
  readonly userId?: string;
}

export class Directory {
  readonly users = new Map<string, SlackUser>();
  readonly groups = new Map<string, SlackUserGroup>();
  readonly bots = new Map<string, SlackBot>();

  byEmail(email: string): SlackUser | undefined {
    const wanted = email.toLowerCase();
    return [...this.users.values()].find((user) => !user.deleted && user.email?.toLowerCase() === wanted);
  }

  requireUser(id: string): SlackUser {
    const user = this.users.get(id);
    if (!user) throw new Error(`No user ${id} in this Slack: add it with addUser first`);
    return user;
  }
}

/** `withEmail` says whether the caller holds users:read.email. */
export function userOnWire(
  user: SlackUser,
  teamId: string,
  options: { readonly withEmail: boolean; readonly withLocale: boolean },
): Fields {
  const tz = user.tz ?? 'Asia/Tokyo';
  return {
    id: user.id,
    team_id: teamId,
    name: user.name,
    deleted: user.deleted ?? false,
    real_name: user.realName,
    tz,
    tz_label: tz,
    tz_offset: offsetSeconds(tz),
    profile: {
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      ...(options.withEmail && user.email ? { email: user.email } : {}),
      team: teamId,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot ?? false,
    is_app_user: false,
    updated: 0,
    ...(options.withLocale ? { locale: user.locale ?? 'ja-JP' } : {}),
  };
}

export function groupOnWire(
  group: SlackUserGroup,
  teamId: string,
  options: { readonly withUsers: boolean; readonly withCount: boolean },
): Fields {
  return {
    id: group.id,
    team_id: teamId,
    is_usergroup: true,
    is_subteam: true,
    name: group.name,
    description: '',
    handle: group.handle,
    is_external: false,
    date_create: 0,
    date_update: 0,
    date_delete: group.disabled ? 1 : 0,
    auto_type: null,
    created_by: 'USLACKBOT',
    updated_by: 'USLACKBOT',
    deleted_by: group.disabled ? 'USLACKBOT' : null,
    prefs: { channels: [], groups: [] },
    ...(options.withUsers ? { users: group.users } : {}),
    ...(options.withCount ? { user_count: group.users.length } : {}),
  };
}

function offsetSeconds(tz: string): number {
  const shown = new Intl.DateTimeFormat('en', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(0);
  const name = shown.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60);
}
