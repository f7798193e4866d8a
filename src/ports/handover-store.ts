/** What is kept of handovers: each day's post once, who confirmed it, the notes, and what was told of the plan. */

import type { Confirmation, Handover, HandoverNote } from '../domain/handover.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Draft } from './chat.ts';
import type { OutboxRow } from './outbox-store.ts';

export type HandoverRecorded =
  { readonly kind: 'recorded'; readonly rows: readonly OutboxRow[] } | { readonly kind: 'known' };

/** A post and the outbox key of the message that shows it. */
export interface KeptHandover {
  readonly handover: Handover;
  readonly key: string;
}

/** What people were told of a team's first level: later news is the difference to it. */
export interface Told {
  readonly shifts: readonly Shift[];
  /** Epoch ms up to which `shifts` says everything. */
  readonly until: number;
  /** PagerDuty ids of whoever held the pager when that was last looked at. */
  readonly holders: readonly string[];
  /** Grows with every change: two processes never tell the same one. */
  readonly version: number;
}

export interface HandoverStore {
  /** Keeps a day's post and its message, all or nothing; `known` where that day's is kept already. */
  record(kept: KeptHandover, drafts: readonly Draft[]): Promise<HandoverRecorded>;
  get(day: string, post: string): Promise<KeptHandover | undefined>;
  /** The newest one of a post, or of the post that a team was in. */
  latest(post: string): Promise<KeptHandover | undefined>;
  latestOf(team: string): Promise<KeptHandover | undefined>;
  /** Teams that were handed over on that day, whichever post it was in. */
  teamsOf(day: string): Promise<ReadonlySet<string>>;
  /** From now on that message shows it. */
  moved(day: string, post: string, key: string): Promise<void>;
  /** `known` where somebody was first. */
  confirm(day: string, confirmation: Confirmation): Promise<'confirmed' | 'known'>;
  confirmations(day: string): Promise<readonly Confirmation[]>;
  addNote(note: HandoverNote): Promise<void>;
  /** Notes that are not closed, oldest first; those that say "nothing" too. */
  openNotes(teams: readonly string[]): Promise<readonly HandoverNote[]>;
  closeNotes(ids: readonly string[], bySlackId: string, at: number): Promise<void>;
  told(team: string): Promise<Told | undefined>;
  /** Keeps what is told now, with the drafts that tell it, unless somebody else was first. */
  tell(team: string, told: Told, drafts: readonly Draft[]): Promise<HandoverRecorded>;
}
