/** What stands in the form when it opens: known facts alone, in the audience's language; people change and send it. */

import type { AnnouncementFields, AnnouncementStage } from '../../domain/announcement.ts';
import type { Incident } from '../../domain/incident.ts';
import { dateTime, span } from '../../domain/local-time.ts';
import { spanOf } from '../../domain/timeline.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import type { AnnounceDeps } from './deps.ts';
import { announcementWords } from './messages.ts';
import { toldSoFar } from './told.ts';

export interface Proposal {
  readonly stage: AnnouncementStage;
  readonly fields: AnnouncementFields;
  readonly nextUpdateAt?: number;
}

/** Without `wanted` the stage is what comes next. */
export async function proposeAnnouncement(
  incident: Incident,
  wanted: AnnouncementStage | undefined,
  deps: AnnounceDeps,
): Promise<Proposal> {
  const { audience, clock } = deps;
  const words = announcementWords[audience.locale];
  const { entries, rows } = await readTimeline(incident, deps, audience);
  const told = toldSoFar(await deps.store.events(incident.id));
  const stage = wanted ?? told.stage;
  const { occurredAt = incident.declaredAt, recoveredAt } = spanOf(entries);
  const { commander } = incident.roles;
  const name = commander === undefined ? '' : await deps.directory.nameOf(commander);
  const before = told.fields;
  const known: AnnouncementFields = {
    occurred: dateTime(occurredAt, audience),
    scope: before.scope ?? incident.impactText ?? '',
    happening: before.happening ?? '',
  };
  if (stage !== 'recovery') {
    const response = words.responseOf(words.doing[incident.state], name);
    return { stage, fields: { ...known, response }, nextUpdateAt: clock.now() + deps.updateAfterMs };
  }
  const end = recoveredAt ?? incident.clearedAt ?? clock.now();
  const done = entries.findLast(({ change }) => change.kind === 'state_changed' && change.mitigation !== undefined);
  const mitigation = rows.find(({ id }) => id === done?.id)?.what;
  return {
    stage,
    fields: {
      ...known,
      recovered: dateTime(end, audience),
      lasted: span(end - occurredAt, audience.locale),
      ...(mitigation ? { mitigation } : {}),
      followUp: words.followUp,
    },
  };
}
