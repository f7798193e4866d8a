/** Joins what /oncall says and plans to PagerDuty, the store and Slack. */

import { companyCalendar } from './company-calendar.ts';
import type { Config } from './config/config.ts';
import type { TimeStyle } from './domain/local-time.ts';
import type { Team } from './domain/team.ts';
import { registerCovers } from './cover/listeners.ts';
import { registerFeeds } from './feeds/listeners.ts';
import { serveFeed } from './feeds/serve-feed.ts';
import { AgendaKeeper } from './oncall/agenda-keeper.ts';
import { createSignKeeper } from './oncall/duty-signs.ts';
import type { Sign } from './oncall/duty-signs.ts';
import { registerOnCall } from './oncall/listeners.ts';
import type { RosterKeeper } from './oncall/roster-keeper.ts';
import type { PagerDutyClient } from './pagerduty/client.ts';
import { createPagerSchedules } from './pagerduty/schedules.ts';
import type { Admins } from './ports/admins.ts';
import type { Agenda } from './ports/agenda.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Pager } from './ports/pager.ts';
import type { Workspace } from './slack/workspace.ts';
import { createAgendaStore } from './store/agenda-store.ts';
import { createCoverStore } from './store/cover-store.ts';
import { createFeedStore } from './store/feed-store.ts';
import type { Database } from './store/database.ts';

export interface PlanningDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly slack: Workspace;
  readonly client: PagerDutyClient;
  readonly pager: Pager;
  readonly roster: RosterKeeper;
  readonly style: TimeStyle;
  readonly teams: readonly Team[];
  readonly admins: Admins;
}

export interface Planning {
  readonly agenda: Agenda;
  /** The calendar of a feed's token, undefined where there is none, null where it is not known yet. */
  calendar(token: string): Promise<string | undefined | null>;
  /** Once the HTTP routes stand. */
  reachedAt(port: number): void;
  load(): Promise<void>;
  /** Every minute: what Slack shows of who is on call. */
  look(): Promise<void>;
  /** After the bot listens: nobody waits for the coming weeks. */
  start(): void;
  stop(): Promise<void>;
}

export function planShifts(deps: PlanningDeps): Planning {
  const { config, clock, database, slack, pager, roster, style, teams } = deps;
  const schedules = createPagerSchedules(deps.client);
  const agenda = new AgendaKeeper({
    teams,
    pager,
    schedules,
    roster,
    store: createAgendaStore(database),
    clock,
    log: deps.log.child({ part: 'agenda' }),
  });
  const calendar = companyCalendar(config);
  registerOnCall(slack.listeners, {
    teams,
    roster,
    agenda,
    calendar,
    handoverAt: config.handover.at,
    directory: slack.directory,
    clock,
    style,
    ...(config.handover.rulesUrl ? { rulesUrl: config.handover.rulesUrl } : {}),
  });
  let port = config.port;
  const feeds = createFeedStore(database);
  const sheets = { teams, agenda, directory: slack.directory, style, feeds };
  registerFeeds(slack.listeners, {
    ...sheets,
    documents: slack.documents,
    chat: slack.chat,
    clock,
    log: deps.log.child({ part: 'feeds' }),
    sendsFiles: config.features.handover || config.features.incidents,
    address: () => ({
      url: config.icalUrl ?? `http://${config.host}:${port}`,
      isPublic: config.icalUrl !== undefined,
    }),
  });
  registerCovers(slack.listeners, {
    teams,
    agenda,
    calendar,
    handoverAt: config.handover.at,
    directory: slack.directory,
    schedules,
    store: createCoverStore(database),
    outbox: slack.outbox,
    chat: slack.chat,
    clock,
    log: deps.log.child({ part: 'covers' }),
    style,
    refresh: () => {
      void roster.refreshAnew().then(() => agenda.refreshAnew());
    },
  });
  const signs = createSignKeeper({
    signs: signsOf(config),
    slack: slack.dutySigns,
    channelId: (channel) => slack.channels.idOf(channel),
    roster,
    directory: slack.directory,
    admins: deps.admins,
    clock,
    log: deps.log.child({ part: 'signs' }),
    locale: config.locale,
  });
  return {
    look: () => signs.look(),
    agenda,
    calendar: async (token) => {
      const served = await serveFeed(token, sheets);
      if (served.kind === 'calendar') return served.text;
      return served.kind === 'none' ? undefined : null;
    },
    reachedAt: (opened) => {
      port = opened;
    },
    load: () => agenda.load(),
    start: () => {
      void agenda.start();
      void signs.look();
    },
    stop: () => agenda.stop(),
  };
}

/** The channels whose topic is kept. */
export function topicChannels({ teams }: Pick<Config, 'teams'>): readonly string[] {
  return teams.flatMap(({ topicChannel }) => topicChannel ?? []);
}

/** Teams that share a user group or a channel share the sign. */
function signsOf({ teams }: Pick<Config, 'teams'>): readonly Sign[] {
  const signs = new Map<string, Sign>();
  for (const { key, name, oncallGroup, topicChannel } of teams) {
    for (const [kind, place] of [['group', oncallGroup] as const, ['topic', topicChannel] as const]) {
      if (place === undefined) continue;
      const before = signs.get(`${kind} ${place}`)?.teams ?? [];
      signs.set(`${kind} ${place}`, { kind, place, teams: [...before, { key, name }] });
    }
  }
  return [...signs.values()];
}
