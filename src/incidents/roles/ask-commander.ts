/** Asks for a commander while there is none: at once with a button, then a few times, loudly (I-08). */

import { ACTION } from '../../blockkit/action-ids.ts';
import { actions, button, section } from '../../blockkit/blocks.ts';
import { isOpen, placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { span } from '../../domain/local-time.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Timer } from '../../ports/timers.ts';
import { onCallIds } from '../deps.ts';
import type { IncidentDeps } from '../deps.ts';
import { incidentKey } from '../room/keys.ts';
import { mention } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { roleMessages } from './messages.ts';

/** After so many reminders nobody is going to press it because of one more. */
const MOST_REMINDERS = 3;
const ASK = 'ask-commander';
const reminder = (number: number) => `remind-commander:${number}`;

/** With the room, once. */
export async function askCommander(incident: Incident, deps: IncidentDeps): Promise<void> {
  if (incident.roles.commander || !isOpen(incident)) return;
  const words = roleMessages[deps.style.locale];
  await post(incident, ASK, words.ask(whoIsAsked(incident, deps)), deps);
}

/** One reminder of the timer, which sets itself anew. */
export async function remindCommander(timer: Timer, deps: IncidentDeps): Promise<void> {
  const { incidentId, asked } = JSON.parse(timer.payload) as { incidentId: number; asked: number };
  const incident = await deps.store.byId(incidentId);
  if (!incident || incident.roles.commander || !isOpen(incident)) return;
  const words = roleMessages[deps.style.locale];
  const waited = span(deps.clock.now() - incident.declaredAt, deps.style.locale);
  const text = words.askAgain(whoIsAsked(incident, deps), waited);
  await post(incident, reminder(asked + 1), text, deps);
  if (asked + 1 >= MOST_REMINDERS) return;
  const payload = JSON.stringify({ incidentId, asked: asked + 1 });
  await deps.timers.set({ ...timer, dueAt: deps.clock.now() + deps.settings.askCommanderAfterMs, payload });
}

/** Somebody leads: what still waits to be sent calls nobody any more. */
export async function settleCommander(incident: Incident, deps: IncidentDeps): Promise<void> {
  const drill = incident.drill ? incidentWords[deps.style.locale].drill : '';
  const text = drill + roleMessages[deps.style.locale].settled;
  const reminders = Array.from({ length: MOST_REMINDERS }, (_, index) => reminder(index + 1));
  for (const key of [ASK, ...reminders].map((what) => incidentKey(incident.id, what))) {
    // What stands has called already, and its button says who leads.
    if ((await deps.outbox.sentTs(key)) === undefined) await deps.outbox.edit(key, { text });
  }
}

/** The on-call, who is in the room; in a drill that pages nobody the declarer. */
function whoIsAsked(incident: Incident, deps: IncidentDeps): string {
  const drill = incident.drill && incident.pager.kind === 'none';
  const ids = drill ? [] : onCallIds(incident.team, 1, deps);
  return (ids.length > 0 ? ids : [incident.declaredBy]).map(mention).join(' ');
}

async function post(incident: Incident, what: string, text: string, deps: IncidentDeps): Promise<void> {
  const place = placeOf(incident);
  if (!place) return;
  const words = roleMessages[deps.style.locale];
  const said = (incident.drill ? incidentWords[deps.style.locale].drill : '') + text;
  const take = button({
    text: words.button,
    actionId: ACTION.takeCommand,
    value: String(incident.id),
    style: 'primary',
  });
  await deps.outbox.post({
    key: incidentKey(incident.id, what),
    ...place,
    priority: PRIORITY.mention,
    content: { text: said, blocks: [section(said), actions([take])] },
  });
  // Somebody may have taken command while this was written.
  const now = await deps.store.byId(incident.id);
  if (now?.roles.commander) await settleCommander(now, deps);
}
