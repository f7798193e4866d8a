/** What is kept of how the runbook library serves: which alerts found no page, and which pages were shown. */

import type { Alert } from '../domain/alert.ts';

/** Alerts of one kind that found no page. */
export interface Unmatched {
  readonly title: string;
  /** The newest of them. */
  readonly alertId: string;
  readonly count: number;
}

export interface LibraryStore {
  /** `path` is undefined where no page was found. `at` is epoch ms. */
  noteOutcome(alertId: string, path: string | undefined, at: number): Promise<void>;
  /** Of alerts that fired at `since` (epoch ms) or later, the most frequent first. */
  unmatched(since: number, limit: number): Promise<readonly Unmatched[]>;
  /** When each page was shown last, epoch ms. */
  lastShown(): Promise<ReadonlyMap<string, number>>;
  /** Alerts of a channel that fired at `since` (epoch ms) or later, newest first. */
  recent(channel: string, since: number, limit: number): Promise<readonly Alert[]>;
  /** Alerts of the same kind, newest first. */
  alike(alert: Alert, limit: number): Promise<readonly Alert[]>;
}
