/** Tells every open room when the on-call changes, and brings the new one in (I-13). */

import { isOpen, placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { onCallIds } from '../deps.ts';
import { record } from '../record.ts';
import { incidentKey } from '../room/keys.ts';
import { mention } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { watchMessages } from './messages.ts';

/** Compares whom each incident knows with who is on call now; a second look does nothing. */
export async function watchHandOvers(deps: IncidentDeps): Promise<void> {
  for (const incident of await deps.store.open()) {
    if (incident.drill && incident.pager.kind === 'none') continue;
    const now = onCallIds(incident.team, 1, deps);
    // An empty answer may be a schedule that could not be read: nobody is told of a change to nobody.
    if (now.length === 0 || sameIds(now, incident.onCall)) continue;
    await tell(incident, now, deps);
  }
}

async function tell(incident: Incident, to: readonly string[], deps: IncidentDeps): Promise<void> {
  const from = incident.onCall;
  const words = watchMessages[deps.style.locale];
  const place = placeOf(incident);
  const names = (ids: readonly string[]) => (ids.length > 0 ? ids.map(mention).join(' ') : words.nobody);
  const at = deps.clock.now();
  const drill = incident.drill ? incidentWords[deps.style.locale].drill : '';
  const content = { text: drill + words.handOver(names(from), names(to)) };
  const draft = place && {
    key: incidentKey(incident.id, `hand-over:${at}`),
    ...place,
    priority: PRIORITY.mention,
    content,
  };
  const appended = await record(incident, { kind: 'on_call_changed', from, to }, deps, {
    at,
    guard: (now) => isOpen(now) && !sameIds(now.onCall, to),
    drafts: draft ? [draft] : [],
  });
  if (appended.kind === 'unchanged' || !place) return;
  const fresh = to.filter((id) => !from.includes(id));
  // Whoever comes in this way is shown how things stand, as everybody who comes late.
  if (place.threadTs === undefined && fresh.length > 0) await deps.rooms.invite(place.channel, fresh);
}

function sameIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}
