/** auth.test, users.*, usergroups.*, bots.info and team.info: who is who in the workspace. */
import { nextCursor, page } from './access.ts';
import type { Methods } from './access.ts';
import type { Backend } from './backend.ts';
import { groupOnWire, userOnWire } from './directory.ts';
import type { SlackUser, SlackUserGroup } from './directory.ts';
import { Refusal } from './refusal.ts';
import { flagOf, listOf, optionalText, textOf } from './wire-values.ts';
import type { Answer, Fields } from './wire-values.ts';

export const PEOPLE_METHODS: Methods = {
  'auth.test': (_args, { identity }) => ({
    url: `https://${identity.teamDomain}.slack.com/`,
    team: identity.teamDomain,
    user: identity.botName,
    team_id: identity.teamId,
    user_id: identity.botUserId,
    bot_id: identity.botId,
    is_enterprise_install: false,
  }),

  'team.info': (_args, { identity }) => ({
    team: {
      id: identity.teamId,
      name: identity.teamDomain,
      domain: identity.teamDomain,
      email_domain: '',
      url: `https://${identity.teamDomain}.slack.com/`,
    },
  }),

  'bots.info': (args, backend) => {
    const bot = backend.directory.bots.get(textOf(args['bot']));
    if (!bot) throw new Refusal('bot_not_found');
    const { id, appId, name, userId } = bot;
    return {
      bot: { id, deleted: false, name, updated: 0, app_id: appId, ...(userId ? { user_id: userId } : {}), icons: {} },
    };
  },

  'users.info': (args, backend) => {
    const user = backend.directory.users.get(textOf(args['user']));
    if (!user) throw new Refusal('user_not_found');
    return { user: shown(backend, user, flagOf(args['include_locale'])) };
  },

  'users.list': (args, backend) => {
    const { items, next } = page([...backend.directory.users.values()], args, { standard: 1000, most: 1000 });
    const withLocale = flagOf(args['include_locale']);
    return {
      members: items.map((user) => shown(backend, user, withLocale)),
      cache_ts: backend.mint.seconds(),
      ...nextCursor(next),
    };
  },

  'users.lookupByEmail': (args, backend) => {
    const user = backend.directory.byEmail(textOf(args['email']));
    if (!user) throw new Refusal('users_not_found');
    return { user: shown(backend, user, false) };
  },

  'usergroups.list': (args, backend) => ({
    usergroups: [...backend.directory.groups.values()]
      .filter((group) => !group.disabled || flagOf(args['include_disabled']))
      .map((group) => shownGroup(backend, group, args, flagOf(args['include_users']))),
  }),

  'usergroups.users.list': (args, backend) => {
    const group = groupOf(backend, args);
    if (group.disabled && !flagOf(args['include_disabled'])) throw new Refusal('no_such_subteam');
    return { users: group.users };
  },

  'usergroups.users.update': (args, backend) => {
    const group = groupOf(backend, args);
    const users = listOf(args['users']);
    if (users.length === 0) throw new Refusal('no_users_provided');
    const valid = users.every((id) => backend.directory.users.get(id)?.deleted === false || isActive(backend, id));
    if (!valid) throw new Refusal('invalid_users');
    return keep(backend, { ...group, users: [...new Set(users)] }, args);
  },

  'usergroups.enable': (args, backend) => keep(backend, { ...groupOf(backend, args), disabled: false }, args),
  'usergroups.disable': (args, backend) => keep(backend, { ...groupOf(backend, args), disabled: true }, args),
};

function shown(backend: Backend, user: SlackUser, withLocale: boolean): Fields {
  return userOnWire(user, backend.identity.teamId, {
    withEmail: backend.manifest.scopes.has('users:read.email'),
    withLocale,
  });
}

function isActive(backend: Backend, id: string): boolean {
  const user = backend.directory.users.get(id);
  return user !== undefined && !user.deleted;
}

function groupOf(backend: Backend, args: Fields): SlackUserGroup {
  const group = backend.directory.groups.get(optionalText(args['usergroup']) ?? '');
  if (!group) throw new Refusal('no_such_subteam');
  return group;
}

function keep(backend: Backend, group: SlackUserGroup, args: Fields): Answer {
  backend.directory.groups.set(group.id, group);
  backend.feed.emit({ kind: 'group', id: group.id });
  const usergroup = shownGroup(backend, group, args, true);
  backend.events.emit('subteam_updated', 'usergroups:read', {
    type: 'subteam_updated',
    subteam: usergroup,
    event_ts: backend.mint.ts(),
  });
  return { usergroup };
}

function shownGroup(backend: Backend, group: SlackUserGroup, args: Fields, withUsers: boolean): Fields {
  return groupOnWire(group, backend.identity.teamId, {
    withUsers,
    withCount: flagOf(args['include_count']) || withUsers,
  });
}
