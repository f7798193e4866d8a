/** What is kept of storms: one living message that stands for the alerts of a flood. */

import type { Alert, Mention } from '../domain/alert.ts';
import type { Draft } from './chat.ts';
import type { OutboxRow } from './outbox-store.ts';

/** Alerts of one channel that came too fast for a mention each, gathered in one message that mentions once. */
export interface Storm {
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  /** Whom the message calls. */
  readonly mention: Mention;
  /** The highest severity so far, as a rank. */
  readonly severity: number;
  /** Epoch ms. */
  readonly beganAt: number;
  readonly endedAt?: number;
}

/** Alerts that called the same people since an instant, by a mention of their own or in a storm. */
export interface Burst {
  readonly inChannel: number;
  readonly everywhere: number;
  /** The highest severity among them, as a rank; -1 where there are none. */
  readonly severity: number;
}

export interface StormStore {
  /** `callees` as `calleesOf` gives them; since `since` (epoch ms), by when they were called. */
  burst(callees: string, channel: string, since: number): Promise<Burst>;
  /** The storm of these people in the channel that goes on. */
  running(channel: string, callees: string): Promise<Storm | undefined>;
  /** Keeps a storm together with the message that calls its people, or neither. */
  open(storm: Storm, draft: Draft): Promise<readonly OutboxRow[]>;
  byId(id: string): Promise<Storm | undefined>;
  /** In the order in which they joined. */
  members(id: string): Promise<readonly Alert[]>;
  /** When the last alert joined, epoch ms. */
  lastJoinedAt(id: string): Promise<number | undefined>;
  raise(id: string, severity: number): Promise<void>;
  /** Undefined where it had ended before. */
  end(id: string, at: number): Promise<Storm | undefined>;
  /** Those that go on. */
  allRunning(): Promise<readonly Storm[]>;
}
