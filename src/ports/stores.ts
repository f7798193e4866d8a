/** The smaller things that survive a stop: rosters, incidents, cursors, people, feedback. */

import type { Roster } from '../domain/on-call.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';

export interface RosterStore {
  load(): Promise<readonly Roster[]>;
  save(rosters: readonly Roster[]): Promise<void>;
}

export interface PagerIncidentStore {
  byId(id: string): Promise<PagerIncident | undefined>;
  /** Keeps `next` unless what is kept is newer. */
  keep(next: PagerIncident): Promise<void>;
  /** Triggered and acknowledged ones. */
  open(): Promise<readonly PagerIncident[]>;
}

/** Deliveries that were taken already: webhook ids, Slack event ids. */
export interface SeenStore {
  has(id: string): Promise<boolean>;
  /** `at` is epoch ms. */
  add(id: string, at: number): Promise<void>;
  /** Forgets what was seen before `before` (epoch ms). */
  forget(before: number): Promise<void>;
}

/** Up to where each watched channel's history has been read. */
export interface CursorStore {
  get(channel: string): Promise<string | undefined>;
  set(channel: string, ts: string): Promise<void>;
}

/** Names that were looked up in Slack: people by e-mail, channels by name. */
export interface LookupStore {
  load(kind: LookupKind): Promise<ReadonlyMap<string, Found>>;
  save(kind: LookupKind, key: string, found: Found): Promise<void>;
}

export type LookupKind = 'person' | 'channel';

export interface Found {
  /** Slack's id; null where Slack knows nobody of that name. */
  readonly id: string | null;
  /** Epoch ms. */
  readonly at: number;
}

export type Verdict = 'helpful' | 'wrong';

export interface FeedbackStore {
  add(alertId: string, runbook: string, userId: string, verdict: Verdict, at: number): Promise<'added' | 'known'>;
  remove(alertId: string, runbook: string, userId: string): Promise<void>;
  /** The runbooks that somebody called wrong for the alert. */
  wrongFor(alertId: string): Promise<ReadonlySet<string>>;
  /** The runbooks that somebody found helpful for the alert. */
  helpfulFor(alertId: string): Promise<ReadonlySet<string>>;
  /** How often each verdict was given for each runbook. */
  counts(): Promise<readonly { runbook: string; verdict: Verdict; count: number }[]>;
}
