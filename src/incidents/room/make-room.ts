/** Makes the channel of an incident once, or says where people talk instead (I-04, I-05, I-16). */

import { roomName } from '../../domain/incident.ts';
import type { Incident, Room } from '../../domain/incident.ts';
import { localDay } from '../../domain/local-day.ts';
import type { IncidentDeps } from '../deps.ts';
import { record } from '../record.ts';
import type { Notebook } from './notebook.ts';
import { fallBack } from './fall-back.ts';

/** More taken names in a row than this are no accident. */
const MOST_NAMES = 50;

/** Returns the incident with its room; throws ChatError where Slack does not answer. */
export async function makeRoom(incident: Incident, notebook: Notebook, deps: IncidentDeps): Promise<Incident> {
  let current = incident;
  const { refusedCode } = notebook.seen();
  if (refusedCode !== undefined) return fallBack(current, refusedCode, deps);
  for (let attempt = 0; attempt < MOST_NAMES; attempt++) {
    const name = roomName(deps.settings.prefix, localDay(current.declaredAt, deps.style.timezone), current.number);
    const { askedName, askedAt } = notebook.seen();
    const askedBefore = askedName === name ? askedAt : undefined;
    if (askedBefore !== undefined) {
      // Asked for before, and the answer is not known: a process died, or a connection broke.
      const channel = await deps.rooms.madeByUs(name, askedBefore);
      if (channel) return settle(current, { kind: 'channel', channel, name }, deps);
    } else {
      await notebook.keep({ askedName: name, askedAt: deps.clock.now() });
    }
    const made = await deps.rooms.create(name, { isPrivate: current.private });
    if (made.kind === 'made') return settle(current, { kind: 'channel', channel: made.channel, name }, deps);
    if (made.kind === 'refused') {
      deps.log.warn({ incident: current.id, code: made.code }, 'Slack refused to make a war room');
      await notebook.keep({ refusedCode: made.code });
      return fallBack(current, made.code, deps);
    }
    // An answer that was lost may have come true between the look and the second call.
    const late = askedBefore === undefined ? undefined : await deps.rooms.madeByUs(name, askedBefore);
    if (late) return settle(current, { kind: 'channel', channel: late, name }, deps);
    const number = Math.max(current.number, (await deps.store.nextNumber()) - 1) + 1;
    current = (await record(current, { kind: 'renumbered', number }, deps)).incident;
  }
  await notebook.keep({ refusedCode: 'name_taken' });
  return fallBack(current, 'name_taken', deps);
}

async function settle(incident: Incident, room: Room, deps: IncidentDeps): Promise<Incident> {
  deps.log.info({ incident: incident.id, number: incident.number }, 'war room was opened');
  return (await record(incident, { kind: 'room_changed', room }, deps)).incident;
}
