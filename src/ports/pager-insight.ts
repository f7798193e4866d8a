/** What PagerDuty knows around an alert: changes, and incidents like it where the account's plan has that (G-03). */

import type { Change } from '../domain/change.ts';

export interface PastIncident {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  /** Epoch ms. */
  readonly createdAt: number;
}

/** Nothing here throws: a plan without the ability and a PagerDuty that does not answer are outcomes. */
export interface PagerInsight {
  /**
   * Change events in the window (epoch ms), newest first, at most 25; of the given service, else of the account.
   * Undefined where PagerDuty did not answer; none where the account has no change events.
   */
  changes(query: {
    readonly since: number;
    readonly until: number;
    readonly service?: string;
  }): Promise<readonly Change[] | undefined>;
  /** Incidents that PagerDuty finds alike, the likest first, at most five; none without AIOps. */
  pastIncidents(incidentId: string): Promise<readonly PastIncident[]>;
}
