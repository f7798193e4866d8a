/** Ends an alert: its message says so, and its thread is closed without a mention. */

import type { Alert } from '../domain/alert.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { AlertDeps } from './deps.ts';
import { threadOf } from './deps.ts';
import { showAlert } from './show-alert.ts';
import { resolvedContent } from './views.ts';

/** `at` is when it ended, epoch ms. An alert that has ended already is left as it is. */
export async function resolveAlert(
  alert: Alert,
  at: number,
  deps: AlertDeps,
  options: { missed: boolean } = { missed: false },
): Promise<'resolved' | 'already'> {
  const after = await deps.store.resolved(alert.id, Math.max(at, alert.firedAt));
  if (!after) return 'already';
  await showAlert(after, deps);
  const threadTs = await threadOf(after, deps);
  if (threadTs) {
    await deps.outbox.post({
      key: `resolved:${alert.id}:${after.resolvedAt ?? at}`,
      channel: after.channel,
      threadTs,
      priority: PRIORITY.state,
      content: resolvedContent(after, after.resolvedAt ?? at, options.missed, deps.style),
    });
  }
  return 'resolved';
}
