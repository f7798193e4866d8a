/** The coming weeks from memory: shifts far ahead, and the escalation policies. */

import type { EscalationPolicy } from '../domain/escalation-policy.ts';
import type { Shift } from '../domain/on-call.ts';

export interface Agenda {
  /**
   * The team's shifts of the last and the coming weeks, by start; permanent ones too. What lies within the next days
   * is as fresh as the roster.
   */
  shifts(team: string): readonly Shift[];
  /** Epoch ms up to which the shifts are known; undefined where nothing is. */
  knownUntil(team: string): number | undefined;
  /** When PagerDuty last confirmed the near shifts, epoch ms; undefined where it never did. */
  confirmedAt(team: string): number | undefined;
  /** Undefined where the team has none, or it is not known yet. */
  policy(team: string): EscalationPolicy | undefined;
}

/** The coming weeks as they were last read, opaque to the store. */
export interface AgendaStore {
  load(): Promise<string | undefined>;
  save(pages: string): Promise<void>;
}
