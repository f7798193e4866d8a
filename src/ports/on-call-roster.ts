/** Who is on call, from memory: the hot path asks nobody. */

import type { OnCallLevel } from '../domain/on-call.ts';

export interface OnCallRoster {
  /** The levels of the team at `instant` (epoch ms), lowest first; empty where nothing is known. */
  levels(team: string, instant: number): readonly OnCallLevel[];
  /** When PagerDuty last confirmed it, epoch ms; undefined where it never did. */
  confirmedAt(team: string): number | undefined;
}
