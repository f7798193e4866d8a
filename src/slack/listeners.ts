/** Joins Bolt to the features' handlers: acknowledges first, and answers the person when a handler fails. */

import { randomBytes } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Locale } from '../domain/locale.ts';
import type {
  ChatListeners,
  ChatPost,
  Command,
  CommandHelp,
  Content,
  FormFaults,
  Press,
  Reaction,
  Reply,
  Shortcut,
  ShortcutId,
  Submission,
} from '../ports/chat.ts';
import type { Log } from '../ports/log.ts';
import { messages } from './messages.ts';
import { readPress, readReaction, readShortcut, readSubmission } from './read-interaction.ts';
import { readPost } from './read-post.ts';
import type { SelfIdentity } from './self-identity.ts';
import { toMessage } from './to-message.ts';

type Joined = { userId: string; channel: string };
type Deleted = { channel: string; ts: string };

interface Form {
  readonly handle: (submission: Submission) => Promise<void>;
  readonly check: ((submission: Submission) => FormFaults | undefined) | undefined;
}

type Whisper = (content: Content) => Promise<unknown>;

export class SlackListeners implements ChatListeners {
  readonly #log: Log;
  readonly #locale: Locale;
  readonly #posts: ((post: ChatPost) => Promise<void>)[] = [];
  readonly #presses = new Map<string, (press: Press) => Promise<Reply | void>>();
  readonly #commands = new Map<string, (command: Command) => Promise<Content>>();
  readonly #help: CommandHelp[] = [];
  readonly #submissions = new Map<string, Form>();
  readonly #shortcuts = new Map<string, (shortcut: Shortcut) => Promise<void>>();
  readonly #reactions: ((reaction: Reaction) => Promise<void>)[] = [];
  readonly #joins: ((joined: Joined) => Promise<void>)[] = [];
  readonly #deletions: ((deleted: Deleted) => Promise<void>)[] = [];
  #unknownCommand: ((command: Command) => Promise<Content>) | undefined;

  constructor(options: { log: Log; locale: Locale }) {
    this.#log = options.log;
    this.#locale = options.locale;
  }

  onPost(handle: (post: ChatPost) => Promise<void>): void {
    this.#posts.push(handle);
  }

  onPress(actionId: string, handle: (press: Press) => Promise<Reply | void>): void {
    this.#presses.set(actionId, handle);
  }

  onCommand(words: readonly string[], handle: (command: Command) => Promise<Content>, help: CommandHelp): void {
    for (const word of words) this.#commands.set(word, handle);
    this.#help.push(help);
  }

  commandHelp(): readonly CommandHelp[] {
    return this.#help;
  }

  onUnknownCommand(handle: (command: Command) => Promise<Content>): void {
    this.#unknownCommand = handle;
  }

  onSubmit(callbackId: string, handle: Form['handle'], check?: Form['check']): void {
    this.#submissions.set(callbackId, { handle, check });
  }

  onShortcut(callbackId: ShortcutId, handle: (shortcut: Shortcut) => Promise<void>): void {
    this.#shortcuts.set(callbackId, handle);
  }

  onReaction(handle: (reaction: Reaction) => Promise<void>): void {
    this.#reactions.push(handle);
  }

  onJoined(handle: (joined: Joined) => Promise<void>): void {
    this.#joins.push(handle);
  }

  onDeleted(handle: (deleted: Deleted) => Promise<void>): void {
    this.#deletions.push(handle);
  }

