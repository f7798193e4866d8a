/** Shows in an alert's thread what somebody wrote on its PagerDuty incident, once. */

import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { PagerNote } from '../../domain/pager-incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { threadOf } from '../deps.ts';
import type { AlertDeps } from '../deps.ts';
import { messages } from '../messages.ts';
import { MIRROR_WORDS } from './messages.ts';

/** A note that Toban itself made is said in the thread already. */
function isOwn(note: PagerNote): boolean {
  return Object.values(messages).some(({ escalateModal }) => note.text.startsWith(escalateModal.noteNoReason));
}

export async function tellNote(note: PagerNote, deps: AlertDeps): Promise<void> {
  if (isOwn(note)) return;
  const words = MIRROR_WORDS[deps.style.locale];
  const by = note.by ? escapeMrkdwn(note.by.name) : words.somebody;
  for (const alert of await deps.store.byIncident(note.incidentId)) {
    // What was written before the alert came is no news.
    const threadTs = note.at < alert.firedAt - OLD_MS ? undefined : await threadOf(alert, deps);
    if (!threadTs) continue;
    await deps.outbox.post({
      key: `note:${alert.id}:${note.id}`,
      channel: alert.channel,
      threadTs,
      priority: PRIORITY.state,
      content: { text: words.note(by, escapeMrkdwn(clip(note.text.replaceAll('*', '∗'), 2_000))) },
    });
  }
}

const OLD_MS = 5 * 60_000;
