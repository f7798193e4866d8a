/** What is kept of incidents: each with its number, its room's progress, and every event of it. */

import type { Incident } from '../domain/incident.ts';
import type { IncidentEvent, NewIncidentEvent } from '../domain/incident-event.ts';
import type { Draft } from './chat.ts';
import type { OutboxRow } from './outbox-store.ts';

/** An incident before it has its numbers. */
export type Declaration = Omit<Incident, 'id' | 'number'>;

export type Declared =
  | { readonly kind: 'declared'; readonly incident: Incident }
  /** One of the keys belongs to it: somebody else was first. */
  | { readonly kind: 'known'; readonly incident: Incident };

export type Appended =
  | {
      readonly kind: 'appended';
      readonly incident: Incident;
      readonly event: IncidentEvent;
      /** To be handed to the outbox. */
      readonly rows: readonly OutboxRow[];
    }
  /** The event's key is known, or `unless` said no. */
  | { readonly kind: 'unchanged'; readonly incident: Incident };

/** What is known of a room's making in Slack: whatever is missing here is done again. */
export interface RoomProgress {
  readonly incidentId: number;
  /** The channel name that was asked for last; Slack may have made it without our hearing of it. */
  readonly askedName?: string;
  /** When it was asked for, epoch ms. */
  readonly askedAt?: number;
  /** Why there is a thread and no channel: Slack's error word. */
  readonly refusedCode?: string;
  /** The topic as it was set last. */
  readonly topic?: string;
  /** Who is in, as far as Toban invited them. */
  readonly invited: readonly string[];
  /** Who could not be invited, and Slack's error word. */
  readonly uninvited: Readonly<Record<string, string>>;
  /** The pinned message. */
  readonly pinnedTs?: string;
  /** Addresses that stand at the top of the channel. */
  readonly bookmarks: readonly string[];
  /** Whether the timers that watch the incident were set. */
  readonly watched?: boolean;
  /** The channel's canvas, and what was written there last. */
  readonly canvas?: { readonly id?: string; readonly markdown: string; readonly refused?: string };
}

export interface WarRoomStore {
  /**
   * Keeps a new incident under the next number, with its `declared` event, unless one of `keys` is another's:
   * `alert:ID`, `pager:ID`, `post:CHANNEL:TS`, `form:VIEW`. An incident whose response is over gives its keys up.
   */
  declare(declaration: Declaration, keys: readonly string[]): Promise<Declared>;
  /** Ties a further key to an incident; `taken` where another incident holds it. */
  claimKey(incidentId: number, key: string): Promise<'claimed' | 'taken'>;
  byKey(key: string): Promise<Incident | undefined>;
  byId(id: number): Promise<Incident | undefined>;
  /** What an alert became last, open or over. */
  ofAlert(alertId: string): Promise<Incident | undefined>;
  /** The newest open one whose room is that channel, or a thread in it; where none is open, the newest. */
  byChannel(channel: string): Promise<Incident | undefined>;
  /** Neither cleared nor completed, oldest first. */
  open(): Promise<readonly Incident[]>;
  /** Those whose room or whose PagerDuty part is not finished. */
  unfinished(): Promise<readonly Incident[]>;
  /**
   * Keeps an event, the incident after it and the drafts that say so, all or nothing. `guard` looks at the incident as
   * it is inside the transaction: false changes nothing.
   */
  append(
    incidentId: number,
    event: NewIncidentEvent,
    options?: { readonly guard?: (incident: Incident) => boolean; readonly drafts?: readonly Draft[] },
  ): Promise<Appended>;
  /** In the order in which they happened. */
  events(incidentId: number): Promise<readonly IncidentEvent[]>;
  /** The next number that no incident has. */
  nextNumber(): Promise<number>;
  progress(incidentId: number): Promise<RoomProgress>;
  saveProgress(progress: RoomProgress): Promise<void>;
}
