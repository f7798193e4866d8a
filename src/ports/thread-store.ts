/** What is kept for the thread of an alert: who ticked what, what changed lately, and how alerts like it ended. */

import type { Alert } from '../domain/alert.ts';
import type { Change } from '../domain/change.ts';

export interface Tick {
  readonly alertId: string;
  /** Which list: `checks`, or the path of a runbook for its steps. */
  readonly list: string;
  /** The item, by what it says: an item that is reworded is another one. */
  readonly item: string;
  /** The item in words, one line. */
  readonly text: string;
  readonly userId: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface ThreadStore {
  /** `known` where the item is ticked already: the first to do it is kept. */
  tick(tick: Tick): Promise<'added' | 'known'>;
  untick(alertId: string, list: string, item: string): Promise<void>;
  /** Oldest first. */
  ticks(alertId: string): Promise<readonly Tick[]>;
  /** Keeps a message of a deploy channel; an edited one is kept as it reads now. */
  keepChange(channel: string, ts: string, change: Change): Promise<void>;
  /** In the window (epoch ms), newest first. */
  changes(since: number, until: number, limit: number): Promise<readonly Change[]>;
  forgetChanges(before: number): Promise<void>;
  /** Alerts of the same team that ended before this one fired, the same alert first, then of the same title or service. */
  similar(alert: Alert, since: number, limit: number): Promise<readonly Alert[]>;
}
