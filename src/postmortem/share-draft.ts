/** Puts a draft's file into its channel, once: run by a durable timer until it stands there. */

import { clip, escapeMrkdwn, plain } from '../blockkit/mrkdwn.ts';
import { localDay } from '../domain/local-day.ts';
import type { Postmortem } from '../domain/postmortem.ts';
import { ChatError, PRIORITY } from '../ports/chat.ts';
import { mayPass } from '../ports/rooms.ts';
import type { PostmortemDeps } from './deps.ts';
import { messages } from './messages.ts';

/** The channel does not take the file, and will not when asked again: it goes to whoever asked for it. */
const CLOSED_CHANNEL = new Set(['not_in_channel', 'channel_not_found', 'is_archived', 'restricted_action']);

export async function shareDraft(id: string, deps: PostmortemDeps): Promise<void> {
  const postmortem = await deps.store.byId(id);
  if (!postmortem || postmortem.shared) return;
  try {
    await share(postmortem, deps);
  } catch (error) {
    if (!(error instanceof ChatError) || mayPass(error) || error.code === 'unavailable') throw error;
    // Slack will not take it however often it is asked.
    await tellRefusal(postmortem, error, deps);
  }
}

async function share(postmortem: Postmortem, deps: PostmortemDeps): Promise<void> {
  const { store, documents, style } = deps;
  const { id } = postmortem;
  let { fileId } = postmortem;
  // Uploaded before: its share may have gone through while its answer was lost.
  if (fileId && (await stands(postmortem, fileId, deps))) return store.shared(id, undefined);
  if (!fileId) {
    const name = `postmortem-${localDay(postmortem.createdAt, style.timezone)}.md`;
    fileId = await documents.upload({ name, text: postmortem.markdown });
    await store.uploaded(id, fileId);
  }
  const comment = messages[style.locale].file(escapeMrkdwn(clip(plain(postmortem.title), 200)).replaceAll('*', '∗'));
  let url: string | undefined;
  try {
    url = await documents.share(fileId, plain(postmortem.title), { ...postmortem, comment });
  } catch (error) {
    return elsewhere(postmortem, error, deps);
  }
  await store.shared(id, url);
  await writeCanvas(postmortem, deps);
}

async function stands(postmortem: Postmortem, fileId: string, deps: PostmortemDeps): Promise<boolean> {
  try {
    return await deps.documents.stands(fileId, postmortem);
  } catch (error) {
    // A channel that cannot be read shows nothing; the worst is the same file shown twice.
    if (!(error instanceof ChatError) || mayPass(error)) throw error;
    return false;
  }
}

async function elsewhere(postmortem: Postmortem, error: unknown, deps: PostmortemDeps): Promise<void> {
  const { createdBy, id, channel } = postmortem;
  const closed = error instanceof ChatError && CLOSED_CHANNEL.has(error.code);
  if (!closed || !createdBy) throw error;
  const direct = await deps.chat.directChannel(createdBy);
  if (direct === channel) throw error;
  deps.log.info({ postmortem: id, channel, code: error.code }, 'draft was sent to a person; the channel took no file');
  await deps.store.move(id, direct);
  await shareDraft(id, deps);
}

async function tellRefusal(postmortem: Postmortem, error: ChatError, deps: PostmortemDeps): Promise<void> {
  const { id, channel, threadTs } = postmortem;
  deps.log.error({ err: error, postmortem: id, code: error.code }, 'Slack did not take the draft of a postmortem');
  const text = messages[deps.style.locale].notTaken(escapeMrkdwn(error.code));
  const place = { channel, ...(threadTs ? { threadTs } : {}) };
  await deps.outbox.post({ key: `postmortem:${id}:refused`, ...place, priority: PRIORITY.state, content: { text } });
}

/** Once at the most, and without a word: many workspaces have none. */
async function writeCanvas(postmortem: Postmortem, deps: PostmortemDeps): Promise<void> {
  if (!postmortem.incidentId) return;
  const { channel, title, markdown } = postmortem;
  try {
    await deps.documents.writeCanvas({ channel, title: plain(title), markdown });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.info({ postmortem: postmortem.id, code: error.code }, 'draft was not put into a canvas');
  }
}
