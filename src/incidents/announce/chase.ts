/** Reminds whoever leads at the time that was promised for the next announcement (N-02). */

import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, section } from '../../blockkit/blocks.ts';
import { isOpen, placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Timer } from '../../ports/timers.ts';
import { incidentWords } from '../words.ts';
import { timeOf } from './announcement-text.ts';
import type { AnnounceDeps } from './deps.ts';
import { messages } from './messages.ts';

export const DUE = 'announcement.due';

/** A promise that is not kept is reminded of this often, this far apart. */
const REMINDERS = 3;
const AGAIN_MS = 10 * 60_000;

const keyOf = (incident: Pick<Incident, 'id'>) => `announcement:${incident.id}:due`;

export function promise(incident: Pick<Incident, 'id'>, at: number, deps: Pick<AnnounceDeps, 'timers'>): Promise<void> {
  const payload = JSON.stringify({ incidentId: incident.id, promised: at, reminder: 1 });
  return deps.timers.set({ key: keyOf(incident), kind: DUE, dueAt: at, payload });
}

export function cancelPromise(incident: Pick<Incident, 'id'>, deps: Pick<AnnounceDeps, 'timers'>): Promise<void> {
  return deps.timers.cancel(keyOf(incident));
}

export async function remindOfUpdate({ payload, key }: Timer, deps: AnnounceDeps): Promise<void> {
  const { incidentId, promised, reminder } = JSON.parse(payload) as {
    incidentId: number;
    promised: number;
    reminder: number;
  };
  const incident = await deps.store.byId(incidentId);
  // Kept meanwhile, moved, or over.
  if (!incident || !isOpen(incident) || incident.nextUpdateAt !== promised) return;
  const place = placeOf(incident);
  if (!place) return;
  const words = messages[deps.style.locale];
  const who = `<@${incident.roles.commander ?? incident.declaredBy}>`;
  const time = timeOf(promised, deps.clock.now(), deps.style);
  const drill = incident.drill ? incidentWords[deps.style.locale].drill : '';
  const text = drill + (reminder === 1 ? words.due(who, time) : words.dueAgain(who, time));
  const value = String(incident.id);
  await deps.outbox.post({
    key: `announcement:${incidentId}:due:${promised}:${reminder}`,
    ...place,
    priority: PRIORITY.mention,
    content: {
      text,
      blocks: [
        section(text),
        actions([button({ text: words.buttons.update, actionId: ACTION.openAnnouncement, value, style: 'primary' })]),
      ],
    },
  });
  if (reminder >= REMINDERS) return;
  const next = JSON.stringify({ incidentId, promised, reminder: reminder + 1 });
  await deps.timers.set({ key, kind: DUE, dueAt: deps.clock.now() + AGAIN_MS, payload: next });
}