  attach(app: App, self: () => SelfIdentity): void {
    app.event('message', async ({ event }) => {
      if (event.subtype === 'message_deleted') {
        const deleted = { channel: event.channel, ts: event.deleted_ts };
        for (const handle of this.#deletions) await this.#guard('deletion', () => handle(deleted));
        return;
      }
      const post = readPost(event, self());
      if (post) for (const handle of this.#posts) await this.#guard('message', () => handle(post));
    });
    const reacted = async ({ event }: { event: object }) => {
      const reaction = readReaction(event, self());
      if (reaction) for (const handle of this.#reactions) await this.#guard('reaction', () => handle(reaction));
    };
    app.event('reaction_added', reacted);
    app.event('reaction_removed', reacted);
    app.event('member_joined_channel', async ({ event }) => {
      const joined = { userId: event.user, channel: event.channel };
      if (joined.userId === self().userId) return;
      for (const handle of this.#joins) await this.#guard('join', () => handle(joined));
    });
    const chosen = async (args: { shortcut: object; ack: () => Promise<void>; client: WebClient }) => {
      await args.ack();
      const shortcut = readShortcut(args.shortcut);
      const handle = shortcut && this.#shortcuts.get(shortcut.callbackId);
      if (!handle) return;
      // Whoever chose it may be in a channel without Toban: they are told in a direct message.
      const tell: Whisper = ({ text }) => args.client.chat.postMessage({ channel: shortcut.userId, text });
      await this.#guard(shortcut.callbackId, () => handle(shortcut), tell);
    };
    app.shortcut('declare_incident', chosen);
    app.shortcut('add_timeline_entry', chosen);
    app.command(/^\/oncall$/, async ({ command, ack, respond }) => {
      await ack();
      const whisper: Whisper = (content) => respond({ response_type: 'ephemeral', ...toMessage(content) });
      const [word = '', ...rest] = command.text.normalize('NFKC').trim().split(/\s+/);
      const handle = this.#commands.get(word.toLowerCase()) ?? this.#unknownCommand;
      await this.#guard(
        'command',
        async () => {
          if (!handle) return;
          const { user_id: userId, channel_id: channel, trigger_id: triggerId } = command;
          await whisper(await handle({ userId, channel, word, rest: rest.join(' '), triggerId }));
        },
        whisper,
      );
    });
    app.action(/.*/, async ({ action, body, ack, respond }) => {
      await ack();
      const reply = ({ content, replaces }: Reply) =>
        respond({ response_type: 'ephemeral', replace_original: replaces, ...toMessage(content) });
      const whisper: Whisper = (content) => reply({ content, replaces: false });
      const actionId = 'action_id' in action ? action.action_id : '';
      const handle = this.#presses.get(actionId);
      const press = readPress(action, body);
      if (!handle && 'url' in action) return;
      await this.#guard(
        actionId,
        async () => {
          if (!handle || !press) return void (await whisper({ text: messages[this.#locale].stale }));
          const answer = await handle(press);
          if (answer) await reply(answer);
        },
        whisper,
      );
    });
    app.view(/.*/, async ({ view, body, ack, client }) => {
      const form = this.#submissions.get(view.callback_id);
      const submission = readSubmission(view, body.user.id);
      const faults = form?.check?.(submission);
      if (faults && Object.keys(faults).length > 0) {
        await ack({ response_action: 'errors', errors: { ...faults } });
        return;
      }
      await ack();
      if (!form) return;
      await this.#guard(
        view.callback_id,
        () => form.handle(submission),
        // The modal is closed and belongs to no channel: the person gets a direct message.
        ({ text }) => client.chat.postMessage({ channel: body.user.id, text }),
      );
    });
    app.error(async (error) => {
      this.#log.error({ err: error }, 'Slack listener failed');
    });
  }

  /** Runs a handler; a failure is logged under a reference that the person is told. */
  async #guard(what: string, run: () => Promise<void>, whisper?: Whisper): Promise<void> {
    try {
      await run();
    } catch (error) {
      const reference = randomBytes(3).toString('hex');
      this.#log.error({ err: error, what, reference }, 'handler failed');
      try {
        await whisper?.({ text: messages[this.#locale].failed(reference) });
      } catch (second) {
        this.#log.error({ err: second, reference }, 'person could not be told of the failure');
      }
    }
  }
}
