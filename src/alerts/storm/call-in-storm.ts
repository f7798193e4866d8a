/** Calls people for the alerts of a storm in its one thread, once for all of them. */

import type { Alert } from '../../domain/alert.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Content } from '../../ports/chat.ts';
import type { AlertDeps } from '../deps.ts';
import { stormKey } from './storm-key.ts';

/**
 * `what` names the reason: said once a storm. 'apart' where the alert belongs to none, or its message does not stand, so
 * that the alert's own thread is the place.
 */
export async function callInStorm(
  alert: Alert,
  what: string,
  content: Content,
  deps: AlertDeps,
): Promise<'called' | 'apart'> {
  const { stormId } = alert;
  const threadTs = stormId && (await deps.outbox.sentTs(stormKey(stormId)));
  if (!threadTs) return 'apart';
  await deps.outbox.post({
    key: `storm:${stormId}:${what}`,
    channel: alert.channel,
    threadTs,
    priority: PRIORITY.mention,
    content,
  });
  return 'called';
}
