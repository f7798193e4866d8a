/** Keeps a change to an incident, and lets Slack follow. */

import type { Incident } from '../domain/incident.ts';
import type { IncidentChange, NewIncidentEvent } from '../domain/incident-event.ts';
import type { Draft } from '../ports/chat.ts';
import type { Appended } from '../ports/war-room-store.ts';
import type { IncidentDeps } from './deps.ts';

type RecordDeps = Pick<IncidentDeps, 'store' | 'outbox' | 'clock' | 'advanceSoon'>;

/** `by` is a Slack id; without `at` it happened now. */
export async function record(
  incident: Incident,
  change: IncidentChange,
  deps: RecordDeps,
  options: {
    readonly by?: string;
    readonly at?: number;
    readonly key?: string;
    readonly guard?: (incident: Incident) => boolean;
    readonly drafts?: readonly Draft[];
  } = {},
): Promise<Appended> {
  const { by, key, guard, drafts } = options;
  const event: NewIncidentEvent = {
    at: options.at ?? deps.clock.now(),
    change,
    ...(by ? { by } : {}),
    ...(key ? { key } : {}),
  };
  const appended = await deps.store.append(incident.id, event, {
    ...(guard ? { guard } : {}),
    ...(drafts ? { drafts } : {}),
  });
  if (appended.kind === 'appended') {
    deps.outbox.takeUp(appended.rows);
    deps.advanceSoon(incident.id);
  }
  return appended;
}
