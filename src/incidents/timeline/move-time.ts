/** Corrects the time of a row; the correction itself is kept (L-04). */

import type { Incident } from '../../domain/incident.ts';
import { timelineOf } from '../../domain/timeline.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { record } from '../record.ts';
import type { TimelineDeps } from './deps.ts';

export type Moved =
  | { readonly kind: 'moved'; readonly entry: TimelineEntry; readonly from: number; readonly to: number }
  | { readonly kind: 'unchanged' };

export function moveTime(
  incident: Incident,
  order: { readonly event: number; readonly to: number; readonly by: string },
  deps: TimelineDeps,
): Promise<Moved> {
  return deps.inTurn(async () => {
    const entries = timelineOf(await deps.store.events(incident.id));
    const entry = entries.find(({ id }) => id === order.event);
    if (!entry || entry.at === order.to) return { kind: 'unchanged' };
    const { event, to, by } = order;
    await record(incident, { kind: 'time_moved', event, from: entry.at, to }, deps, { by });
    return { kind: 'moved', entry, from: entry.at, to };
  });
}
