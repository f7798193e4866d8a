/** Joins Slack to the verbs of alerts: messages in watched channels, and the buttons under a mention. */

import { ACTION, CALLBACK } from '../blockkit/action-ids.ts';
import type { ChatListeners, Press } from '../ports/chat.ts';
import { acknowledgeAlert, escalateAlert, nextLevel, resolveFromSlack } from './act.ts';
import type { Acted } from './act.ts';
import type { AlertDeps } from './deps.ts';
import { messages } from './messages.ts';
import { receivePost } from './receive-post.ts';
import { noteReply } from './reminders/note-reply.ts';
import { escalationModal } from './views.ts';

export function registerAlerts(listeners: ChatListeners, deps: AlertDeps): void {
  const running = new Set<string>();
  const words = messages[deps.style.locale];

  /** A second press while the first runs does nothing but say so (E-06). */
  const once = async (what: string, press: Press, act: () => Promise<Acted>): Promise<void> => {
    const key = `${what}:${press.value}`;
    const acted: Acted = running.has(key)
      ? { kind: 'said', text: words.already.running }
      : await (async () => {
          running.add(key);
          try {
            return await act();
          } finally {
            running.delete(key);
          }
        })();
    if (acted.kind === 'said') await deps.chat.whisper(press, { text: acted.text });
  };

  listeners.onPost(async (post) => {
    await deps.inTurn(async () => {
      await receivePost(post, deps);
      await noteReply(post, deps);
    });
  });

  listeners.onPress(ACTION.acknowledgeAlert, (press) =>
    once('acknowledge', press, () => acknowledgeAlert(press.value, press.userId, deps)),
  );

  listeners.onPress(ACTION.resolveAlert, (press) =>
    once('resolve', press, () => resolveFromSlack(press.value, press.userId, deps)),
  );

  listeners.onPress(ACTION.escalateAlert, async (press) => {
    const viewId = await deps.chat.openModal(press.triggerId, escalationModal({ kind: 'loading' }, deps.style));
    const next = await nextLevel(press.value, press.userId, deps);
    const form = next.kind === 'ready' ? { ...next, alertId: next.alert.id } : next;
    await deps.chat.updateModal(viewId, escalationModal(form, deps.style));
  });

  listeners.onSubmit(CALLBACK.escalateAlert, async (submission) => {
    const order = JSON.parse(submission.privateMetadata) as { alertId: string; level: number };
    const alert = await deps.store.byId(order.alertId);
    const reason = submission.values['reason']?.trim();
    const { userId } = submission;
    const channel = alert?.channel;
    const threadTs = alert?.ts;
    const press = { userId, channel: channel ?? userId, ...(threadTs ? { threadTs } : {}) };
    await once('escalate', { ...press, value: order.alertId, triggerId: '' }, () =>
      escalateAlert({ ...order, userId, ...(reason ? { reason } : {}) }, deps),
    );
  });
}
