/** Ends an alert: its message says so, and its thread is closed without a mention. */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Draft } from '../ports/chat.ts';
import type { AlertDeps } from './deps.ts';
import { threadOf } from './deps.ts';
import { withQuestion } from './hygiene/views.ts';
import { showAlert } from './show-alert.ts';
import { resolvedContent } from './views.ts';

/** `at` is when it ended, epoch ms. An alert that has ended already is left as it is. */
export async function resolveAlert(
  alert: Alert,
  at: number,
  deps: AlertDeps,
  options: { readonly missed?: boolean; readonly incident?: PagerIncident } = {},
): Promise<'resolved' | 'already'> {
  const end = Math.max(at, alert.firedAt);
  const threadTs = await threadOf(alert, deps);
  const told = resolvedContent(alert, end, options.missed ?? false, deps.style);
  // The end of one of a storm's alerts shows in the storm's list.
  const draft: Draft | undefined =
    threadTs && !alert.stormId
      ? {
          key: `resolved:${alert.id}:${end}`,
          channel: alert.channel,
          threadTs,
          priority: PRIORITY.state,
          content: options.missed || alert.mention.hush === 'quiet' ? told : withQuestion(told, alert.id, deps.style),
        }
      : undefined;
  const changed = await deps.store.resolved(alert.id, end, draft ? [draft] : []);
  if (!changed) return 'already';
  deps.outbox.takeUp(changed.rows);
  await showAlert(changed.alert, deps, options.incident);
  return 'resolved';
}
