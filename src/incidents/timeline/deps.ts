/** What the timeline needs of the outside. */

import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { NoteStore } from '../../ports/note-store.ts';
import type { Tick } from '../../ports/thread-store.ts';
import type { IncidentDeps } from '../deps.ts';

export interface TimelineDeps extends Pick<
  IncidentDeps,
  'store' | 'outbox' | 'chat' | 'directory' | 'clock' | 'log' | 'style' | 'alerts' | 'advanceSoon'
> {
  readonly notes: NoteStore;
  /** What people ticked off under an alert, oldest first. */
  readonly ticksOf: (alertId: string) => Promise<readonly Tick[]>;
  /** Looks at PagerDuty's incident as it was last seen; asks nobody. */
  readonly lastLook: (pagerIncidentId: string) => Promise<PagerIncident | undefined>;
  /** Runs what reads the events and then writes one after the other, so that two doors cannot race. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** The reaction that puts a message on the timeline, without colons. */
  readonly reaction: string;
}
