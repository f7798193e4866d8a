/** Where people talk when there is no channel: a thread that everybody sees, or for a private incident nowhere (I-16). */

import { escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { Incident, Room } from '../../domain/incident.ts';
import { ChatError, PRIORITY } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { record } from '../record.ts';
import { shownTitle } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { incidentKey, threadRootKey } from './keys.ts';
import { roomMessages } from './messages.ts';

/** In the place of Slack's error word: nobody wanted a channel. */
export const UNWANTED = 'unwanted';

/** Waits, with the incident unchanged, until a thread's first message stands. */
export async function fallBack(incident: Incident, code: string, deps: IncidentDeps): Promise<Incident> {
  const words = roomMessages[deps.style.locale];
  const why = code === 'restricted_action' || code === 'missing_scope' ? words.noRight : escapeMrkdwn(code);
  if (incident.private) {
    await tellDeclarer(incident, words.cannotPrivate(shownTitle(incident, deps.style), why), deps);
    return settle(incident, { kind: 'failed', code }, deps);
  }
  const thread = await threadFor(incident, deps);
  if (thread === 'later') return incident;
  if (!thread) {
    await tellDeclarer(incident, words.nowhere(shownTitle(incident, deps.style), why), deps);
    return settle(incident, { kind: 'failed', code }, deps);
  }
  await deps.outbox.post({
    key: incidentKey(incident.id, 'fallback'),
    ...thread,
    priority: PRIORITY.mention,
    content: { text: drill(incident, deps) + (code === UNWANTED ? words.thread : words.cannotCreate(why)) },
  });
  return settle(incident, { kind: 'thread', ...thread }, deps);
}

/** The thread around the message that it was declared from, or one of its own in the channel of the declaration. */
export async function threadFor(
  incident: Incident,
  deps: IncidentDeps,
): Promise<{ channel: string; threadTs: string } | 'later' | undefined> {
  const { source } = incident;
  const where = source?.channel ?? incident.declaredIn;
  if (!where || !(await deps.rooms.isIn(where))) return undefined;
  if (source) return { channel: source.channel, threadTs: source.threadTs ?? source.ts };
  const channel = where;
  const key = threadRootKey(incident.id);
  const content = { text: roomMessages[deps.style.locale].threadRoot(shownTitle(incident, deps.style)) };
  await deps.outbox.post({ key, channel, priority: PRIORITY.mention, content });
  const threadTs = await deps.outbox.sentTs(key);
  return threadTs ? { channel, threadTs } : 'later';
}

async function tellDeclarer(incident: Incident, text: string, deps: IncidentDeps): Promise<void> {
  try {
    const channel = await deps.chat.directChannel(incident.declaredBy);
    const key = incidentKey(incident.id, 'no-room');
    await deps.outbox.post({ key, channel, priority: PRIORITY.mention, content: { text } });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.error({ err: error, incident: incident.id }, 'declarer could not be told that there is no room');
  }
}

async function settle(incident: Incident, room: Room, deps: IncidentDeps): Promise<Incident> {
  return (await record(incident, { kind: 'room_changed', room }, deps)).incident;
}

function drill(incident: Incident, deps: IncidentDeps): string {
  return incident.drill ? incidentWords[deps.style.locale].drill : '';
}
