/** What the app answers to a command or a click, in its acknowledgement or at the response URL: new, replaced or deleted messages. */
import { ownMessage, publish, remove, revise, whisper } from './acts.ts';
import type { Backend } from './backend.ts';
import { messageContent } from './message-content.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import type { ResponseTarget } from './triggers.ts';
import { flagOf, optionalText } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const KNOWN = new Set([
  'text',
  'blocks',
  'attachments',
  'response_type',
  'replace_original',
  'delete_original',
  'thread_ts',
  'unfurl_links',
  'unfurl_media',
  'mrkdwn',
  'parse',
  'link_names',
  'metadata',
  'markdown_text',
]);
const LONGEST = 40_000;

/** Uses one of the five uses of a response URL. */
export function answerResponseUrl(backend: Backend, key: string, body: Fields): void {
  applyResponse(backend, backend.triggers.useResponse(key), body);
}

export function applyResponse(backend: Backend, target: ResponseTarget, body: Fields): void {
  const unknown = Object.keys(body).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    throw refusalWithMessages(
      'invalid_arguments',
      unknown.map((name) => `unknown argument: ${name}`),
    );
  const original = target.messageTs === undefined ? undefined : { channel: target.channel, ts: target.messageTs };
  if (original && flagOf(body['delete_original'])) return deleteOriginal(backend, original, target.ephemeral);
  const { text, blocks, attachments } = messageContent(body, backend.mint, LONGEST);
  const content = { text, ...(blocks ? { blocks } : {}), ...(attachments ? { attachments } : {}) };
  if (original && flagOf(body['replace_original']))
    return replaceOriginal(backend, original, target.ephemeral, content);
  const threadTs = optionalText(body['thread_ts']) ?? target.threadTs;
  if (body['response_type'] === 'in_channel') {
    publish(backend, ownMessage(backend, target.channel, { ...content, ...(threadTs ? { thread_ts: threadTs } : {}) }));
    return;
  }
  whisper(backend, {
    channel: target.channel,
    user: target.user,
    text,
    blocks: blocks ?? [],
    attachments: attachments ?? [],
    ...(threadTs ? { threadTs } : {}),
  });
}

interface Original {
  readonly channel: string;
  readonly ts: string;
}

function deleteOriginal(backend: Backend, original: Original, ephemeral: boolean): void {
  if (ephemeral) {
    backend.ephemerals = backend.ephemerals.filter((shown) => shown.ts !== original.ts);
    backend.feed.emit({ kind: 'deleted', channel: original.channel, ts: original.ts });
    return;
  }
  const message = backend.log.find(original.channel, original.ts);
  if (!message) throw new Refusal('message_not_found');
  remove(backend, message);
}

function replaceOriginal(
  backend: Backend,
  original: Original,
  ephemeral: boolean,
  content: Fields & { readonly text: string },
): void {
  if (ephemeral) {
    const before = backend.ephemerals.find((shown) => shown.ts === original.ts);
    if (!before) throw new Refusal('message_not_found');
    const next = { ...before, blocks: [], attachments: [], ...content };
    backend.ephemerals = backend.ephemerals.map((shown) => (shown === before ? next : shown));
    backend.feed.emit({ kind: 'ephemeral', channel: next.channel, user: next.user, message: next });
    return;
  }
  const message = backend.log.find(original.channel, original.ts);
  if (!message) throw new Refusal('message_not_found');
  const { blocks: _blocks, attachments: _attachments, ...kept } = message;
  revise(backend, { ...kept, ...content });
}
