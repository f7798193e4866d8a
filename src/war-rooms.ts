/** Joins incidents to the rest: alerts, PagerDuty, timers and Slack. */

import { ACTION } from './blockkit/action-ids.ts';
import type { Config, TeamConfig } from './config/config.ts';
import type { Team } from './domain/team.ts';
import type { AlertDeps } from './alerts/deps.ts';
import { threadOf } from './alerts/deps.ts';
import { incidentOf } from './alerts/current-incident.ts';
import { followIncident } from './alerts/follow-incident.ts';
import { tellSoon } from './incidents/closing/tell-all-clear.ts';
import { closingButtons } from './incidents/closing/views.ts';
import { registerDeclare } from './incidents/declare/listeners.ts';
import type { IncidentDeps } from './incidents/deps.ts';
import { createKeepUp } from './incidents/keep-up.ts';
import { registerRoles } from './incidents/roles/listeners.ts';
import { remindCommander } from './incidents/roles/ask-commander.ts';
import { incidentOfKey } from './incidents/room/keys.ts';
import { registerStatus } from './incidents/status/listeners.ts';
import { registerTasks } from './incidents/tasks/listeners.ts';
import { watchHandOvers } from './incidents/watch/hand-over.ts';
import { askIdle, proposeArchive } from './incidents/watch/idle.ts';
import { incidentWords } from './incidents/words.ts';
import { registerWatch } from './incidents/watch/listeners.ts';
import type { Timers } from './ports/timers.ts';
import type { Workspace } from './slack/workspace.ts';
import type { Database } from './store/database.ts';
import { createTalkStore } from './store/thread-talk.ts';
import { createWarRoomStore } from './store/war-room-store.ts';

/** The buttons under an alert that lead here. */
export function incidentButtons({ features }: Pick<Config, 'features'>): AlertDeps['incidentButtons'] {
  return features.incidents ? { openWarRoom: ACTION.openWarRoom, declare: ACTION.declareIncident } : undefined;
}

export interface WarRooms {
  readonly deps: IncidentDeps;
  /** Goes on with what an earlier process left unfinished. */
  resume(): Promise<void>;
  /** Told of every message of Toban's once it stands. */
  onSent(key: string): void;
  everyMinute(): Promise<void>;
  /** What an alert became: its room and what was done, for whoever meets one like it; nothing of private ones and drills. */
  endingOf(alertId: string): Promise<string | undefined>;
  stop(): Promise<void>;
}

export function openWarRooms(options: {
  readonly config: Config;
  readonly database: Database;
  readonly alerts: AlertDeps;
  readonly slack: Workspace;
  readonly timers: Timers;
  readonly teams: readonly Team[];
}): WarRooms | undefined {
  const { config, database, alerts, slack, timers, teams } = options;
  if (!config.features.incidents) return undefined;
  const { clock, style, outbox, chat, directory, roster, pager, watch } = alerts;
  const log = alerts.log.child({ part: 'incidents' });
  const keepUp = createKeepUp(() => deps);
  const deps: IncidentDeps = {
    store: createWarRoomStore(database, clock),
    talk: createTalkStore(database),
    alerts: {
      byId: (id) => alerts.store.byId(id),
      byPost: (post) => alerts.store.byPost(post),
      threadOf: (alert) => threadOf(alert, alerts),
      pagerIncidentOf: (alert) => incidentOf(alert, alerts),
      joined: (alertId, incident) =>
        alerts.inTurn(async () => {
          await alerts.store.joined(alertId, incident.id, 'link');
          await followIncident(incident, alerts);
        }),
    },
    rooms: slack.rooms,
    outbox,
    chat,
    directory,
    roster,
    pager,
    timers,
    clock,
    log,
    style,
    settings: {
      prefix: config.incidents.channelPrefix,
      canvas: config.incidents.canvas,
      askCommanderAfterMs: config.incidents.askCommanderAfterMs,
      idleAfterMs: config.incidents.idleAfterMs,
      archiveAfterMs: config.incidents.archiveAfterMs,
    },
    teams,
    teamOfChannel: (channel) => watch.channel(channel)?.team ?? teamNamedBy(config.teams, teams, channel, slack),
    statusButtons: (incident) => closingButtons(incident, style),
    clearing: (id) => tellSoon(id, { timers, clock }),
    advance: (id) => keepUp.advance(id),
    advanceSoon: (id) => keepUp.advanceSoon(id),
  };
  registerDeclare(slack.listeners, deps);
  registerStatus(slack.listeners, deps);
  registerRoles(slack.listeners, deps);
  registerTasks(slack.listeners, deps);
  registerWatch(slack.listeners, deps);
  keepUp.hang();
  timers.on('incident.commander', (timer) => remindCommander(timer, deps));
  timers.on('incident.idle', (timer) => askIdle(timer, deps));
  timers.on('incident.archive', (timer) => proposeArchive(timer, deps));
  return {
    deps,
    resume: () => keepUp.resume(),
    onSent: (key) => {
      const incidentId = incidentOfKey(key);
      if (incidentId !== undefined) keepUp.advance(incidentId);
    },
    everyMinute: () => watchHandOvers(deps),
    endingOf: async (alertId) => {
      const incident = await deps.store.ofAlert(alertId);
      if (!incident || incident.private || incident.drill) return undefined;
      const { room, mitigation } = incident;
      const parts = [
        room.kind === 'channel' ? `<#${room.channel}>` : `#${incident.number}`,
        ...(mitigation ? [incidentWords[style.locale].mitigation[mitigation]] : []),
      ];
      return parts.join(' ');
    },
    stop: () => keepUp.stop(),
  };
}

/** A team's own hand-over channel says whose it is too. */
function teamNamedBy(
  configs: readonly TeamConfig[],
  teams: readonly Team[],
  channel: string,
  slack: Workspace,
): Team | undefined {
  const found = configs.find(({ handover }) => handover?.channel && slack.channels.idOf(handover.channel) === channel);
  return found && teams.find(({ key }) => key === found.key);
}
