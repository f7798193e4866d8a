/** Joins the handover to the plan, the store, the timers and Slack. */

import { companyCalendar } from './company-calendar.ts';
import type { Config, TeamConfig } from './config/config.ts';
import type { Team } from './domain/team.ts';
import { tellBeforeShifts } from './handover/before-shift.ts';
import { ESCALATE, escalateHandover, REMIND, remindOfHandover } from './handover/chase.ts';
import type { HandoverDeps, HandoverTeam, OpenIncident, PostPlan, ShiftBook } from './handover/deps.ts';
import { nextDue } from './handover/due.ts';
import { missingHandover } from './handover/missing.ts';
import { registerHandover } from './handover/listeners.ts';
import { postDueHandovers } from './handover/post-handover.ts';
import { tellSwitch } from './handover/tell-switch.ts';
import { SWITCH, watchShifts } from './handover/watch-shifts.ts';
import { shiftsOf } from './oncall/roster-keeper.ts';
import type { RosterKeeper } from './oncall/roster-keeper.ts';
import { createTurns } from './in-turn.ts';
import type { Admins } from './ports/admins.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Pager } from './ports/pager.ts';
import type { Timers } from './ports/timers.ts';
import type { Complaint } from './ports/vitals.ts';
import type { WarRoomStore } from './ports/war-room-store.ts';
import type { Workspace } from './slack/workspace.ts';
import { createAlertDigest } from './store/alert-digest.ts';
import type { Database } from './store/database.ts';
import { createHandoverStore } from './store/handover-store.ts';

/** The moment of a post: one timer a plan, moved to the next post each time. */
const POST = 'handover.post';
/** No team's key. */
const SHARED_POST = '*';

export interface HandingOverDeps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly slack: Workspace;
  readonly timers: Timers;
  readonly admins: Admins;
  readonly teams: readonly Team[];
  readonly book: ShiftBook;
  readonly roster: RosterKeeper;
  readonly pager: Pager;
  readonly incidents?: Pick<WarRoomStore, 'open'>;
}

export interface HandingOver {
  /** After the roster is known: posts what is due, and sets the time of the next. */
  start(): Promise<void>;
  /** Every minute. */
  look(): Promise<void>;
  /** A post that should stand by now. */
  missing(): Promise<Complaint | undefined>;
}

/** Before the timers are started. */
export function handOver(parts: HandingOverDeps): HandingOver {
  const { config, clock, log, database, slack, timers } = parts;
  if (!config.features.handover) return { start: async () => {}, look: async () => {}, missing: async () => undefined };
  const deps: HandoverDeps = {
    plans: plansOf(config, parts.teams),
    days: config.handover.days,
    ...(config.handover.rulesUrl ? { rulesUrl: config.handover.rulesUrl } : {}),
    calendar: companyCalendar(config),
    book: parts.book,
    directory: slack.directory,
    store: createHandoverStore(database, clock),
    alerts: createAlertDigest(database),
    openIncidents: () => openIncidents(parts.incidents),
    outbox: slack.outbox,
    chat: slack.chat,
    admins: parts.admins,
    adminIds: config.admins,
    timers,
    clock,
    log: log.child({ part: 'handover' }),
    style: { locale: config.locale, timezone: config.timezone },
    channelId: (channel) => slack.channels.idOf(channel),
    refresh: () => parts.roster.refresh(),
    shiftsIn: async (since, until) => {
      const entries = await parts.pager.onCalls({ ...parts.roster.query(), since, until });
      return (key) => parts.teams.flatMap((team) => (team.key === key ? shiftsOf(team, entries) : []));
    },
    trouble: () => parts.roster.trouble(),
    inTurn: createTurns(),
  };
  const startedAt = clock.now();
  const memory = { told: new Map(), doubts: new Map() };
  const sent = new Set<string>();
  const look = () =>
    deps.inTurn(async () => {
      await postDueHandovers(deps);
      await watchShifts(memory, deps);
      await tellBeforeShifts(sent, deps);
    });
  const setNext = async () => {
    for (const { post, ...plan } of deps.plans)
      await timers.set({
        key: `handover:post:${post}`,
        kind: POST,
        dueAt: nextDue(plan, clock.now(), deps),
        payload: '',
      });
  };
  timers.on(POST, async () => {
    await look();
    await setNext();
  });
  timers.on(REMIND, (timer) => deps.inTurn(() => remindOfHandover(timer, deps)));
  timers.on(ESCALATE, (timer) => deps.inTurn(() => escalateHandover(timer, deps)));
  timers.on(SWITCH, ({ payload }) => tellSwitch(payload, deps));
  registerHandover(slack.listeners, deps);
  return {
    start: async () => {
      await setNext();
      await look();
    },
    look,
    missing: () => missingHandover(startedAt, deps),
  };
}

/** What stands in a channel of all engineers: no drill, and nothing private. */
async function openIncidents(store?: Pick<WarRoomStore, 'open'>): Promise<readonly OpenIncident[]> {
  const open = (await store?.open()) ?? [];
  return open
    .filter((incident) => !incident.private && !incident.drill)
    .map(({ team, title, room, alertId }) => ({
      team,
      title,
      ...(room.kind === 'channel' ? { channel: room.channel } : {}),
      ...(alertId === undefined ? {} : { alertId }),
    }));
}

/** The channels that handovers are posted to, as toban.yml names them. */
export function handoverChannels({ features, handover, teams }: Config): readonly string[] {
  const all = [handover.channel, ...teams.map((team) => team.handover?.channel)];
  return features.handover ? all.flatMap((channel) => channel ?? []) : [];
}

/** One post for all teams, and one for each that has its own place or time. */
function plansOf({ handover, teams }: Config, nouns: readonly Team[]): readonly PostPlan[] {
  const one = (team: TeamConfig): readonly HandoverTeam[] =>
    nouns.flatMap((noun) => (noun.key === team.key ? [{ team: noun, offhours: isOffhours(team) }] : []));
  const shared = teams.filter((team) => !team.handover);
  const own = teams.flatMap((team): readonly PostPlan[] => {
    const channel = team.handover?.channel ?? handover.channel;
    if (!team.handover || !channel) return [];
    return [{ post: team.key, channel, at: team.handover.at ?? handover.at, teams: one(team) }];
  });
  const { channel, at } = handover;
  const all = channel && shared.length > 0 ? [{ post: SHARED_POST, channel, at, teams: shared.flatMap(one) }] : [];
  return [...all, ...own];
}

/** In business hours the team's group answers for its alerts. */
function isOffhours({ userGroup, alertChannels }: TeamConfig): boolean {
  return userGroup !== undefined && alertChannels.some(({ mention }) => mention === 'offhours');
}
