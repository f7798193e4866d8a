/** Both worlds as the page shows them: plain JSON, one function for each part. */

import { CAST } from '../cast.ts';
import type { SlackMessage } from '../slack/message-log.ts';
import type { SlackWorld } from '../slack/slack-world.ts';
import type { Stage } from './stage.ts';

type Json = Readonly<Record<string, unknown>>;

const TIME_ZONE = 'Asia/Tokyo';
const MOST_LOG_ENTRIES = 40;

/** Everything at once, for a page that has just come. */
export function wholeState(stage: Stage): Json {
  const { slack, locale } = stage.worlds;
  const people = slack.users;
  return {
    locale,
    timeZone: TIME_ZONE,
    bot: { id: slack.identity.botUserId, botId: slack.identity.botId, name: slack.identity.botName },
    domain: `${slack.identity.teamDomain}.slack.com`,
    cast: Object.values(CAST).map(({ slackId, pagerId }) => ({ id: slackId, pagerId })),
    users: people.map((user) => userState(slack, user.id)),
    groups: groupsState(slack),
    channels: slack.channels.map(({ id }) => channelState(slack, id)),
    messages: slack.channels.flatMap(({ id }) => slack.history(id).map(messageState)),
    ephemerals: slack.ephemerals,
    views: Object.fromEntries(people.map(({ id }) => [id, slack.views(id)])),
    homes: Object.fromEntries(people.map(({ id }) => [id, slack.home(id) ?? null])),
    canvases: canvasesState(slack),
    installed: installedState(slack),
    stage: stageState(stage),
    pager: pagerState(stage),
    now: stage.worlds.clock.now(),
  };
}

export function userState(slack: SlackWorld, id: string): Json {
  const user = slack.user(id);
  return { id, name: user?.name, realName: user?.realName, isBot: user?.isBot ?? false, deleted: user?.deleted };
}

export function groupsState(slack: SlackWorld): readonly unknown[] {
  return slack.userGroups.map(({ id, handle, name, users }) => ({ id, handle, name, users }));
}

export function channelState(slack: SlackWorld, id: string): Json {
  const channel = slack.channel(id);
  if (!channel) return { id };
  const { kind, name, topic, purpose, isArchived, members, pins, bookmarks, canvas, created } = channel;
  const shown = { id, kind, name, topic, purpose, isArchived, pins, bookmarks, created };
  return { ...shown, members: [...members], canvas: canvas?.id ?? null };
}

/** Without what only apps see. */
export function messageState(message: SlackMessage): Json {
  const { metadata: _metadata, ...shown } = message;
  return shown;
}

export function canvasesState(slack: SlackWorld): readonly unknown[] {
  return slack.canvases.map(({ id, title, markdown, channel }) => ({ id, title, markdown, channel }));
}

/** What the manifest put into people's Slack. */
export function installedState(slack: SlackWorld): Json {
  const { commands, shortcuts, shortcutNames, homeTab } = slack.manifest;
  return {
    commands: [...commands].map(([command, { description, usageHint }]) => ({ command, description, usageHint })),
    shortcuts: [...shortcuts].map(([id, where]) => ({ id, where, name: shortcutNames.get(id) ?? id })),
    homeTab,
  };
}

export function stageState(stage: Stage): Json {
  return {
    ...stage.condition,
    scenes: stage.scenes.map(({ tool, title, channel }) => ({ tool, title, channel })),
    fired: stage.fired.map(({ id, scene, over, fired }) => ({
      id,
      scene,
      over,
      incident: fired.incident,
      ts: fired.ts,
    })),
  };
}

export function pagerState(stage: Stage): Json {
  const { pagerduty, clock } = stage.worlds;
  const onCalls = pagerduty.onCallsAt(clock.now());
  return {
    users: pagerduty.users.map(({ id, name }) => ({ id, name })),
    services: pagerduty.services.map(({ id, name }) => ({ id, name })),
    policies: pagerduty.policies.map((policy) => ({
      id: policy.id,
      name: policy.name,
      levels: policy.levels.map(({ timeoutMinutes }, index) => ({
        timeoutMinutes,
        people: onCalls
          .filter((entry) => entry.policy === policy.id && entry.level === index + 1)
          .map(({ user, shift }) => ({ user, until: shift?.end ?? null })),
      })),
    })),
    incidents: pagerduty.incidents.toReversed().map((incident) => ({
      ...incident,
      log: pagerduty.logEntries(incident.id).slice(-MOST_LOG_ENTRIES),
    })),
  };
}
