/** Asks about rooms that fell silent, and offers to put away those whose incident is long over (I-15). */

import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, confirm, section } from '../../blockkit/blocks.ts';
import { isOpen, placeOf } from '../../domain/incident.ts';
import { span } from '../../domain/local-time.ts';
import { ChatError, PRIORITY } from '../../ports/chat.ts';
import type { ChatPost, Press } from '../../ports/chat.ts';
import type { Timer } from '../../ports/timers.ts';
import type { IncidentDeps } from '../deps.ts';
import { pressedIncident, whisper } from '../here.ts';
import { incidentKey } from '../room/keys.ts';
import { mention } from '../status/views.ts';
import { statusMessages } from '../status/messages.ts';
import { incidentWords } from '../words.ts';
import { watchMessages } from './messages.ts';

const DAY_MS = 24 * 3_600_000;
/** A room in which people talk is not written down for every message. */
const NOTE_EVERY_MS = 60_000;

/** Somebody said something in a room: it is not idle. */
export function createActivity(deps: IncidentDeps): (post: ChatPost) => Promise<void> {
  const noted = new Map<string, number>();
  return async ({ channel, author }) => {
    if (author.kind !== 'person') return;
    const now = deps.clock.now();
    if (now - (noted.get(channel) ?? -Infinity) < NOTE_EVERY_MS) return;
    noted.set(channel, now);
    const incident = await deps.store.byChannel(channel);
    if (!incident || incident.room.kind !== 'channel' || !isOpen(incident)) return;
    await setIdle(incident.id, now, deps);
  };
}

async function setIdle(incidentId: number, since: number, deps: IncidentDeps): Promise<void> {
  await deps.timers.set({
    key: incidentKey(incidentId, 'idle'),
    kind: 'incident.idle',
    dueAt: since + deps.settings.idleAfterMs,
    payload: JSON.stringify({ incidentId, asked: 0 }),
  });
}

/** Asks once, and again after as long. */
export async function askIdle(timer: Timer, deps: IncidentDeps): Promise<void> {
  const { incidentId } = JSON.parse(timer.payload) as { incidentId: number };
  const incident = await deps.store.byId(incidentId);
  if (!incident || !isOpen(incident)) return;
  const place = placeOf(incident);
  const now = deps.clock.now();
  if (place) {
    const words = watchMessages[deps.style.locale];
    const who = mention(incident.roles.commander ?? incident.declaredBy);
    const drill = incident.drill ? incidentWords[deps.style.locale].drill : '';
    await deps.outbox.post({
      key: incidentKey(incidentId, `idle:${timer.dueAt}`),
      ...place,
      priority: PRIORITY.mention,
      content: { text: drill + words.idle(who, span(deps.settings.idleAfterMs, deps.style.locale)) },
    });
  }
  await setIdle(incidentId, now, deps);
}

export async function proposeArchive(timer: Timer, deps: IncidentDeps): Promise<void> {
  const { incidentId } = JSON.parse(timer.payload) as { incidentId: number };
  const incident = await deps.store.byId(incidentId);
  if (!incident || isOpen(incident) || incident.room.kind !== 'channel') return;
  const words = watchMessages[deps.style.locale];
  const text = words.archive(words.days(Math.round(deps.settings.archiveAfterMs / DAY_MS)));
  const archive = button({
    text: words.archiveButton,
    actionId: ACTION.archiveRoom,
    value: String(incidentId),
    confirm: confirm(words.archiveConfirm),
  });
  await deps.outbox.post({
    key: incidentKey(incidentId, `archive:${incident.clearedAt ?? 0}`),
    channel: incident.room.channel,
    priority: PRIORITY.state,
    content: { text, blocks: [section(text), actions([archive])] },
  });
}

export async function archiveRoom(press: Press, deps: IncidentDeps): Promise<void> {
  const words = watchMessages[deps.style.locale];
  const incident = await pressedIncident(press, deps);
  if (!incident || incident.room.kind !== 'channel') {
    return whisper(press, statusMessages[deps.style.locale].noIncident, deps);
  }
  if (isOpen(incident)) return whisper(press, words.stillOpen, deps);
  const key = incidentKey(incident.id, `archive:${incident.clearedAt ?? 0}`);
  // Nothing can be said in an archived channel: first the words, then the deed.
  await deps.outbox.edit(key, { text: words.archived(mention(press.userId)) });
  try {
    await deps.rooms.archive(incident.room.channel);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.warn({ err: error, incident: incident.id }, 'a war room could not be archived');
    await whisper(press, words.notArchived, deps);
  }
}
