/** What the verbs of incidents need of the outside. */

import type { Button } from '@slack/types';
import type { Alert } from '../domain/alert.ts';
import type { Incident } from '../domain/incident.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Team } from '../domain/team.ts';
import type { AlertPost } from '../ports/alert-store.ts';
import type { Chat, Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { OnCallRoster } from '../ports/on-call-roster.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Pager } from '../ports/pager.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { TalkStore } from '../ports/thread-talk.ts';
import type { Timers } from '../ports/timers.ts';
import type { WarRoomStore } from '../ports/war-room-store.ts';

export interface IncidentSettings {
  /** The first part of a room's name. */
  readonly prefix: string;
  readonly canvas: boolean;
  readonly askCommanderAfterMs: number;
  readonly idleAfterMs: number;
  readonly archiveAfterMs: number;
}

/** What incidents need to know of alerts. */
export interface AlertDoor {
  byId(id: string): Promise<Alert | undefined>;
  /** The alert that a message, or the thread around it, belongs to. */
  byPost(post: AlertPost): Promise<Alert | undefined>;
  /** The thread in which the alert is talked of. */
  threadOf(alert: Alert): Promise<string | undefined>;
  /** Its PagerDuty incident, asked of PagerDuty. Throws PagerError. */
  pagerIncidentOf(alert: Alert): Promise<PagerIncident | undefined>;
  /** Ties a PagerDuty incident that was opened for the alert to it. */
  joined(alertId: string, incident: PagerIncident): Promise<void>;
}

export interface IncidentDeps {
  readonly store: WarRoomStore;
  readonly talk: TalkStore;
  readonly alerts: AlertDoor;
  readonly rooms: Rooms;
  readonly outbox: Outbox;
  readonly chat: Chat;
  readonly directory: Directory;
  readonly roster: OnCallRoster;
  readonly pager: Pager;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  readonly settings: IncidentSettings;
  readonly teams: readonly Team[];
  /** The team whose alerts come to the channel. */
  readonly teamOfChannel: (channel: string) => Team | undefined;
  /** Buttons that other parts add to an incident's status. */
  readonly statusButtons: (incident: Incident) => readonly Button[];
  /** Told just before an incident is over, so that the all clear is told whatever happens then. */
  readonly clearing: (incidentId: number) => Promise<void>;
  /** Brings Slack in line with the incident now; must not be waited for. */
  readonly advance: (incidentId: number) => void;
  /** The same within a second, together with what else changes till then. */
  readonly advanceSoon: (incidentId: number) => void;
}

export function teamOf(incident: Incident, deps: Pick<IncidentDeps, 'teams'>): Team | undefined {
  return deps.teams.find(({ key }) => key === incident.team);
}

/** Slack ids of those on call on the levels up to `highest`; people without Slack are left out. */
export function onCallIds(
  team: string,
  highest: number,
  deps: Pick<IncidentDeps, 'roster' | 'directory' | 'clock'>,
): readonly string[] {
  const levels = deps.roster.levels(team, deps.clock.now()).filter(({ level }) => level <= highest);
  const ids = levels.flatMap(({ shifts }) =>
    shifts.flatMap(({ responder }) => deps.directory.slackIdOf(responder) ?? []),
  );
  return [...new Set(ids)];
}
