/** What Slack accepts as the content of a message: text, blocks, attachments and metadata. */
import { attachmentsOnWire } from './acts.ts';
import { checkBlocks } from './block-kit.ts';
import type { Mint } from './identity.ts';
import { Refusal, refusalWithMessages } from './refusal.ts';
import { withIds } from './views.ts';
import { flagOf, isFields, itemsOf, optionalText, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

const MOST_MARKDOWN = 12_000;
const MOST_ATTACHMENTS = 100;
const MOST_METADATA = 8000;

export interface Content {
  readonly text: string;
  readonly blocks?: readonly Fields[];
  readonly attachments?: readonly Fields[];
}

/**
 * Checks and returns what was given. Stricter than Slack in one point: every message needs a text, also one with blocks,
 * because notifications and screen readers show nothing else.
 */
export function messageContent(args: Fields, mint: Mint, longestText: number): Content {
  const markdown = optionalText(args['markdown_text']);
  if (markdown !== undefined && (args['text'] || args['blocks'])) throw new Refusal('markdown_text_conflict');
  if (markdown !== undefined && markdown.length > MOST_MARKDOWN) throw new Refusal('msg_too_long');
  const given = markdown ?? textOf(args['text']);
  if (given.length > longestText) throw new Refusal('msg_too_long');
  const blocks = markdown === undefined ? args['blocks'] : [{ type: 'markdown', text: markdown }];
  if (blocks !== undefined && !Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  if (blocks !== undefined) checkBlocks(blocks, 'message');
  const attachments = args['attachments'];
  if (attachments !== undefined) checkAttachments(attachments);
  if (given === '')
    throw refusalWithMessages('no_text', [
      'a message needs a text, also beside blocks or attachments [json-pointer:/text]',
    ]);
  const linked = flagOf(args['link_names']) || args['parse'] === 'full';
  return {
    text: linked ? given.replace(/(^|\s)@(here|channel|everyone)\b/g, '$1<!$2>') : given,
    ...(itemsOf(blocks).length > 0 ? { blocks: withIds(blocks, mint) } : {}),
    ...(itemsOf(attachments).length > 0 ? { attachments: attachmentsOnWire(attachments) } : {}),
  };
}

/** Metadata that may be stored, or undefined where none was given. */
export function checkedMetadata(given: unknown): Fields | undefined {
  if (given === undefined) return undefined;
  if (!isFields(given)) throw new Refusal('invalid_metadata_format');
  const { event_type: type, event_payload: payload, ...rest } = given;
  const known = Object.keys(rest).every((name) => name === 'entities');
  if (typeof type !== 'string' || !/^[\w.]{1,255}$/.test(type) || !isFields(payload) || !known) {
    throw refusalWithMessages('invalid_metadata_schema', [
      'metadata is {event_type, event_payload} [json-pointer:/metadata]',
    ]);
  }
  if (JSON.stringify(given).length > MOST_METADATA) throw new Refusal('metadata_too_large');
  return given;
}

function checkAttachments(attachments: unknown): void {
  if (!Array.isArray(attachments) || !attachments.every(isFields)) throw new Refusal('invalid_attachments');
  if (attachments.length > MOST_ATTACHMENTS) throw new Refusal('too_many_attachments');
  for (const [index, attachment] of attachments.entries()) {
    if (attachment['blocks'] !== undefined)
      checkBlocks(attachment['blocks'], 'message', `/attachments/${index}/blocks`);
  }
}
