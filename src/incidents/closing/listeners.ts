/** Joins Slack to the all clear: the button, its form, and who takes the postmortem. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { isOpen } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import type { ChatListeners, Content } from '../../ports/chat.ts';
import { pressedIncident, whisper } from '../here.ts';
import { mayClear } from '../status/change.ts';
import { incidentAt } from '../timeline/find-incident.ts';
import type { ClosingDeps } from './deps.ts';
import { giveAllClear } from './give-all-clear.ts';
import { messages } from './messages.ts';
import { ownerKey, writeDraft } from './tell-all-clear.ts';
import { allClearModal, askOwnerContent } from './views.ts';

export function registerClosing(listeners: ChatListeners, deps: ClosingDeps): void {
  const { style } = deps;
  const words = messages[style.locale];
  const refusal = ({ roles, declaredBy }: Incident) =>
    words.refused([...new Set([roles.commander ?? declaredBy, declaredBy])].map((id) => `<@${id}>`).join(' '));

  listeners.onPress(ACTION.openAllClear, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident || !isOpen(incident)) return whisper(press, words.over, deps);
    if (!mayClear(incident, press.userId)) return whisper(press, refusal(incident), deps);
    await deps.chat.openModal(press.triggerId, allClearModal(incident, press.channel, style));
  });

  listeners.onSubmit(CALLBACK.clearIncident, async ({ privateMetadata, values, userId }) => {
    const { incidentId, channel } = JSON.parse(privateMetadata) as { incidentId: number; channel: string };
    const incident = await deps.store.byId(incidentId);
    if (!incident) return;
    const resolvePager = values['pager'] === 'resolve';
    const done = await giveAllClear(incident, { by: userId, resolvePager }, deps);
    const to = { userId, channel };
    if (done.kind === 'refused') return whisper(to, refusal(incident), deps);
    if (done.kind === 'over') return whisper(to, words.over, deps);
    if (done.pager === 'no_account') await whisper(to, words.noAccount, deps);
    if (done.pager === 'failed') await whisper(to, words.pagerFailed, deps);
  });

  listeners.onPress(ACTION.takePostmortem, async (press) => {
    const incident = await pressedIncident(press, deps);
    const postmortem = incident && (await deps.postmortems.byIncident(String(incident.id)));
    if (!incident || !postmortem) return whisper(press, words.noDraft, deps);
    const taken = await deps.postmortems.own(postmortem.id, press.userId);
    if (!taken) return whisper(press, words.ownerKnown(`<@${postmortem.owner ?? press.userId}>`), deps);
    await deps.outbox.edit(ownerKey(incident), askOwnerContent(incident, press.userId, style));
  });
}

/** The draft of the incident of that room, written anew. */
export async function draftOfRoom(channel: string, deps: ClosingDeps): Promise<Content | undefined> {
  const incident = await incidentAt({ channel }, deps);
  if (!incident) return undefined;
  await writeDraft(incident, deps);
  return { text: messages[deps.style.locale].drafting };
}
