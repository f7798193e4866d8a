/** Who belongs into a war room, and getting them there. */

import type { Incident } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { IncidentDeps } from '../deps.ts';
import { onCallIds } from '../deps.ts';
import type { Notebook } from './notebook.ts';
import { incidentKey } from './keys.ts';
import { roomMessages } from './messages.ts';

/** The declarer, whoever has a role or a task, the on-call, and level 2 where it is serious; a drill calls nobody in. */
export function wanted(incident: Incident, deps: IncidentDeps): readonly string[] {
  const serious = incident.severity === 'SEV1' || incident.severity === 'SEV2';
  const called =
    incident.drill && incident.pager.kind === 'none' ? [] : onCallIds(incident.team, serious ? 2 : 1, deps);
  const working = incident.tasks.flatMap(({ who, doneAt }) => (doneAt === undefined ? [who] : []));
  return [...new Set([incident.declaredBy, ...Object.values(incident.roles), ...called, ...working])];
}

/** Invites those who are not known to be in yet; says in the room who could not be. */
export async function inviteMissing(
  incident: Incident,
  channel: string,
  notebook: Notebook,
  deps: IncidentDeps,
): Promise<void> {
  const { invited, uninvited } = notebook.seen();
  const missing = wanted(incident, deps).filter((id) => !invited.includes(id) && !(id in uninvited));
  if (missing.length === 0) return;
  const { failed } = await deps.rooms.invite(channel, missing);
  const known = notebook.seen();
  await notebook.keep({
    invited: [...known.invited, ...missing.filter((id) => !(id in failed))],
    uninvited: { ...known.uninvited, ...failed },
  });
  const words = roomMessages[deps.style.locale];
  for (const [id, code] of Object.entries(failed)) {
    deps.log.warn({ incident: incident.id, code }, 'somebody could not be invited to a war room');
    await deps.outbox.post({
      key: incidentKey(incident.id, `uninvited:${id}`),
      channel,
      priority: PRIORITY.state,
      content: { text: words.uninvited(`<@${id}>`, words.inviteFault[code] ?? escapeMrkdwn(code)) },
    });
  }
}
