/** Covers and swaps, and the line of what happened to each. */

import type { Cover, CoverChange, CoverEvent, CoverState } from '../domain/cover.ts';

export interface CoverMove {
  readonly from: readonly CoverState[];
  readonly to: CoverState;
  /** Slack id of who did it. */
  readonly actor: string;
  /** Epoch ms. */
  readonly at: number;
  readonly changes?: readonly CoverChange[];
}

export interface CoverStore {
  add(cover: Cover): Promise<void>;
  get(id: string): Promise<Cover | undefined>;
  /**
   * Moves it on and writes the audit line, both or neither; undefined where it is in none of those states any more.
   * `writing` and `undoing` count as left where a process died in them two minutes ago.
   */
  move(id: string, move: CoverMove): Promise<Cover | undefined>;
  /** Oldest first. */
  events(id: string): Promise<readonly CoverEvent[]>;
  /** Those asked or standing that end after `now`, the next first. */
  coming(now: number): Promise<readonly Cover[]>;
}
