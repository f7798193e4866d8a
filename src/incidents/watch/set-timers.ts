/** Sets the timers that watch an incident: no commander, an idle room; once, and again where it is not known to be done. */

import { isOpen } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentDeps } from '../deps.ts';
import { incidentKey } from '../room/keys.ts';
import type { Notebook } from '../room/notebook.ts';

export async function setTimers(incident: Incident, notebook: Notebook, deps: IncidentDeps): Promise<void> {
  if (notebook.seen().watched || !isOpen(incident)) return;
  const { askCommanderAfterMs, idleAfterMs } = deps.settings;
  const payload = JSON.stringify({ incidentId: incident.id, asked: 0 });
  const set = (what: 'commander' | 'idle', after: number) =>
    deps.timers.set({
      key: incidentKey(incident.id, what),
      kind: `incident.${what}`,
      dueAt: incident.declaredAt + after,
      payload,
    });
  if (!incident.roles.commander) await set('commander', askCommanderAfterMs);
  await set('idle', idleAfterMs);
  await notebook.keep({ watched: true });
}
