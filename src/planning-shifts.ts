/** Joins what /oncall says and plans to PagerDuty, the store and Slack. */

import { companyCalendar } from './company-calendar.ts';
import type { Config } from './config/config.ts';
import type { TimeStyle } from './domain/local-time.ts';
import type { Team } from './domain/team.ts';
import { AgendaKeeper } from './oncall/agenda-keeper.ts';
import { registerOnCall } from './oncall/listeners.ts';
import type { RosterKeeper } from './oncall/roster-keeper.ts';
import type { PagerDutyClient } from './pagerduty/client.ts';
import { createPagerSchedules } from './pagerduty/schedules.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Pager } from './ports/pager.ts';
import type { Workspace } from './slack/workspace.ts';
import { createAgendaStore } from './store/agenda-store.ts';
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
}

export interface Planning {
  load(): Promise<void>;
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
  registerOnCall(slack.listeners, {
    teams,
    roster,
    agenda,
    calendar: companyCalendar(config),
    handoverAt: config.handover.at,
    directory: slack.directory,
    clock,
    style,
    ...(config.handover.rulesUrl ? { rulesUrl: config.handover.rulesUrl } : {}),
  });
  return {
    load: () => agenda.load(),
    start: () => void agenda.start(),
    stop: () => agenda.stop(),
  };
}
