/** What the features ask of Slack: what comes in, what goes out, and who is who. */

import type { KnownBlock, View } from '@slack/types';
import type { Locale } from '../domain/locale.ts';
import type { Responder } from '../domain/responder.ts';

/** Who wrote a message. `self` is Toban. */
export type PostAuthor =
  | { readonly kind: 'self' }
  | { readonly kind: 'person'; readonly id: string }
  | { readonly kind: 'app'; readonly appId?: string; readonly botId?: string; readonly name: string };

/** A titled part of a message: a Slack attachment or a run of blocks, as plain text. */
export interface PostPart {
  readonly title?: string;
  readonly url?: string;
  readonly text: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  /** Lower-case hex without `#`, or Slack's words good, warning, danger. */
  readonly color?: string;
}

/** A message as it stood in a channel, with Slack's encoding undone: `&amp;` is `&`, `<url|label>` is its label. */
export interface ChatPost {
  readonly channel: string;
  readonly ts: string;
  /** Set on a reply: the timestamp of the thread's first message. */
  readonly threadTs?: string;
  readonly author: PostAuthor;
  /** True for a change to an older message. */
  readonly edited: boolean;
  readonly text: string;
  readonly parts: readonly PostPart[];
  readonly links: readonly { readonly url: string; readonly label: string }[];
}

/** Something to show: blocks, and the text that stands for them in a notification and for a screen reader. */
export interface Content {
  readonly text: string;
  readonly blocks?: readonly KnownBlock[];
}

