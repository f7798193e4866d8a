/** Reads an incident's timeline for showing: brought up to date, with the names of people and the addresses of messages. */

import type { Incident } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import { timelineOf } from '../../domain/timeline.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import type { TimelineDeps } from './deps.ts';
import { feedIncident } from './feed.ts';
import { peopleIn, timelineRows } from './rows.ts';
import { addressOf } from './say.ts';
import type { TimelineRow } from './rows.ts';

/** Of `/oncall log` and of announcements. */
const TOLD = /^(?:timeline|announcement):\d+:/;

export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  readonly rows: readonly TimelineRow[];
}

export async function readTimeline(
  incident: Incident,
  deps: TimelineDeps,
  style: TimeStyle = deps.style,
): Promise<Timeline> {
  await feedIncident(incident, deps);
  const entries = timelineOf(await deps.store.events(incident.id));
  const names = new Map<string, string>();
  for (const id of peopleIn(entries)) names.set(id, await deps.directory.nameOf(id));
  const links = new Map<number, string | undefined>();
  for (const entry of entries) links.set(entry.id, await linkOf(entry, deps));
  const rows = timelineRows(
    entries,
    (id) => names.get(id) ?? id,
    ({ id }) => links.get(id),
    style,
  );
  return { entries, rows };
}

/** The event's key is the outbox key of the message that tells of it, where there is one. */
async function linkOf({ change, key }: TimelineEntry, deps: TimelineDeps): Promise<string | undefined> {
  if (change.kind === 'note' && change.source) return change.source.permalink;
  if (change.kind === 'alert_changed') return change.source?.permalink;
  if (change.kind === 'pager_linked' && change.pager.kind === 'linked') return change.pager.url;
  if (key === undefined || !TOLD.test(key)) return undefined;
  const place = await deps.outbox.sentPlace(key);
  return place && addressOf(deps.chat, place.channel, place.ts);
}
