/** What is known of an incident when its draft is written, each fact from a stored event (P-02). */

import type { DraftFacts, FactRow } from '../../domain/draft-facts.ts';
import type { Incident } from '../../domain/incident.ts';
import { dateTime, span, stopwatch } from '../../domain/local-time.ts';
import { spanOf } from '../../domain/timeline.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import type { TimelineDeps } from '../timeline/deps.ts';
import { messages } from '../timeline/messages.ts';
import { incidentWords } from '../words.ts';

export async function draftFacts(incident: Incident, deps: TimelineDeps): Promise<DraftFacts> {
  const { style } = deps;
  const { entries, rows } = await readTimeline(incident, deps);
  const { occurredAt, foundAt, recoveredAt } = spanOf(entries);
  const rowsOf = (wanted: (entry: TimelineEntry) => boolean): readonly FactRow[] => {
    const ids = new Set(entries.filter(wanted).map(({ id }) => id));
    return rows.filter(({ id }) => ids.has(id));
  };
  const acknowledged = entries.find(isAcknowledgement);
  const fired = entries.find(({ change }) => change.kind === 'alert_changed' && change.status === 'fired');
  const { commander } = incident.roles;
  const shared = incidentWords[style.locale];
  const words = messages[style.locale];
  const { impact, impactText = '', room, pager } = incident;
  return {
    title: incident.title,
    severity: `${incident.severity} ${shared.severity[incident.severity]}`,
    drill: incident.drill,
    ...at('happenedAt', occurredAt),
    ...at('foundAt', foundAt),
    ...at('recoveredAt', recoveredAt),
    ...at('closedAt', incident.clearedAt),
    ...between('duration', occurredAt, recoveredAt, (ms) => span(ms, style.locale)),
    ...between('timeToFind', occurredAt, foundAt, stopwatch),
    ...between('timeToAcknowledge', fired?.at, acknowledged?.at, stopwatch),
    ...between('timeToRecover', occurredAt, recoveredAt, stopwatch),
    ...(commander ? { commander: await deps.directory.nameOf(commander) } : {}),
    responders: await responders(entries, deps),
    ...(room.kind === 'channel' ? { room: { label: `#${room.name}`, ...addressOf(room.channel, rows) } } : {}),
    ...(pager.kind === 'linked' ? { pagerduty: { label: `#${pager.number}`, url: pager.url } } : {}),
    ...(impact === 'unknown' ? {} : { impact: words.impact(shared.impact[impact], impactText) }),
    detection: rowsOf(({ phase }) => phase === 'occurred' || phase === 'found'),
    mitigations: rowsOf(isMitigation),
    timeline: rows,
  };

  function at<K extends string>(name: K, instant: number | undefined) {
    return instant === undefined ? {} : ({ [name]: dateTime(instant, style) } as Record<K, string>);
  }
}

function between<K extends string>(
  name: K,
  from: number | undefined,
  to: number | undefined,
  show: (milliseconds: number) => string,
) {
  // A recovery before the beginning is a slip of the timeline, and no fact.
  if (from === undefined || to === undefined || to < from) return {};
  return { [name]: show(to - from) } as Record<K, string>;
}

function isAcknowledgement({ change }: TimelineEntry): boolean {
  if (change.kind === 'pager_changed') return change.status === 'acknowledged';
  return change.kind === 'alert_changed' && change.status === 'acknowledged';
}

/** What was done about it: the states of mitigation, finished work, and what people put on the timeline as an action. */
function isMitigation({ change, phase }: TimelineEntry): boolean {
  if (change.kind === 'state_changed') return change.to === 'mitigating';
  return change.kind === 'task_done' || (change.kind === 'note' && phase === 'action');
}

/** Everybody who did something, in the order in which they came. */
async function responders(entries: readonly TimelineEntry[], deps: TimelineDeps): Promise<readonly string[]> {
  const ids = entries.flatMap(({ by, change }) => {
    if (change.kind === 'role_given') return [change.to];
    return change.kind === 'task_started' ? [change.who] : by ? [by] : [];
  });
  const names: string[] = [];
  for (const id of new Set(ids)) names.push(await deps.directory.nameOf(id));
  return names;
}

/** Slack tells no address of a channel; a message's begins with it. */
function addressOf(channel: string, rows: readonly FactRow[]): { readonly url?: string } {
  const pattern = new RegExp(`^https://[^/]+/archives/${channel}(?=/)`);
  const url = rows.flatMap(({ note }) => pattern.exec(note)?.[0] ?? [])[0];
  return url ? { url } : {};
}