/** A smaller number goes first: a mention never waits behind a cosmetic edit. */
export const PRIORITY = { mention: 0, state: 1, companion: 2, cosmetic: 3 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

/** A message that is to stand in Slack exactly once. */
export interface Draft {
  /** Unique for ever; travels in the message's metadata, so that it is found again after a crash. */
  readonly key: string;
  readonly channel: string;
  readonly threadTs?: string;
  readonly priority: Priority;
  readonly content: Content;
  /** Look in Slack for the key before sending: for work found again after a stop. */
  readonly mayStand?: boolean;
  /** A reply that the channel sees as well. */
  readonly broadcast?: boolean;
}

/** A click on a button, or a choice in a select. */
export interface Press {
  readonly userId: string;
  readonly channel: string;
  /** The message that carries the button; absent in a modal. */
  readonly messageTs?: string;
  readonly threadTs?: string;
  readonly value: string;
  readonly triggerId: string;
}

/** An answer to a press that only the person sees, wherever they pressed. */
export interface Reply {
  readonly content: Content;
  /** Whether it takes the place of the message with the button, which only that person sees too. */
  readonly replaces: boolean;
}

export interface Command {
  readonly userId: string;
  readonly channel: string;
  /** The first word, as it was typed. */
  readonly word: string;
  /** What follows the word that chose the handler. */
  readonly rest: string;
  readonly triggerId: string;
}

/** What `/oncall help` says of a command: one line a language, e.g. "`/oncall next [DAYS]` the coming shifts". */
export type CommandHelp = Readonly<Record<Locale, string>>;

export interface Submission {
  readonly userId: string;
  readonly viewId: string;
  readonly privateMetadata: string;
  /**
   * By action id: what was typed, or the value that was chosen. Several choices stand with commas between; a date is
   * YYYY-MM-DD, a time HH:MM, a date with time epoch seconds.
   */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** What is wrong with a form, by block id; the modal stays open and shows it. */
export type FormFaults = Readonly<Record<string, string>>;

/** A choice in the menu of a message. */
export interface Shortcut {
  readonly userId: string;
  readonly triggerId: string;
  readonly channel: string;
  readonly messageTs: string;
  readonly threadTs?: string;
  /** As Slack holds it, with its encoding. */
  readonly text: string;
  /** The Slack id of the person who wrote it; absent where an app did. */
  readonly author?: string;
}

export interface Reaction {
  readonly userId: string;
  /** Without colons. */
  readonly name: string;
  readonly channel: string;
  readonly ts: string;
  readonly added: boolean;
}

/** Where features hang their handlers. A handler may throw: the person gets a sentence and a reference. */
export interface ChatListeners {
  onPost(handle: (post: ChatPost) => Promise<void>): void;
  onPress(actionId: string, handle: (press: Press) => Promise<Reply | void>): void;
  /** `words` choose the handler, in any language; the empty word is a bare `/oncall`. The first named one is in `help`. */
  onCommand(words: readonly string[], handle: (command: Command) => Promise<Content>, help: CommandHelp): void;
  /** The help of every command, in the order in which they were registered. */
  commandHelp(): readonly CommandHelp[];
  /** For a first word that nobody knows. */
  onUnknownCommand(handle: (command: Command) => Promise<Content>): void;
  /** `check` answers at once, before the modal closes: it must not wait for anything. */
  onSubmit(
    callbackId: string,
    handle: (submission: Submission) => Promise<void>,
    check?: (submission: Submission) => FormFaults | undefined,
  ): void;
  onShortcut(callbackId: ShortcutId, handle: (shortcut: Shortcut) => Promise<void>): void;
  onReaction(handle: (reaction: Reaction) => Promise<void>): void;
  /** Somebody joined a channel that Toban is in. */
  onJoined(handle: (joined: { userId: string; channel: string }) => Promise<void>): void;
  /** A message was deleted. */
  onDeleted(handle: (deleted: { channel: string; ts: string }) => Promise<void>): void;
}

/** The message shortcuts of the manifest. */
export type ShortcutId = 'declare_incident' | 'add_timeline_entry';

export interface Chat {
  /** Only `userId` sees it; not durable, an answer to something they just did. */
  whisper(to: { userId: string; channel: string; threadTs?: string }, content: Content): Promise<void>;
  /** Returns the view's id. Must be called within 3 s of the press that gave `triggerId`. */
  openModal(triggerId: string, view: View): Promise<string>;
  updateModal(viewId: string, view: View): Promise<void>;
  /** Puts an emoji, named without colons, on a message; where it is there already nothing changes. */
  react(channel: string, ts: string, emoji: string): Promise<void>;
  permalink(channel: string, ts: string): Promise<string | undefined>;
  /** A message as it stands now; undefined where there is none, or Toban may not read it. */
  readPost(channel: string, ts: string): Promise<ChatPost | undefined>;
  /** The replies of a thread, oldest first, at most `limit` (1000 at the most). */
  replies(channel: string, ts: string, limit: number): Promise<readonly ChatPost[]>;
  /** The channel of direct messages with a person, to post there through the outbox. */
  directChannel(userId: string): Promise<string>;
}

/** Joins PagerDuty people and Slack people (H-12): the `people` table first, then the e-mail. */
export interface Directory {
  /** The Slack id of an active Slack user, from memory; undefined where unknown. Never waits. */
  slackIdOf(responder: Responder): string | undefined;
  /** Asks Slack for those not known yet, so that `slackIdOf` can answer. */
  learn(responders: readonly Responder[]): Promise<void>;
  /** Whom PagerDuty knows as that Slack user; undefined where there is no account, or they may not act. */
  responderOf(slackId: string): Promise<Responder | undefined>;
  /** The PagerDuty e-mail of a Slack user; undefined where there is no account to act as. */
  pagerEmailOf(slackId: string): Promise<string | undefined>;
  /** The PagerDuty account of a Slack user, with its e-mail; undefined where there is none. */
  responderOf(slackId: string): Promise<Responder | undefined>;
  /** What a Slack user is called, for where a mention would call them or means nothing; the id where Slack says no name. */
  nameOf(slackId: string): Promise<string>;
}

/** Slack did not carry out a call; `code` is Slack's own error word or `unavailable`. */
export class ChatError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = 'ChatError';
    this.code = code;
  }
}
