/** Joins Slack to state and severity: the button, its modal, /oncall status and /oncall severity, paging afterwards. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { IMPACTS, isOpen, MITIGATIONS, SEVERITIES, STATES } from '../../domain/incident.ts';
import type { ChatListeners } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { pressedIncident, whisper } from '../here.ts';
import { record } from '../record.ts';
import { incidentWords, readSeverity, readState } from '../words.ts';
import { changeImpact, changeSeverity, changeState } from './change.ts';
import type { Changed } from './change.ts';
import { statusMessages } from './messages.ts';
import { updateModal } from './update-modal.ts';
import type { UpdateFacts } from './update-modal.ts';
import { stateText } from './views.ts';

export function registerStatus(listeners: ChatListeners, deps: IncidentDeps): void {
  const { style } = deps;
  const words = statusMessages[style.locale];
  const shared = incidentWords[style.locale];
  const answer = (changed: Changed, text: string) =>
    ({ changed: text, same: words.same, refused: words.clearByButton })[changed.kind];

  listeners.onPress(ACTION.updateIncident, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident || !isOpen(incident)) return whisper(press, incident ? words.over : words.noIncident, deps);
    await deps.chat.openModal(press.triggerId, updateModal(incident, style));
  });

  listeners.onSubmit(CALLBACK.updateIncident, async ({ privateMetadata, values, userId }) => {
    const { incidentId, before } = JSON.parse(privateMetadata) as UpdateFacts;
    const incident = await deps.store.byId(incidentId);
    if (!incident || !isOpen(incident)) return;
    // Somebody may have changed the rest while the form was open.
    const changed = (...fields: readonly (keyof typeof before)[]) =>
      fields.some((field) => (values[field] ?? '').trim() !== before[field]);
    const state = STATES.find((one) => one === values['state']);
    const chosen = MITIGATIONS.find((one) => one === values['mitigation']);
    const severity = SEVERITIES.find((one) => one === values['severity']);
    const impact = IMPACTS.find((one) => one === values['impact']);
    const mitigation = state === 'mitigating' && chosen ? { mitigation: chosen } : {};
    if (state && changed('state', 'mitigation')) await changeState(incident, { state, ...mitigation }, userId, deps);
    if (severity && changed('severity')) await changeSeverity(incident, severity, userId, deps);
    if (impact && changed('impact', 'impact_text')) {
      await changeImpact(incident, { impact, text: (values['impact_text'] ?? '').trim() }, userId, deps);
    }
  });

  listeners.onCommand(
    ['status', '状態'],
    async ({ channel, rest, userId }) => {
      const incident = await deps.store.byChannel(channel);
      if (!incident) return { text: words.noIncident };
      const state = readState(rest);
      if (!state) return { text: words.unknownState(STATES.map((one) => shared.state[one]).join(shared.and)) };
      const changed = await changeState(incident, state, userId, deps);
      return { text: answer(changed, words.stateChanged(`<@${userId}>`, stateText(changed.incident, style))) };
    },
    { ja: statusMessages.ja.help.status, en: statusMessages.en.help.status },
  );

  listeners.onCommand(
    ['severity', '重大度'],
    async ({ channel, rest, userId }) => {
      const incident = await deps.store.byChannel(channel);
      if (!incident) return { text: words.noIncident };
      const severity = readSeverity(rest);
      if (!severity) return { text: words.unknownSeverity };
      const changed = await changeSeverity(incident, severity, userId, deps);
      return { text: answer(changed, `${severity}: ${shared.severity[severity]}`) };
    },
    { ja: statusMessages.ja.help.severity, en: statusMessages.en.help.severity },
  );

  /** Whoever has an account may do what the declarer could not (E-08); pressed twice, it is asked for once. */
  listeners.onPress(ACTION.pageIncident, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident || !isOpen(incident)) return whisper(press, incident ? words.over : words.noIncident, deps);
    const by = press.userId;
    const appended = await record(incident, { kind: 'pager_linked', pager: { kind: 'wanted', by } }, deps, {
      by,
      guard: ({ pager }) => pager.kind === 'refused',
    });
    if (appended.kind === 'unchanged') return whisper(press, words.same, deps);
    deps.advance(incident.id);
  });
}
