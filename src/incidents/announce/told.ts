/** What was announced of an incident so far, from its events. */

import type { AnnouncementFields, AnnouncementStage } from '../../domain/announcement.ts';
import type { IncidentEvent } from '../../domain/incident-event.ts';

export interface Told {
  /** The next report's number. */
  readonly next: number;
  /** What a report would be now. */
  readonly stage: Exclude<AnnouncementStage, 'recovery'>;
  /** The outbox key of the first one: its thread holds the others. */
  readonly firstKey?: string;
  /** What was said last. */
  readonly fields: AnnouncementFields;
  /** Groups that were mentioned already. */
  readonly groups: ReadonlySet<string>;
}

export function toldSoFar(events: readonly IncidentEvent[]): Told {
  const told = events.flatMap(({ key, change }) => (change.kind === 'announced' ? [{ key, change }] : []));
  const firstKey = told[0]?.key;
  return {
    next: told.length + 1,
    stage: told.length === 0 ? 'first' : 'update',
    ...(firstKey ? { firstKey } : {}),
    fields: told.at(-1)?.change.fields ?? {},
    groups: new Set(told.flatMap(({ change }) => change.groups ?? [])),
  };
}
