/** Brings Slack in line with an incident, step by step: each step is kept once done, so a restart goes on where it ended. */

import { placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { ChatError, PRIORITY } from '../../ports/chat.ts';
import { mayPass } from '../../ports/rooms.ts';
import type { IncidentDeps } from '../deps.ts';
import { askCommander } from '../roles/ask-commander.ts';
import { statusContent, topicOf } from '../status/views.ts';
import { setTimers } from '../watch/set-timers.ts';
import { inviteMissing } from './invite.ts';
import { statusKey } from './keys.ts';
import { openNotebook } from './notebook.ts';
import type { Notebook } from './notebook.ts';
import { linkFromOutside } from './link-from-outside.ts';
import { makeRoom } from './make-room.ts';
import { showBookmarks } from './show-bookmarks.ts';
import { writeCanvas } from './write-canvas.ts';

/** Throws ChatError where Slack does not answer: the same call later goes on. */
export async function advanceRoom(incidentId: number, deps: IncidentDeps): Promise<void> {
  const before = await deps.store.byId(incidentId);
  if (!before) return;
  const notebook = await openNotebook(incidentId, deps);
  const incident = before.room.kind === 'opening' ? await makeRoom(before, notebook, deps) : before;
  await setTimers(incident, notebook, deps);
  const place = placeOf(incident);
  if (!place) return;
  await showStatus(incident, deps);
  await askCommander(incident, deps);
  if (incident.room.kind !== 'channel') {
    await linkFromOutside(incident, notebook, deps);
    return;
  }
  const { channel } = incident.room;
  // People first: the room is of use once they are in. The rest goes on beside it.
  await together([
    () => inviteMissing(incident, channel, notebook, deps),
    () => linkFromOutside(incident, notebook, deps),
    () => showTopic(incident, channel, notebook, deps),
    () => pinStatus(incident, channel, notebook, deps),
    () => showBookmarks(incident, channel, notebook, deps),
    () => writeCanvas(incident, channel, notebook, deps),
  ]);
}

/** The one message that says how things stand: posted once, then edited. */
async function showStatus(incident: Incident, deps: IncidentDeps): Promise<void> {
  const place = placeOf(incident);
  if (!place) return;
  const key = statusKey(incident.id, place.channel);
  const content = statusContent(incident, deps.statusButtons(incident), deps.style);
  const draft = { key, ...place, priority: PRIORITY.state, content };
  if ((await deps.outbox.post(draft)) === 'known') await deps.outbox.edit(key, content);
}

async function showTopic(incident: Incident, channel: string, notebook: Notebook, deps: IncidentDeps): Promise<void> {
  const topic = topicOf(incident, deps.style);
  if (notebook.seen().topic === topic) return;
  await deps.rooms.setTopic(channel, topic);
  await notebook.keep({ topic });
}

async function pinStatus(incident: Incident, channel: string, notebook: Notebook, deps: IncidentDeps): Promise<void> {
  const ts = await deps.outbox.sentTs(statusKey(incident.id, channel));
  // Told again once the message stands.
  if (!ts || notebook.seen().pinnedTs === ts) return;
  await deps.rooms.pin(channel, ts);
  await notebook.keep({ pinnedTs: ts });
}

/** Runs all of them to their end; a refusal of one does not keep back the others. Throws the first failure then. */
async function together(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(steps.map((step) => step()));
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
  // What Slack refuses for good must not hide what a later try can mend.
  const first =
    failures.find((error) => !(error instanceof ChatError)) ??
    failures.find((error) => error instanceof ChatError && mayPass(error)) ??
    failures[0];
  if (first !== undefined) throw first;
}
