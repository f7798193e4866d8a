/** Commands, clicks and shortcuts: what people do that the app must acknowledge within three seconds. */
import type { Backend } from './backend.ts';
import { stateKey, stateValues } from './element-values.ts';
import type { Envelope, Receipt } from './envelope.ts';
import {
  actionOf,
  channelFields,
  commonFields,
  ephemeralFields,
  findElement,
  messageFields,
} from './interaction-payloads.ts';
import type { Press } from './interaction-payloads.ts';
import { escapeTyped } from './markup.ts';
import { messageOnWire } from './message-log.ts';
import { Refusal } from './refusal.ts';
import { applyResponse } from './responses.ts';
import type { ResponseTarget } from './triggers.ts';
import { fieldsOf, isFields, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export interface InteractionResult {
  readonly acked: boolean;
  /** By the clock of this Slack. */
  readonly ackedAfterMs?: number;
  /** What the person sees instead: `operation_timeout`, `dispatch_failed`, `unknown_command`, `not_interactive`. */
  readonly error?: string;
  /** What rode in the acknowledgement. */
  readonly response?: unknown;
  /** Why the response could not be shown, e.g. `no_text`. */
  readonly problem?: string;
}

export type CommandResult = InteractionResult;

export class Interactions {
  readonly #backend: Backend;
  /** What people picked in messages: "channel ts" → entered values. */
  readonly #picked = new Map<string, Map<string, Fields>>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  async command(user: string, channelId: string, command: string, text: string): Promise<CommandResult> {
    const backend = this.#backend;
    const declared = backend.manifest.commands.get(command);
    if (!declared) return { acked: false, error: 'unknown_command' };
    const channel = backend.channels.require(channelId);
    const target: ResponseTarget = {
      channel: channel.id,
      user,
      messageTs: undefined,
      threadTs: undefined,
      ephemeral: false,
    };
    const known = backend.directory.requireUser(user);
    const payload = {
      token: backend.identity.verificationToken,
      team_id: backend.identity.teamId,
      team_domain: backend.identity.teamDomain,
      channel_id: channel.id,
      channel_name: textOf(channelFields(channel)['name']),
      user_id: user,
      user_name: known.name,
      command,
      text: declared.escapes ? this.#linkNames(escapeTyped(text)) : escapeTyped(text),
      api_app_id: backend.identity.appId,
      is_enterprise_install: 'false',
      response_url: this.#responseUrl(target),
      trigger_id: backend.triggers.issue(user),
    };
    return this.#send({ type: 'slash_commands', payload }, target);
  }

  /** Acts on an element of a message, also of an ephemeral one that this person sees. */
  async press(user: string, channelId: string, ts: string, actionId: string, press: Press): Promise<InteractionResult> {
    const backend = this.#backend;
    const channel = backend.channels.require(channelId);
    const message = backend.log.find(channel.id, ts);
    const shown = backend.ephemerals.find((one) => one.ts === ts && one.channel === channel.id && one.user === user);
    if (!message && !shown) throw new Error(`No message ${ts} in ${channelId} that ${user} can see`);
    if (message && message.bot_id !== backend.identity.botId)
      throw new Error(`Message ${ts} is not the bot's: its buttons belong to another app`);
    const blocks = message?.blocks ?? shown?.blocks ?? [];
    const inAttachments = (message?.attachments ?? shown?.attachments ?? []).flatMap((one) =>
      Array.isArray(one['blocks']) ? one['blocks'] : [],
    );
    const found = findElement([...blocks, ...inAttachments.map(fieldsOf)], actionId, press, `Message ${ts}`);
    const { action, entered } = actionOf(backend, found, press);
    const key = `${channel.id} ${ts}`;
    const picked = this.#picked.get(key) ?? new Map<string, Fields>();
    this.#picked.set(key, picked.set(stateKey(found.blockId, found.actionId), entered));
    const target: ResponseTarget = {
      channel: channel.id,
      user,
      messageTs: ts,
      threadTs: message ? message.thread_ts : shown?.threadTs,
      ephemeral: !message,
    };
    const payload = {
      type: 'block_actions',
      ...commonFields(backend, user),
      ...(message ? messageFields(backend, message) : {}),
      ...(!message && shown ? ephemeralFields(shown) : {}),
      channel: channelFields(channel),
      state: { values: stateValues(blocks, picked) },
      trigger_id: backend.triggers.issue(user),
      response_url: this.#responseUrl(target),
      actions: [action],
    };
    return this.#interact(payload, target);
  }

  /** A message shortcut. */
  async shortcut(user: string, channelId: string, ts: string, callbackId: string): Promise<InteractionResult> {
    const backend = this.#backend;
    if (backend.manifest.shortcuts.get(callbackId) !== 'message')
      throw new Error(`The manifest has no message shortcut ${callbackId}`);
    const channel = backend.channels.require(channelId);
    const message = backend.log.find(channel.id, ts);
    if (!message) throw new Error(`No message ${ts} in ${channelId}`);
    const target: ResponseTarget = {
      channel: channel.id,
      user,
      messageTs: ts,
      threadTs: message.thread_ts,
      ephemeral: false,
    };
    const payload = {
      type: 'message_action',
      ...commonFields(backend, user),
      action_ts: backend.mint.ts(),
      callback_id: callbackId,
      trigger_id: backend.triggers.issue(user),
      response_url: this.#responseUrl(target),
      message_ts: ts,
      channel: channelFields(channel),
      message: messageOnWire(message, backend.log),
    };
    return this.#interact(payload, target);
  }

  async globalShortcut(user: string, callbackId: string): Promise<InteractionResult> {
    const backend = this.#backend;
    if (backend.manifest.shortcuts.get(callbackId) !== 'global')
      throw new Error(`The manifest has no global shortcut ${callbackId}`);
    const trigger = backend.triggers.issue(user);
    return this.#interact({
      type: 'shortcut',
      ...commonFields(backend, user),
      action_ts: backend.mint.ts(),
      callback_id: callbackId,
      trigger_id: trigger,
    });
  }

  /** Sends any interactive payload; `target` is where a response in the acknowledgement goes. */
  async #interact(payload: Fields, target?: ResponseTarget): Promise<InteractionResult> {
    if (!this.#backend.manifest.interactive) return { acked: false, error: 'not_interactive' };
    return this.#send({ type: 'interactive', payload }, target);
  }

  async #send(envelope: Envelope, target?: ResponseTarget): Promise<InteractionResult> {
    const receipt = await this.#backend.push(envelope);
    this.#backend.feed.emit({
      kind: 'delivery',
      type: textOf(envelope.payload['type']) || 'command',
      outcome: receipt.kind,
    });
    const result = resultOf(receipt);
    if (!target || !result.acked) return result;
    const body = typeof result.response === 'string' ? { text: result.response } : result.response;
    if (!isFields(body) || Object.keys(body).length === 0) return result;
    try {
      applyResponse(this.#backend, target, body);
      return result;
    } catch (error) {
      if (error instanceof Refusal) return { ...result, problem: error.code };
      throw error;
    }
  }

  #responseUrl(target: ResponseTarget): string {
    return `${this.#backend.origin()}/response/${this.#backend.triggers.openResponse(target)}`;
  }

  /** With should_escape Slack turns @name and #channel into ids. */
  #linkNames(text: string): string {
    const { directory, channels } = this.#backend;
    return text.replace(/(^|\s)([@#])([\w.-]+)/g, (whole, before: string, sign: string, name: string) => {
      const user = [...directory.users.values()].find((one) => one.name === name);
      const group = [...directory.groups.values()].find((one) => one.handle === name);
      if (sign === '@' && user) return `${before}<@${user.id}|${name}>`;
      if (sign === '@' && group) return `${before}<!subteam^${group.id}|@${name}>`;
      const channel = sign === '#' ? channels.named(name) : undefined;
      return channel ? `${before}<#${channel.id}|${name}>` : whole;
    });
  }
}

export function resultOf(receipt: Receipt): InteractionResult {
  switch (receipt.kind) {
    case 'acked':
      return {
        acked: true,
        ackedAfterMs: receipt.afterMs,
        ...(receipt.payload === undefined ? {} : { response: receipt.payload }),
      };
    case 'timeout':
      return { acked: false, error: 'operation_timeout' };
    case 'unreachable':
      return { acked: false, error: 'dispatch_failed', problem: receipt.why };
  }
}
