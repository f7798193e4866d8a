/** What becomes of a message that Slack refuses: tried in a simpler form, tried again later, or given up. */

import type { Content } from '../ports/chat.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { OutboxRow } from '../ports/outbox-store.ts';

/** A mention is tried again for this long: somebody may invite Toban, or mend the app. */
const MENTION_FOR_MS = 3_600_000;

/** The message itself is at fault, or its channel is closed for good. */
const FINAL = new Set([
  'is_archived',
  'cannot_reply_to_message',
  'invalid_arguments',
  'invalid_blocks',
  'invalid_blocks_format',
  'metadata_too_large',
  'msg_too_long',
  'no_text',
]);

/** A look-up that is refused so says that the message does not stand: its place is gone. */
const GONE = new Set(['thread_not_found', 'message_not_found', 'channel_not_found', 'is_archived']);

const INVITE = 'run /invite @toban in the channel';
const TODO: Readonly<Record<string, string>> = {
  not_in_channel: INVITE,
  // Slack says so of a private channel too in which Toban is not.
  channel_not_found: INVITE,
  missing_scope: 'add the scope to the Slack app as manifest.yml has it, and install the app again',
  not_allowed_token_type: 'check that SLACK_BOT_TOKEN is the bot token of the app, which begins with xoxb-',
  restricted_action: 'let apps post in the channel: its posting permissions forbid it',
  is_archived: 'unarchive the channel, or take it out of toban.yml',
};

/** What the operator can do about a refusal. */
export function remedyOf(code: string): string {
  return TODO[code] ?? 'look the code up in the Slack documentation of the method';
}

export function isGone(code: string): boolean {
  return GONE.has(code);
}

/** How long to wait before a refused message is sent again; undefined where it is given up. */
export function retryAfter(row: OutboxRow, code: string, now: number): number | undefined {
  if (row.priority !== PRIORITY.mention || FINAL.has(code)) return undefined;
  const left = row.createdAt + MENTION_FOR_MS - now;
  if (left <= 0) return undefined;
  return Math.min(left, 600_000, 30_000 * 2 ** Math.min(Math.max(0, row.attempts - 1), 6));
}

/** 1 s, 2 s, 4 s … at most a minute. */
export function backOff(attempts: number): number {
  return Math.min(60_000, 1_000 * 2 ** Math.min(Math.max(0, attempts - 1), 6));
}

/** Something that Slack might take where it refused the whole: a mention must not be lost over a block. */
export function simplify(row: OutboxRow, code: string): Content | undefined {
  const tooMuch = code.includes('blocks') || code === 'msg_too_long' || code === 'invalid_arguments';
  if (!tooMuch) return undefined;
  if (row.content.blocks) return { text: row.content.text.slice(0, 3_000) };
  return undefined;
}
