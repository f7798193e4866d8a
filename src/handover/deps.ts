/** What the verbs of handovers need. */

import type { Calendar } from '../domain/calendar.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Team } from '../domain/team.ts';
import type { Admins } from '../ports/admins.ts';
import type { AlertDigest } from '../ports/alert-digest.ts';
import type { Chat, Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { HandoverStore } from '../ports/handover-store.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Timers } from '../ports/timers.ts';

/** The plan as it is known from memory. */
export interface ShiftBook {
  /** Permanent ones too. */
  shifts(team: string): readonly Shift[];
  /** When PagerDuty last confirmed it, epoch ms; undefined where it never did. */
  confirmedAt(team: string): number | undefined;
  /** Epoch ms up to which `shifts` says everything. */
  knownUntil(team: string): number | undefined;
}

export interface HandoverTeam {
  readonly team: Team;
  /** In business hours the whole team answers. */
  readonly offhours: boolean;
}

/** A post of every day: `*` for all teams, or the one team that has its own place or time. */
export interface PostPlan {
  readonly post: string;
  /** As toban.yml names it. */
  readonly channel: string;
  /** Minutes of the day. */
  readonly at: number;
  readonly teams: readonly HandoverTeam[];
}

/** An incident whose response is not over. */
export interface OpenIncident {
  readonly team: string;
  readonly title: string;
  /** Its war room. */
  readonly channel?: string;
  readonly alertId?: string;
}

export interface HandoverDeps {
  readonly plans: readonly PostPlan[];
  readonly days: 'daily' | 'business_days';
  readonly rulesUrl?: string;
  readonly calendar: Calendar;
  readonly book: ShiftBook;
  readonly directory: Directory;
  readonly store: HandoverStore;
  readonly alerts: AlertDigest;
  readonly openIncidents: () => Promise<readonly OpenIncident[]>;
  readonly outbox: Outbox;
  readonly chat: Chat;
  readonly admins: Admins;
  readonly adminIds: readonly string[];
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  readonly channelId: (channel: string) => string | undefined;
  /** Asks PagerDuty who is on call, where that was not done just now. */
  readonly refresh: () => Promise<void>;
  /** Asks it for the shifts of a span that the plan does not reach back to any more. */
  readonly shiftsIn: (from: number, to: number) => Promise<(team: string) => readonly Shift[]>;
  /** Why PagerDuty does not answer now; undefined where it does. */
  readonly trouble: () => string | undefined;
  /** One after the other: an edit of a post is made of everything that is known when it is made. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}
