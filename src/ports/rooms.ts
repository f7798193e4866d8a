/** What the features ask of Slack's channels: to make one, fill it and close it. */

import type { ChatError } from './chat.ts';

export type RoomMade =
  | { readonly kind: 'made'; readonly channel: string }
  | { readonly kind: 'name_taken' }
  /** Slack will not make it: `restricted_action`, `missing_scope`, `user_is_restricted`, … */
  | { readonly kind: 'refused'; readonly code: string };

export interface Invited {
  /** Slack id → Slack's error word; who is in already is no failure. */
  readonly failed: Readonly<Record<string, string>>;
}

/** Every method throws ChatError where Slack does not answer or says so later; what may be repeated is safe to repeat. */
export interface Rooms {
  /** Not safe to repeat: after a lost answer ask `madeByUs`. */
  create(name: string, options: { readonly isPrivate: boolean }): Promise<RoomMade>;
  /** The id of a channel of that name that Toban itself made at `since` (epoch ms) or later. */
  madeByUs(name: string, since: number): Promise<string | undefined>;
  invite(channel: string, userIds: readonly string[]): Promise<Invited>;
  /** Cut to Slack's length. */
  setTopic(channel: string, topic: string): Promise<void>;
  pin(channel: string, ts: string): Promise<void>;
  addBookmark(channel: string, bookmark: { title: string; url: string; emoji?: string }): Promise<void>;
  archive(channel: string): Promise<void>;
  /** Whether Toban can post there; false too where Slack shows no such channel. */
  isIn(channel: string): Promise<boolean>;
  members(channel: string): Promise<readonly string[]>;
  /** The channel's canvas: makes it where `canvasId` is absent, else replaces its whole text. Returns its id. */
  writeCanvas(channel: string, canvas: { canvasId?: string; title: string; markdown: string }): Promise<string>;
}

/** Whether trying the same again later may help. */
export function mayPass(error: ChatError): boolean {
  return PASSING.has(error.code) || error.code.startsWith('http_5');
}

const PASSING: ReadonlySet<string> = new Set([
  'rate_limited',
  'no_answer',
  'connection_refused',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'too_many_requests',
]);
