/** What is kept of alerts: each message once, each alert once, its state until its end. */

import type { Alert, AlertReading, JoinReason, Person } from '../domain/alert.ts';
import type { Draft } from './chat.ts';
import type { OutboxRow } from './outbox-store.ts';

/** What one channel message was to an alert. */
export type PostRole = 'fire' | 'refire' | 'twin' | 'recovery' | 'nothing';

export interface AlertPost {
  readonly channel: string;
  readonly ts: string;
}

export type Recorded = { readonly kind: 'recorded'; readonly rows: readonly OutboxRow[] } | { readonly kind: 'known' };

export interface Changed {
  readonly alert: Alert;
  /** To be handed to the outbox. */
  readonly rows: readonly OutboxRow[];
}

export interface AlertStore {
  /**
   * Keeps a new alert, the message that brought it, and the drafts that it needs, all or nothing.
   * `known` where that message or that alert is kept already: nothing changes then.
   */
  record(alert: Alert, post: AlertPost | undefined, drafts: readonly Draft[]): Promise<Recorded>;
  /**
   * Ties a further message to an alert; `known` where it is tied already.
   * With `fingerprint` the message's own re-fires and its recovery are found as the alert's.
   */
  addPost(alertId: string, post: AlertPost, role: PostRole, fingerprint?: string): Promise<'added' | 'known'>;
  /** The fingerprints of the alert's twins. */
  twinPrints(alertId: string): Promise<readonly string[]>;
  postRole(post: AlertPost): Promise<PostRole | undefined>;
  byId(id: string): Promise<Alert | undefined>;
  /** The newest alert in the channel, not resolved, that has that fingerprint itself or through a twin. */
  openByFingerprint(channel: string, fingerprint: string): Promise<Alert | undefined>;
  /** The alert that the message belongs to. */
  byPost(post: AlertPost): Promise<Alert | undefined>;
  byIncident(incidentId: string): Promise<readonly Alert[]>;
  /** Alerts of the team, not resolved, that fired at `since` (epoch ms) or later and have no incident yet. */
  unjoined(team: string, since: number): Promise<readonly Alert[]>;
  /** When the first of all alerts fired, at `since` (epoch ms) or later, that is not resolved and has no incident. */
  unjoinedSince(since: number): Promise<number | undefined>;
  /** Alerts of the team that fired at `since` (epoch ms) or later and are not resolved, or were not yet at `aliveAt`. */
  open(team: string, since: number, aliveAt?: number): Promise<readonly Alert[]>;
  /**
   * Of those that `open` gives, the ones that PagerDuty's door brought or that have an incident: what a tool's own
   * message can be the twin of. A storm of a tool's alerts is not read for each of them.
   */
  openInPager(team: string, since: number, aliveAt?: number): Promise<readonly Alert[]>;
  /** Alerts since `since` (epoch ms), newest first, whose runbook suggestion is not worked out yet. */
  withoutSuggestion(since: number, limit: number): Promise<readonly Alert[]>;
  suggested(alertId: string): Promise<void>;
  /** Each of these returns the alert after the change, or undefined where nothing changed. */
  /** Keeps a reading that is graver than the one before. */
  graver(alertId: string, reading: AlertReading): Promise<Alert | undefined>;
  refired(alertId: string, at: number): Promise<Alert | undefined>;
  joined(alertId: string, incidentId: string, reason: JoinReason): Promise<Alert | undefined>;
  /** Somebody corrects the tie: to another incident, or to none (undefined); no door changes it afterwards. */
  tiedByHand(alertId: string, incidentId: string | undefined): Promise<Alert | undefined>;
  acknowledged(alertId: string, at: number, by: Person | undefined, hereOnly: boolean): Promise<Alert | undefined>;
  unacknowledged(alertId: string): Promise<Alert | undefined>;
  escalated(alertId: string, level: number): Promise<Alert | undefined>;
  /** The drafts are kept in the same transaction as the change: whoever ends in between has done neither. */
  resolved(alertId: string, at: number, drafts: readonly Draft[]): Promise<Changed | undefined>;
  /** `at`, epoch ms, counts as a new firing. */
  reopened(alertId: string, at: number, drafts: readonly Draft[]): Promise<Changed | undefined>;
}
