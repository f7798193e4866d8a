/** Joins Bolt to the features' handlers: acknowledges first, and answers the person when a handler fails. */

import { randomBytes } from 'node:crypto';
import type { App } from '@slack/bolt';
import type { Locale } from '../domain/locale.ts';
import type { ChatListeners, ChatPost, Command, Content, Press, Submission } from '../ports/chat.ts';
import type { Log } from '../ports/log.ts';
import { messages } from './messages.ts';
import { readPost } from './read-post.ts';
import type { SelfIdentity } from './self-identity.ts';

type Whisper = (content: Content) => Promise<unknown>;

export class SlackListeners implements ChatListeners {
  readonly #log: Log;
  readonly #locale: Locale;
  readonly #posts: ((post: ChatPost) => Promise<void>)[] = [];
  readonly #presses = new Map<string, (press: Press) => Promise<void>>();
  readonly #commands = new Map<string, (command: Command) => Promise<Content>>();
  readonly #submissions = new Map<string, (submission: Submission) => Promise<void>>();
  #unknownCommand: ((command: Command) => Promise<Content>) | undefined;

  constructor(options: { log: Log; locale: Locale }) {
    this.#log = options.log;
    this.#locale = options.locale;
  }

  onPost(handle: (post: ChatPost) => Promise<void>): void {
    this.#posts.push(handle);
  }

  onPress(actionId: string, handle: (press: Press) => Promise<void>): void {
    this.#presses.set(actionId, handle);
  }

  onCommand(words: readonly string[], handle: (command: Command) => Promise<Content>): void {
    for (const word of words) this.#commands.set(word, handle);
  }

  onUnknownCommand(handle: (command: Command) => Promise<Content>): void {
    this.#unknownCommand = handle;
  }

  onSubmit(callbackId: string, handle: (submission: Submission) => Promise<void>): void {
    this.#submissions.set(callbackId, handle);
  }

  /** The action ids and the command words that are answered, for the tests of the documents. */
  answered(): { actions: readonly string[]; words: readonly string[]; views: readonly string[] } {
    return {
      actions: [...this.#presses.keys()],
      words: [...this.#commands.keys()],
      views: [...this.#submissions.keys()],
    };
  }

  attach(app: App, self: () => SelfIdentity): void {
    app.event('message', async ({ event }) => {
      const post = readPost(event, self());
      if (post) for (const handle of this.#posts) await this.#guard('message', () => handle(post));
    });
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
      const whisper: Whisper = (content) =>
        respond({ response_type: 'ephemeral', replace_original: false, ...toMessage(content) });
      const actionId = 'action_id' in action ? action.action_id : '';
      const handle = this.#presses.get(actionId);
      const press = readPress(action, body);
      if (!handle && 'url' in action) return;
      await this.#guard(
        actionId,
        async () => {
          if (!handle || !press) await whisper({ text: messages[this.#locale].stale });
          else await handle(press);
        },
        whisper,
      );
    });
    app.view(/.*/, async ({ view, body, ack, client }) => {
      await ack();
      const handle = this.#submissions.get(view.callback_id);
      if (!handle) return;
      await this.#guard(
        view.callback_id,
        () =>
          handle({
            userId: body.user.id,
            viewId: view.id,
            privateMetadata: view.private_metadata,
            values: readValues(view.state.values),
          }),
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

function toMessage(content: Content) {
  return { text: content.text, ...(content.blocks ? { blocks: [...content.blocks] } : {}) };
}

function readPress(action: unknown, body: unknown): Press | undefined {
  const { value, selected_option: option } = action as { value?: string; selected_option?: { value?: string } };
  const press = body as {
    user?: { id?: string };
    trigger_id?: string;
    channel?: { id?: string };
    container?: { channel_id?: string; message_ts?: string; thread_ts?: string };
    message?: { ts?: string; thread_ts?: string };
  };
  const channel = press.channel?.id ?? press.container?.channel_id;
  if (!press.user?.id || !channel) return undefined;
  const messageTs = press.message?.ts ?? press.container?.message_ts;
  const threadTs = press.message?.thread_ts ?? press.container?.thread_ts;
  return {
    userId: press.user.id,
    channel,
    ...(messageTs ? { messageTs } : {}),
    ...(threadTs ? { threadTs } : {}),
    value: value ?? option?.value ?? '',
    triggerId: press.trigger_id ?? '',
  };
}

function readValues(state: Record<string, Record<string, unknown>>): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const block of Object.values(state)) {
    for (const [actionId, raw] of Object.entries(block)) {
      const input = raw as { value?: string | null; selected_option?: { value?: string } | null };
      values[actionId] = input.value ?? input.selected_option?.value ?? undefined;
    }
  }
  return values;
}
