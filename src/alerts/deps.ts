/** What the verbs of alerts need of the outside. */

import type { PagerIncident, PagerIncidentEvent } from '../domain/pager-incident.ts';
import type { Calendar } from '../domain/calendar.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Alert } from '../domain/alert.ts';
import type { Team } from '../domain/team.ts';
import type { AlertStore } from '../ports/alert-store.ts';
import type { CareStore } from '../ports/care-store.ts';
import type { Chat, Directory } from '../ports/chat.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { OnCallRoster } from '../ports/on-call-roster.ts';
import type { Pager } from '../ports/pager.ts';
import type { PagerIncidentStore } from '../ports/stores.ts';
import type { StormStore, Storm } from '../ports/storm-store.ts';
import type { Timers } from '../ports/timers.ts';
import type { IncidentButtons } from './buttons.ts';
import type { RemindRules } from './reminders/due.ts';
import type { Watch } from './watch.ts';

/** How often the same people may be mentioned within a minute before further alerts are gathered. */
export interface MentionBudget {
  readonly channel: number;
  /** In all channels together. */
  readonly person: number;
}

export interface AlertDeps {
  readonly store: AlertStore;
  readonly care: CareStore;
  readonly timers: Timers;
  readonly incidents: PagerIncidentStore;
  readonly outbox: Outbox;
  readonly chat: Chat;
  readonly directory: Directory;
  readonly roster: OnCallRoster;
  readonly pager: Pager;
  readonly watch: Watch;
  readonly calendar: Pick<Calendar, 'isBusinessTime'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly style: TimeStyle;
  readonly features: { readonly mentions: boolean; readonly runbooks: boolean };
  readonly storms: {
    readonly store: StormStore;
    readonly budget: MentionBudget;
    readonly opened: (storm: Storm) => void;
    /** Something about the storm's alerts changed; must not be waited for. */
    readonly touched: (stormId: string) => void;
  };
  /** Where a channel has no rules of its own. */
  readonly remind: RemindRules;
  /** Set where incidents can be declared. */
  readonly incidentButtons?: IncidentButtons | undefined;
  /** How long the last level has before all engineers are told. */
  readonly exhaustedAfterMs: number;
  /** The teams that people can be paged for. */
  readonly teams: readonly Team[];
  /** Where everybody reads: the channel of the team's hand-over; undefined where there is none. */
  readonly loudChannel: (team: string) => string | undefined;
  /** The alerts that somebody escalates in Slack just now. */
  readonly escalating: Set<string>;
  /** Runs what reads and then writes alerts one after the other, so that two doors cannot race. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Told of each new alert once its mention is on its way; must not be waited for. */
  readonly onNewAlert: (alert: Alert) => void;
  /** Told of each look at a PagerDuty incident once alerts are in line with it, and what is new in it; must not be waited for. */
  readonly followed?: (look: PagerIncident, news: readonly PagerIncidentEvent[]) => void;
  /** Asks for a fresh look at PagerDuty soon; must not be waited for. */
  readonly lookSoon: () => void;
  /** Looks at PagerDuty now; resolves once alerts are in line with what it says, or it did not answer. Never rejects. */
  readonly lookNow: () => Promise<void>;
}

/** The outbox key of an alert's one message. */
export function mentionKey(alertId: string): string {
  return `alert:${alertId}`;
}

/** The alert whose one message has that outbox key; undefined for another message. */
export function alertOfKey(key: string): string | undefined {
  return key.startsWith('alert:') ? key.slice('alert:'.length) : undefined;
}

/** The thread of the alert: its own message, or the one that Toban posted for it. */
export async function threadOf(alert: Alert, deps: Pick<AlertDeps, 'outbox'>): Promise<string | undefined> {
  return alert.ts ?? (await deps.outbox.sentTs(mentionKey(alert.id)));
}
