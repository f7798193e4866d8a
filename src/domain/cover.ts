/** A cover: one person takes over another's pager for a while; a swap is two covers, each way. */

import type { Responder } from './responder.ts';

export interface CoverPerson {
  readonly slackId: string;
  readonly name: string;
}

/** On one schedule, from one person to another. Epoch ms. */
export interface CoverChange {
  readonly scheduleId: string;
  readonly from: Responder;
  readonly to: Responder;
  readonly start: number;
  readonly end: number;
  /** Once it stands in PagerDuty. */
  readonly override?: WrittenOverride;
}

export interface WrittenOverride {
  readonly id: string;
  readonly schedule: ScheduleKind;
}

/** PagerDuty's two worlds: layer-based schedules and shift-based ones. */
export type ScheduleKind = 'layers' | 'shifts';

export type CoverState =
  /** Previewed, not confirmed. */
  | 'drafted'
  /** The partner is asked. */
  | 'asked'
  /** Somebody is writing it into PagerDuty. */
  | 'writing'
  /** It is in PagerDuty. */
  | 'stands'
  /** Somebody is taking it out of PagerDuty again. */
  | 'undoing'
  | 'declined'
  | 'withdrawn'
  | 'undone'
  /** PagerDuty did not take it; nothing of it stands. */
  | 'failed'
  /** Some of it stands and could not be taken back. */
  | 'half';

export interface Cover {
  readonly id: string;
  readonly kind: 'cover' | 'swap';
  /** The team's key. */
  readonly team: string;
  /** Who asked, and who is to accept; the same where somebody takes a shift over by themselves. */
  readonly asker: CoverPerson;
  readonly partner: CoverPerson;
  readonly state: CoverState;
  readonly changes: readonly CoverChange[];
  /** Epoch ms. */
  readonly createdAt: number;
}

/** When its first change begins. */
export function startOf({ changes }: Pick<Cover, 'changes'>): number {
  return Math.min(...changes.map(({ start }) => start));
}

/** When its last change ends. */
export function endOf({ changes }: Pick<Cover, 'changes'>): number {
  return Math.max(...changes.map(({ end }) => end));
}

/** One line of what happened to it. */
export interface CoverEvent {
  /** Epoch ms. */
  readonly at: number;
  /** Slack id. */
  readonly actor: string;
  readonly what: CoverState;
}
