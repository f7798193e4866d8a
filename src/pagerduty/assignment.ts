/** Adds to a look at an incident how it was assigned: a list does not tell, the log does. */

import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Log } from '../ports/log.ts';
import type { Pager } from '../ports/pager.ts';

/** Without an answer the change is told without it. */
export async function withAssignment(
  incident: PagerIncident,
  pager: Pick<Pager, 'lastAssignment'>,
  log: Log,
): Promise<PagerIncident> {
  try {
    const assignment = await pager.lastAssignment(incident.id);
    return assignment ? { ...incident, assignment } : incident;
  } catch (error) {
    log.warn({ incident: incident.id, err: error }, 'PagerDuty did not tell who assigned an incident');
    return incident;
  }
}
