/** Gives a role to a person: the room sees it, the guide goes to that person alone (I-08). */

import { isOpen, placeOf } from '../../domain/incident.ts';
import type { Incident, Role } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Draft } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { whisper } from '../here.ts';
import { record } from '../record.ts';
import { incidentKey } from '../room/keys.ts';
import { mention } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { settleCommander } from './ask-commander.ts';
import { roleMessages } from './messages.ts';

export type Given =
  | { readonly kind: 'given'; readonly incident: Incident }
  /** Somebody holds it, and `onlyIfFree` was asked for. */
  | { readonly kind: 'held'; readonly by: string }
  | { readonly kind: 'same' }
  | { readonly kind: 'over' };

export async function giveRole(
  incident: Incident,
  order: { readonly role: Role; readonly to: string; readonly by: string; readonly onlyIfFree?: boolean },
  deps: IncidentDeps,
): Promise<Given> {
  const { role, to, by } = order;
  if (!isOpen(incident)) return { kind: 'over' };
  const from = incident.roles[role];
  const at = deps.clock.now();
  const change = { kind: 'role_given', role, to, ...(from ? { from } : {}) } as const;
  const appended = await record(incident, change, deps, {
    by,
    at,
    guard: ({ roles }) => roles[role] === from && from !== to && !(order.onlyIfFree && from),
    drafts: draftOf(incident, role, from, to, at, deps),
  });
  if (appended.kind === 'unchanged') {
    const holder = appended.incident.roles[role];
    return holder && holder !== to ? { kind: 'held', by: holder } : { kind: 'same' };
  }
  if (role === 'commander') {
    await settleCommander(appended.incident, deps);
    await deps.timers.cancel(incidentKey(incident.id, 'commander'));
  }
  await showGuide(appended.incident, role, to, deps);
  return { kind: 'given', incident: appended.incident };
}

/** A hand-over names both: the one who leads now has to know, and so does the one who led. */
function draftOf(
  incident: Incident,
  role: Role,
  from: string | undefined,
  to: string,
  at: number,
  deps: IncidentDeps,
): readonly Draft[] {
  const place = placeOf(incident);
  if (!place) return [];
  const words = roleMessages[deps.style.locale];
  const shared = incidentWords[deps.style.locale];
  const drill = incident.drill ? shared.drill : '';
  const name = shared.role[role];
  const text = from ? words.handedOver(name, mention(from), mention(to)) : words.taken(mention(to), name);
  const key = incidentKey(incident.id, `role:${role}:${to}:${at}`);
  return [{ key, ...place, priority: PRIORITY.state, content: { text: drill + text } }];
}

async function showGuide(incident: Incident, role: Role, to: string, deps: IncidentDeps): Promise<void> {
  const place = placeOf(incident);
  if (!place) return;
  if (place.threadTs === undefined) await deps.rooms.invite(place.channel, [to]).catch(() => undefined);
  await whisper({ userId: to, ...place }, roleMessages[deps.style.locale].guide[role], deps);
}
