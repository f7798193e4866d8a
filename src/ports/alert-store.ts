/** What is kept of alerts: each message once, each alert once, its state until its end. */

import type { Alert, JoinReason, Person } from '../domain/alert.ts';
import type { Draft } from './chat.ts';

/** What one channel message was to an alert. */
export type PostRole = 'fire' | 'refire' | 'twin' | 'recovery' | 'nothing';

export interface AlertPost {
  readonly channel: string;
  readonly ts: string;
}

export interface AlertStore {
  /**
   * Keeps a new alert, the message that brought it, and the drafts that it needs, all or nothing.
   * `known` where that message or that alert is kept already: nothing changes then.
   */
  record(alert: Alert, post: AlertPost | undefined, drafts: readonly Draft[]): Promise<'recorded' | 'known'>;
  /** Ties a further message to an alert; `known` where it is tied already. */
  addPost(alertId: string, post: AlertPost, role: PostRole): Promise<'added' | 'known'>;
  postRole(post: AlertPost): Promise<PostRole | undefined>;
  byId(id: string): Promise<Alert | undefined>;
  /** The newest alert of that fingerprint in the channel that is not resolved. */
  openByFingerprint(channel: string, fingerprint: string): Promise<Alert | undefined>;
  /** The alert that the message belongs to. */
  byPost(post: AlertPost): Promise<Alert | undefined>;
  byIncident(incidentId: string): Promise<readonly Alert[]>;
  /** Alerts of the team, not resolved, that fired at `since` (epoch ms) or later and have no incident yet. */
  unjoined(team: string, since: number): Promise<readonly Alert[]>;
  /** Alerts of the team, not resolved, that fired at `since` (epoch ms) or later. */
  open(team: string, since: number): Promise<readonly Alert[]>;
  /** Alerts whose runbook suggestion was not worked out before a stop. */
  withoutSuggestion(limit: number): Promise<readonly Alert[]>;
  suggested(alertId: string): Promise<void>;
  /** Each of these returns the alert after the change, or undefined where nothing changed. */
  refired(alertId: string, at: number): Promise<Alert | undefined>;
  joined(alertId: string, incidentId: string, reason: JoinReason): Promise<Alert | undefined>;
  acknowledged(alertId: string, at: number, by: Person | undefined, hereOnly: boolean): Promise<Alert | undefined>;
  unacknowledged(alertId: string): Promise<Alert | undefined>;
  escalated(alertId: string, level: number): Promise<Alert | undefined>;
  resolved(alertId: string, at: number): Promise<Alert | undefined>;
  reopened(alertId: string): Promise<Alert | undefined>;
}
