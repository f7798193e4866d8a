/** Tells the three places that it is over, asks for an owner and begins the draft; run by a durable timer, each message once (I-12, P-01). */

import { isOpen, placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { localDay } from '../../domain/local-day.ts';
import { clockTime, dateTime, span } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import { spanOf } from '../../domain/timeline.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Timer } from '../../ports/timers.ts';
import { cancelPromise } from '../announce/chase.ts';
import { toldSoFar } from '../announce/told.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { incidentWords } from '../words.ts';
import type { ClosingDeps } from './deps.ts';
import { draftFacts } from './facts.ts';
import { messages } from './messages.ts';
import { askOwnerContent, clearedContent } from './views.ts';

export const CLEARED = 'incident.cleared';

/** The change of state is mostly kept within this; it asks again once it is. */
const AFTER_MS = 1_000;

/** Before the state changes: a process that dies after the change tells of it all the same. */
export function tellSoon(incidentId: number, deps: Pick<ClosingDeps, 'timers' | 'clock'>): Promise<void> {
  const dueAt = deps.clock.now() + AFTER_MS;
  return deps.timers.set({ key: `closing:${incidentId}`, kind: CLEARED, dueAt, payload: String(incidentId) });
}

export async function tellAllClear({ payload }: Timer, deps: ClosingDeps): Promise<void> {
  const incident = await deps.store.byId(Number(payload));
  if (!incident || isOpen(incident) || incident.clearedAt === undefined) return;
  const { clearedAt } = incident;
  const { entries } = await readTimeline(incident, deps);
  const { occurredAt = incident.declaredAt } = spanOf(entries);
  const by = entries.findLast(({ change }) => change.kind === 'state_changed' && change.to === 'cleared')?.by;
  const told = toldSoFar(await deps.store.events(incident.id));
  const key = (where: string) => `closing:${incident.id}:${clearedAt}:${where}`;
  const line = (style: TimeStyle) => lineOf(incident, occurredAt, clearedAt, style);
  const place = placeOf(incident);
  if (place) {
    const recovery = told.firstKey !== undefined;
    const content = clearedContent(incident, { line: line(deps.style), ...(by ? { by } : {}), recovery }, deps.style);
    await deps.outbox.post({ key: key('room'), ...place, priority: PRIORITY.state, content });
  }
  const thread = await alertThread(incident, deps);
  // A private incident leaves no trace where others read.
  if (thread && !incident.private && thread.threadTs !== place?.threadTs) {
    await deps.outbox.post({
      key: key('alert'),
      ...thread,
      priority: PRIORITY.state,
      content: { text: line(deps.style) },
    });
  }
  const announced = told.firstKey === undefined ? undefined : await deps.outbox.sentPlace(told.firstKey);
  if (announced) {
    const { channel, ts: threadTs } = announced;
    const content = { text: line(deps.audience) };
    await deps.outbox.post({
      key: key('announced'),
      channel,
      threadTs,
      broadcast: true,
      priority: PRIORITY.state,
      content,
    });
  }
  await cancelPromise(incident, deps);
  await beginDraft(incident, clearedAt, deps);
  if (place) {
    const content = askOwnerContent(incident, undefined, deps.style);
    await deps.outbox.post({ key: ownerKey(incident), ...place, priority: PRIORITY.companion, content });
  }
}

/** The outbox key of the question who takes the postmortem: one a time that it was over. */
export function ownerKey({ id, clearedAt }: Incident): string {
  return `closing:${id}:${clearedAt ?? 0}:owner`;
}

/** A draft for each time that it was over; a repetition writes none. */
async function beginDraft(incident: Incident, clearedAt: number, deps: ClosingDeps): Promise<void> {
  const known = await deps.postmortems.byIncident(String(incident.id));
  if (known && known.createdAt >= clearedAt) return;
  await writeDraft(incident, deps);
}

export async function writeDraft(incident: Incident, deps: ClosingDeps): Promise<void> {
  const createdBy = incident.roles.commander ?? incident.declaredBy;
  // Without a room it goes to whoever led.
  const place = placeOf(incident) ?? { channel: await deps.chat.directChannel(createdBy) };
  const owner = (await deps.postmortems.byIncident(String(incident.id)))?.owner;
  const facts = await draftFacts(incident, deps);
  const named = owner ? { ...facts, owner: await deps.directory.nameOf(owner) } : facts;
  await deps.startDraft({
    facts: named,
    incidentId: String(incident.id),
    ...place,
    createdBy,
    // Neither is listed nor counted (I-17).
    private: incident.private || incident.drill,
  });
}

function lineOf(incident: Incident, from: number, to: number, style: TimeStyle): string {
  const sameDay = localDay(from, style.timezone) === localDay(to, style.timezone);
  const end = sameDay ? clockTime(to, style) : dateTime(to, style);
  const begin = sameDay ? clockTime(from, style) : dateTime(from, style);
  const drill = incident.drill ? incidentWords[style.locale].drill : '';
  return `${drill}${messages[style.locale].cleared(begin, end, span(to - from, style.locale))}`;
}

/** Where people first talked of it: the alert's thread, or under the message from which it was declared. */
async function alertThread(
  incident: Incident,
  deps: ClosingDeps,
): Promise<{ channel: string; threadTs: string } | undefined> {
  const alert = incident.alertId === undefined ? undefined : await deps.alerts.byId(incident.alertId);
  const threadTs = alert && (await deps.alerts.threadOf(alert));
  if (alert && threadTs) return { channel: alert.channel, threadTs };
  const { source } = incident;
  return source && { channel: source.channel, threadTs: source.threadTs ?? source.ts };
}
