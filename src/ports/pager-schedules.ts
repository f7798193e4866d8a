/** What the features ask of PagerDuty about schedules and escalation policies. */

import type { EscalationPolicy } from '../domain/escalation-policy.ts';

export interface PagerSchedules {
  /** The account's escalation policies, every page. Throws PagerError. */
  policies(): Promise<readonly EscalationPolicy[]>;
}
