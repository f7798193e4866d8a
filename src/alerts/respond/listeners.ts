/** Joins the buttons and modals of an alert's message to what they do. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import type { ChatListeners, Press, Submission } from '../../ports/chat.ts';
import { acknowledgeAlert, resolveFromSlack } from '../act.ts';
import { threadOf } from '../deps.ts';
import type { AlertDeps } from '../deps.ts';
import { acknowledgeStorm } from '../storm/acknowledge-storm.ts';
import { askForHelp } from './ask-help.ts';
import { escalateAlert, escalationForm } from './escalate.ts';
import { respondMessages } from './messages.ts';
import { createOnce } from './once.ts';
import type { Presser } from './once.ts';
import { escalationModal, noteModal, reassignModal, snoozeModal } from './views.ts';
import { askWhichIncident, rejoinAlert } from './rejoin.ts';
import { noteOnAlert, reassignAlert, snoozeAlert, takeAlert } from './work.ts';

export function registerResponse(listeners: ChatListeners, deps: AlertDeps): void {
  const once = createOnce(deps);
  const { style } = deps;

  listeners.onPress(ACTION.acknowledgeAlert, (press) =>
    once('acknowledge', press.value, press, () => acknowledgeAlert(press.value, press.userId, deps)),
  );
  listeners.onPress(ACTION.acknowledgeStorm, (press) =>
    once('acknowledge storm', press.value, press, () => acknowledgeStorm(press.value, press.userId, deps)),
  );
  listeners.onPress(ACTION.resolveAlert, (press) =>
    once('resolve', press.value, press, () => resolveFromSlack(press.value, press.userId, deps)),
  );
  listeners.onPress(ACTION.askForHelp, (press) =>
    once('help', press.value, press, () => askForHelp(press.value, press.userId, deps)),
  );
  listeners.onPress(ACTION.escalateAlert, async (press) => {
    const viewId = await deps.chat.openModal(press.triggerId, escalationModal({ kind: 'loading' }, style));
    const form = await escalationForm(press.value, press.userId, deps);
    await deps.chat.updateModal(viewId, escalationModal(form, style));
  });
  listeners.onPress(ACTION.workOnAlert, async (press) => {
    const [verb, alertId] = splitOnce(press.value);
    if (verb === 'take') await once('take', alertId, press, () => takeAlert(alertId, press.userId, deps));
    else if (verb === 'rejoin') await askWhichIncident(alertId, press, deps);
    else await openForm(verb, alertId, press, deps);
  });

  listeners.onSubmit(
    CALLBACK.escalateAlert,
    async (submission) => {
      const { alertId, level } = JSON.parse(submission.privateMetadata) as { alertId: string; level?: number };
      const { values, userId } = submission;
      const reason = values['reason']?.trim();
      const wanted = values['level'] ? Number(values['level']) : level;
      await once('escalate', alertId, await presserOf(alertId, userId, deps), () =>
        escalateAlert(
          {
            alertId,
            userId,
            ...(wanted === undefined ? {} : { level: wanted }),
            ...(values['person'] ? { person: values['person'] } : {}),
            ...(reason ? { reason } : {}),
          },
          deps,
        ),
      );
    },
    ({ privateMetadata, values }) =>
      values['person'] || /"level":\d/.test(privateMetadata)
        ? undefined
        : { person: respondMessages[style.locale].modal.chooseSomebody },
  );
  const onForm = (callbackId: string, what: string, act: (form: Form) => ReturnType<typeof takeAlert>): void =>
    listeners.onSubmit(callbackId, async (submission) => {
      const { alertId } = JSON.parse(submission.privateMetadata) as { alertId: string };
      const who = await presserOf(alertId, submission.userId, deps);
      await once(what, alertId, who, () => act({ ...submission, alertId }));
    });
  onForm(CALLBACK.reassignAlert, 'reassign', ({ alertId, userId, values }) =>
    reassignAlert(alertId, userId, values['person'] ?? '', deps),
  );
  onForm(CALLBACK.rejoinAlert, 'rejoin', ({ alertId, userId, values }) =>
    rejoinAlert(alertId, userId, values['incident'] ?? '', deps),
  );
  onForm(CALLBACK.snoozeAlert, 'snooze', ({ alertId, userId, values }) =>
    snoozeAlert(alertId, userId, Number(values['seconds']), deps),
  );
  onForm(CALLBACK.noteAlert, 'note', ({ alertId, userId, values }) =>
    noteOnAlert(alertId, userId, values['note'] ?? '', deps),
  );
}

type Form = Submission & { readonly alertId: string };

async function openForm(verb: string, alertId: string, press: Press, deps: AlertDeps): Promise<void> {
  const view = { reassign: reassignModal, snooze: snoozeModal, note: noteModal }[verb];
  if (view) await deps.chat.openModal(press.triggerId, view(alertId, deps.style));
}

/** Whoever submitted a modal is answered in the alert's thread. */
async function presserOf(alertId: string, userId: string, deps: AlertDeps): Promise<Presser> {
  const alert = await deps.store.byId(alertId);
  const threadTs = alert && (await threadOf(alert, deps));
  return { userId, channel: alert?.channel ?? userId, ...(threadTs ? { threadTs } : {}) };
}

/** An alert's id may hold colons itself. */
function splitOnce(value: string): readonly [string, string] {
  const at = value.indexOf(':');
  return [value.slice(0, at), value.slice(at + 1)];
}
