/** Joins Slack to who does what: the button, /oncall doing, done and who. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { modal, textInput, userInput } from '../../blockkit/inputs.ts';
import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import { isOpen } from '../../domain/incident.ts';
import type { Task } from '../../domain/incident.ts';
import type { ChatListeners } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import { pressedIncident, whisper } from '../here.ts';
import { statusMessages } from '../status/messages.ts';
import { mention, taskLines } from '../status/views.ts';
import { endTask, startTask } from './change-tasks.ts';
import { taskMessages } from './messages.ts';

const LONGEST_TASK = 150;

export function registerTasks(listeners: ChatListeners, deps: IncidentDeps): void {
  const { style } = deps;
  const words = taskMessages[style.locale];
  const { over, noIncident } = statusMessages[style.locale];
  const safe = (text: string) => escapeMrkdwn(text).replaceAll('*', '∗');
  const listed = (tasks: readonly Task[]) =>
    tasks.map(({ id, who, text }) => words.numbered(id, mention(who), safe(text))).join('\n');

  listeners.onPress(ACTION.startTask, async (press) => {
    const incident = await pressedIncident(press, deps);
    if (!incident || !isOpen(incident)) return whisper(press, incident ? over : noIncident, deps);
    const { title, submit, close, what, hint, who } = words.modal;
    const view = modal({
      callbackId: CALLBACK.startTask,
      title,
      submit,
      close,
      metadata: { incidentId: incident.id },
      blocks: [
        textInput({ id: 'task', label: what, placeholder: hint, maxLength: LONGEST_TASK }),
        userInput({ id: 'who', label: who, initial: press.userId }),
      ],
    });
    await deps.chat.openModal(press.triggerId, view);
  });

  listeners.onSubmit(CALLBACK.startTask, async ({ privateMetadata, values, userId }) => {
    const { incidentId } = JSON.parse(privateMetadata) as { incidentId: number };
    const incident = await deps.store.byId(incidentId);
    const text = (values['task'] ?? '').trim();
    if (incident && text !== '') await startTask(incident, { who: values['who'] ?? userId, text, by: userId }, deps);
  });

  listeners.onCommand(
    ['doing', '作業'],
    async ({ channel, rest, userId }) => {
      const incident = await deps.store.byChannel(channel);
      if (!incident || !isOpen(incident)) return { text: incident ? over : noIncident };
      const text = clip(rest.trim(), LONGEST_TASK);
      if (text === '') return { text: words.empty };
      await startTask(incident, { who: userId, text, by: userId }, deps);
      return { text: words.started(safe(text)) };
    },
    { ja: taskMessages.ja.help.doing, en: taskMessages.en.help.doing },
  );

  listeners.onCommand(
    ['done', '作業完了'],
    async ({ channel, rest, userId }) => {
      const incident = await deps.store.byChannel(channel);
      if (!incident) return { text: noIncident };
      const number = /^#?(\d+)$/.exec(rest.trim())?.[1];
      const ended = await endTask(incident, { by: userId, ...(number ? { task: Number(number) } : {}) }, deps);
      if (ended.kind === 'none') return { text: words.none };
      if (ended.kind === 'which') return { text: words.which(listed(ended.tasks)) };
      return { text: words.done(safe(ended.task.text)) };
    },
    { ja: taskMessages.ja.help.done, en: taskMessages.en.help.done },
  );

  listeners.onCommand(
    ['who', '誰'],
    async ({ channel }) => {
      const incident = await deps.store.byChannel(channel);
      if (!incident) return { text: noIncident };
      const running = incident.tasks.some(({ doneAt }) => doneAt === undefined);
      return { text: running ? taskLines(incident, style, mention).join('\n') : words.none };
    },
    { ja: taskMessages.ja.help.who, en: taskMessages.en.help.who },
  );
}
