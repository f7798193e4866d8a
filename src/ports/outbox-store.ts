/** The rows behind the outbox: pending → sending → sent, with the versions of an edited message. */

import type { Content, Draft, Priority } from './chat.ts';

/** `sending` may or may not stand in Slack: it is looked up there before it is sent again. */
export type OutboxState = 'pending' | 'sending' | 'sent' | 'failed';

export interface OutboxRow {
  readonly key: string;
  readonly channel: string;
  readonly threadTs?: string;
  /** A reply that the channel sees as well. */
  readonly broadcast?: boolean;
  readonly priority: Priority;
  readonly content: Content;
  readonly version: number;
  readonly sentVersion: number;
  readonly state: OutboxState;
  readonly ts?: string;
  readonly owner?: string;
  readonly leaseUntil: number;
  /** Epoch ms before which it is not to be tried. */
  readonly notBefore: number;
  readonly attempts: number;
  /** Why it was released or doubted last. */
  readonly error?: string;
  readonly createdAt: number;
}

export interface OutboxStore {
  add(draft: Draft, at: number): Promise<OutboxRow | undefined>;
  edit(key: string, content: Content): Promise<OutboxRow | undefined>;
  get(key: string): Promise<OutboxRow | undefined>;
  /** Everything that is not at rest. */
  waiting(): Promise<readonly OutboxRow[]>;
  /** pending → sending for `owner`; undefined where another was first. */
  claim(key: string, owner: string, leaseUntil: number): Promise<OutboxRow | undefined>;
  /** Makes `owner` the one who clears up a `sending` row; undefined where somebody touched it after `seen` was read. */
  takeOver(seen: OutboxRow, owner: string, leaseUntil: number): Promise<OutboxRow | undefined>;
  /** sending → pending: known not to stand in Slack. Only the owner may say so. */
  release(key: string, owner: string, notBefore: number, error: string): Promise<void>;
  /** Stays `sending`, without an owner: nobody knows whether it stands. */
  doubt(key: string, owner: string, notBefore: number, error: string): Promise<void>;
  sent(key: string, ts: string, version: number): Promise<OutboxRow | undefined>;
  edited(key: string, version: number): Promise<void>;
  fail(key: string, error: string): Promise<void>;
  /** Removes every post of that prefix that is known not to stand, and resolves with them; their keys are free again. */
  withdraw(prefix: string): Promise<readonly OutboxRow[]>;
  /** Its thread is gone: it goes into the channel instead. */
  unthread(key: string): Promise<void>;
  /** Whether `ts` is the message of a row that is known to stand. */
  isSent(channel: string, ts: string): Promise<boolean>;
}
