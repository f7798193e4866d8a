/** Which incident a message belongs to: its war room, the thread it is worked on in, or the alert's thread. */

import type { Incident } from '../../domain/incident.ts';
import type { TimelineDeps } from './deps.ts';

export interface Place {
  readonly channel: string;
  /** Absent where no message is meant: then the channel has to be a war room. */
  readonly ts?: string;
  readonly threadTs?: string;
}

export async function incidentAt(
  place: Place,
  deps: Pick<TimelineDeps, 'store' | 'alerts'>,
): Promise<Incident | undefined> {
  const root = place.threadTs ?? place.ts;
  const incident = await deps.store.byChannel(place.channel);
  if (incident?.room.kind === 'channel') return incident;
  if (incident?.room.kind === 'thread' && (root === undefined || root === incident.room.threadTs)) return incident;
  if (root === undefined) return undefined;
  const alert = await deps.alerts.byPost({ channel: place.channel, ts: root });
  return alert && deps.store.byKey(`alert:${alert.id}`);
}
