/** Shows somebody who comes late, alone, how things stand: state, who does what, the last steps (L-05). */

import { placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { timelineOf } from '../../domain/timeline.ts';
import type { IncidentDeps } from '../deps.ts';
import { whisper } from '../here.ts';
import { statusMessages } from '../status/messages.ts';
import { eventLine } from '../status/event-line.ts';
import { shownTitle, statusContent } from '../status/views.ts';

/** Whoever comes within this time was there from the beginning. */
const LATE_AFTER_MS = 60_000;
const LAST_STEPS = 5;

export async function greetLate(joined: { userId: string; channel: string }, deps: IncidentDeps): Promise<void> {
  const incident = await deps.store.byChannel(joined.channel);
  if (!incident || incident.room.kind !== 'channel') return;
  if (deps.clock.now() - incident.declaredAt < LATE_AFTER_MS) return;
  await summaryFor(incident, joined.userId, deps);
}

export async function summaryFor(incident: Incident, userId: string, deps: IncidentDeps): Promise<void> {
  const place = placeOf(incident);
  if (!place) return;
  const words = statusMessages[deps.style.locale];
  const entries = timelineOf(await deps.store.events(incident.id));
  const lines = entries.flatMap((entry) => eventLine(entry, deps.style) ?? []).slice(-LAST_STEPS);
  const text = [
    words.late(shownTitle(incident, deps.style)),
    statusContent(incident, [], deps.style).text,
    ...(lines.length > 0 ? [words.last, ...lines] : []),
  ].join('\n');
  await whisper({ userId, ...place }, text, deps);
}
