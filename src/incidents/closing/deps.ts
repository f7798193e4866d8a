/** What closing an incident needs of the outside. */

import type { DraftFacts } from '../../domain/draft-facts.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Postmortem } from '../../domain/postmortem.ts';
import type { PostmortemStore } from '../../ports/postmortem-store.ts';
import type { AnnounceDeps } from '../announce/deps.ts';
import type { IncidentDeps } from '../deps.ts';

export interface ClosingDeps extends AnnounceDeps, IncidentDeps {
  readonly postmortems: PostmortemStore;
  /** Lets alerts and timelines follow a look at PagerDuty. */
  readonly follow: (look: PagerIncident) => Promise<void>;
  /** Writes the draft and shares its file. */
  readonly startDraft: (draft: {
    readonly facts: DraftFacts;
    readonly incidentId: string;
    readonly channel: string;
    readonly threadTs?: string;
    readonly createdBy: string;
    readonly private: boolean;
  }) => Promise<Postmortem>;
}
