/** A small workspace for the tests of the local Slack: its manifest, people and channels. */
import { LogLevel } from '@slack/bolt';
import type { Logger } from '@slack/bolt';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import type { SlackWorld, SlackWorldOptions } from '../../src/simulator/slack/slack-world.ts';

export const MANIFEST = `
display_information: { name: Toban }
features:
  app_home: { home_tab_enabled: true }
  bot_user: { display_name: toban }
  slash_commands:
    - { command: /oncall, description: on call, should_escape: true }
  shortcuts:
    - { name: Declare, type: message, callback_id: declare_incident, description: declare }
    - { name: Anywhere, type: global, callback_id: anywhere, description: anywhere }
oauth_config:
  scopes:
    bot: [app_mentions:read, bookmarks:write, bookmarks:read, canvases:read, canvases:write, channels:history, channels:join, channels:manage, channels:read,
          chat:write, commands, files:write, files:read, groups:history, groups:read, groups:write, im:write, im:history, im:read, pins:write, pins:read,
          reactions:read, reactions:write, team:read, usergroups:read, usergroups:write, users:read, users:read.email]
settings:
  event_subscriptions:
    bot_events: [app_home_opened, app_mention, message.channels, message.groups, message.im, reaction_added, reaction_removed, member_joined_channel, pin_added]
  interactivity: { is_enabled: true }
  socket_mode_enabled: true
`;

/** Refusals and lost connections are what these tests are about, so the SDK need not report them. */
export const QUIET: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

const START = Date.UTC(2026, 0, 5, 1, 0, 0);

export async function smallWorkspace(
  options: Partial<SlackWorldOptions> = {},
): Promise<{ world: SlackWorld; clock: SimulatedClock }> {
  const clock = new SimulatedClock(START);
  const world = await startSlack({ clock, manifest: MANIFEST, ...options });
  world.addUser({ id: 'U0TARO', name: 'taro', realName: 'Taro', email: 'taro@corp.example' });
  world.addUser({ id: 'U0HANAKO', name: 'hanako', realName: 'Hanako', email: 'hanako@corp.example' });
  world.addUser({ id: 'U0GONE', name: 'gone', realName: 'Gone', deleted: true });
  world.addChannel({ id: 'C0ALERTS', name: 'alerts', members: ['U0TARO', 'U0HANAKO'], botIsMember: true });
  world.addChannel({ id: 'C0OTHER', name: 'other', members: ['U0TARO'] });
  world.addChannel({ id: 'C0SECRET', name: 'secret', isPrivate: true, members: ['U0TARO'] });
  world.addChannel({ id: 'C0OLD', name: 'old', botIsMember: true, isArchived: true });
  world.addUserGroup({ id: 'S0SRE', handle: 'sre', name: 'SRE', users: ['U0TARO'] });
  return { world, clock };
}
