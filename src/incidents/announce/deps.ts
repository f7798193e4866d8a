/** What announcements need of the outside. */

import type { Severity } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { AnnouncementStore } from '../../ports/announcement-store.ts';
import type { Timers } from '../../ports/timers.ts';
import type { TimelineDeps } from '../timeline/deps.ts';

export interface AnnounceDeps extends TimelineDeps {
  readonly announcements: AnnouncementStore;
  readonly timers: Timers;
  /** The id of the company-wide channel; undefined where none is set or Slack does not show it. */
  readonly announceChannel: () => Promise<string | undefined>;
  /** How the company is spoken to. */
  readonly audience: TimeStyle;
  /** User groups to mention, by severity (N-04). */
  readonly stakeholders: Readonly<Partial<Record<Severity, readonly string[]>>>;
  /** After this the next update is proposed. */
  readonly updateAfterMs: number;
}
