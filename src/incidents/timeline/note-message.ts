/** Puts messages on the timeline by pin and by shortcut, and follows what becomes of them (L-03). */

import { plain, clip } from '../../blockkit/mrkdwn.ts';
import type { Incident } from '../../domain/incident.ts';
import type { IncidentChange } from '../../domain/incident-event.ts';
import { noteOf } from '../../domain/timeline.ts';
import type { ChatPost } from '../../ports/chat.ts';
import { record } from '../record.ts';
import type { TimelineDeps } from './deps.ts';
import { incidentAt } from './find-incident.ts';
import { addressOf } from './say.ts';

/** The most of a message that a row holds; the link leads to the rest. */
const MOST = 500;

export type Noted =
  | { readonly kind: 'noted'; readonly incident: Incident }
  | { readonly kind: 'known'; readonly incident: Incident }
  | { readonly kind: 'no_incident' };

/** The row has the author, the time and the address of the message. */
export function noteMessage(
  message: { readonly channel: string; readonly ts: string },
  pinnedBy: string,
  deps: TimelineDeps,
): Promise<Noted> {
  return deps.inTurn(async () => {
    const post = await deps.chat.readPost(message.channel, message.ts);
    const incident = post && (await incidentAt(post, deps));
    if (!post || !incident) return { kind: 'no_incident' };
    const known = noteOf(await deps.store.events(incident.id), message);
    if (known?.pinnedBy.includes(pinnedBy)) return { kind: 'known', incident };
    const permalink = await addressOf(deps.chat, message.channel, message.ts);
    const { author, threadTs } = post;
    const source = { ...message, ...(threadTs ? { threadTs } : {}), ...(permalink ? { permalink } : {}) };
    const change: IncidentChange = {
      kind: 'note',
      text: await textOf(post, deps),
      source,
      pinnedBy,
      ...(author.kind === 'app' ? { app: author.name } : {}),
    };
    const by = author.kind === 'person' ? { by: author.id } : {};
    await deps.notes.keep(message, incident.id);
    await record(incident, change, deps, { at: Math.floor(Number(message.ts) * 1000), ...by });
    return known ? { kind: 'known', incident } : { kind: 'noted', incident };
  });
}

/** Somebody took their pin away. */
export function unpinMessage(
  message: { readonly channel: string; readonly ts: string },
  unpinnedBy: string,
  deps: TimelineDeps,
): Promise<void> {
  return deps.inTurn(async () => {
    const found = await findNote(message, deps);
    if (!found?.pinnedBy.includes(unpinnedBy)) return;
    await record(found.incident, { kind: 'note_removed', ...message, unpinnedBy }, deps, { by: unpinnedBy });
  });
}

export function followDeletion(
  message: { readonly channel: string; readonly ts: string },
  deps: TimelineDeps,
): Promise<void> {
  return deps.inTurn(async () => {
    const found = await findNote(message, deps);
    if (found) await record(found.incident, { kind: 'note_removed', ...message }, deps);
  });
}

export function followEdit(post: ChatPost, deps: TimelineDeps): Promise<void> {
  return deps.inTurn(async () => {
    const { channel, ts } = post;
    const found = await findNote({ channel, ts }, deps);
    if (!found) return;
    const text = await textOf(post, deps);
    if (found.text === text) return;
    await record(found.incident, { kind: 'note_changed', channel, ts, text }, deps);
  });
}

/** Asks the database alone: it runs for every edited and deleted message. */
async function findNote(message: { readonly channel: string; readonly ts: string }, deps: TimelineDeps) {
  const id = await deps.notes.incidentOf(message);
  const incident = id === undefined ? undefined : await deps.store.byId(id);
  if (!incident) return undefined;
  const note = noteOf(await deps.store.events(incident.id), message);
  if (note?.entry.change.kind !== 'note') return undefined;
  return { incident, pinnedBy: note.pinnedBy, text: note.entry.change.text };
}

/** What was said, on one line, with people by name: a row calls nobody. */
async function textOf(post: ChatPost, deps: TimelineDeps): Promise<string> {
  const parts = post.parts.map(({ title, text }) => [title, text].filter(Boolean).join(' '));
  let said = plain(post.text.trim() || parts.join(' '));
  for (const id of new Set(said.match(/(?<=@)[UW][A-Z0-9]{6,}\b/g))) {
    said = said.replaceAll(`@${id}`, `@${await deps.directory.nameOf(id)}`);
  }
  return clip(said, MOST);
}
