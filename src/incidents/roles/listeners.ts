/** Joins Slack to the roles: taking command, and giving a role to somebody. */

import type { View } from '@slack/types';
import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { modal, selectInput, userInput } from '../../blockkit/inputs.ts';
import { isOpen, placeOf, ROLES } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { ChatListeners } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { pressedIncident, whisper } from '../here.ts';
import { statusMessages } from '../status/messages.ts';
import { mention } from '../status/views.ts';
import { giveRole } from './give-role.ts';
import type { Given } from './give-role.ts';
import { roleMessages } from './messages.ts';

export function registerRoles(listeners: ChatListeners, deps: IncidentDeps): void {
  const { style } = deps;
  const words = roleMessages[style.locale];
  const { over, noIncident } = statusMessages[style.locale];
  /** Undefined where the room shows it. */
  const said = (given: Given): string | undefined => {
    if (given.kind === 'held') return words.already(mention(given.by));
    return { given: undefined, same: words.same, over }[given.kind];
  };

  listeners.onPress(ACTION.takeCommand, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident) return whisper(press, noIncident, deps);
    const { userId } = press;
    const given = await giveRole(incident, { role: 'commander', to: userId, by: userId, onlyIfFree: true }, deps);
    const text = said(given);
    if (text) await whisper(press, text, deps);
  });

  listeners.onPress(ACTION.giveRole, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident || !isOpen(incident)) return whisper(press, incident ? over : noIncident, deps);
    await deps.chat.openModal(press.triggerId, roleModal(incident, style));
  });

  listeners.onSubmit(CALLBACK.giveRole, async ({ privateMetadata, values, userId }) => {
    const { incidentId } = JSON.parse(privateMetadata) as { incidentId: number };
    const incident = await deps.store.byId(incidentId);
    const role = ROLES.find((one) => one === values['role']);
    const to = values['who'];
    if (!incident || !role || !to) return;
    const text = said(await giveRole(incident, { role, to, by: userId }, deps));
    const place = placeOf(incident);
    if (text && place) await whisper({ userId, ...place }, text, deps);
  });
}

function roleModal(incident: Incident, style: TimeStyle): View {
  const words = roleMessages[style.locale];
  return modal({
    callbackId: CALLBACK.giveRole,
    title: words.modal.title,
    submit: words.modal.submit,
    close: words.modal.close,
    metadata: { incidentId: incident.id },
    blocks: [
      selectInput({
        id: 'role',
        label: words.modal.role,
        choices: ROLES.map((value) => ({ value, text: words.names[value] })),
        initial: 'commander',
      }),
      userInput({ id: 'who', label: words.modal.who }),
    ],
  });
}
