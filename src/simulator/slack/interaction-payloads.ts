/** The payloads of interactions: who acted where, on what, and with which value. */
import type { Backend, Ephemeral } from './backend.ts';
import { elementsOf } from './block-kit.ts';
import type { SlackChannel } from './channels.ts';
import { enteredValue } from './element-values.ts';
import type { Entry } from './element-values.ts';
import { messageOnWire } from './message-log.ts';
import type { SlackMessage } from './message-log.ts';
import { fieldsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

/** What a person does to an element: `value` or `block` tell equal buttons apart, `selected` is what was picked or typed. */
export interface Press {
  readonly value?: string;
  readonly block?: string;
  readonly selected?: Entry;
}

export interface FoundElement {
  readonly blockId: string;
  readonly actionId: string;
  readonly element: Fields;
}

/** The element that a person presses; throws where there is none or several. */
export function findElement(blocks: readonly Fields[], actionId: string, press: Press, where: string): FoundElement {
  const all = blocks.flatMap((block) =>
    elementsOf(block).map((element) => ({
      blockId: textOf(block['block_id']),
      actionId: textOf(element['action_id']),
      element,
    })),
  );
  const found = all.filter(
    (one) =>
      one.actionId === actionId &&
      (press.block === undefined || one.blockId === press.block) &&
      (press.value === undefined || one.element['type'] !== 'button' || one.element['value'] === press.value),
  );
  const [first, second] = found;
  if (!first) {
    const there = all.map((one) => one.actionId).join(', ') || 'none';
    const wanted = press.value === undefined ? actionId : `${actionId} with value ${press.value}`;
    throw new Error(`${where} has no element ${wanted}; it has: ${there}`);
  }
  if (second && press.value === undefined && press.block === undefined) {
    throw new Error(`${where} has several elements ${actionId}: say which with value or block`);
  }
  return first;
}

/** One entry of `actions`. */
export function actionOf(backend: Backend, found: FoundElement, press: Press): { action: Fields; entered: Fields } {
  const { element } = found;
  const type = textOf(element['type']);
  const base = { type, action_id: found.actionId, block_id: found.blockId, action_ts: backend.mint.ts() };
  const button = type === 'button' || type === 'workflow_button' || type === 'icon_button';
  if (button) {
    const { text, value, style, url } = element;
    const action = {
      ...base,
      text,
      ...(value === undefined ? {} : { value }),
      ...(style ? { style } : {}),
      ...(url ? { url } : {}),
    };
    return { action, entered: {} };
  }
  if (type === 'feedback_buttons') {
    const positive = press.selected !== 'negative';
    const chosen = fieldsOf(element[positive ? 'positive_button' : 'negative_button']);
    return { action: { ...base, text: chosen['text'], value: chosen['value'] }, entered: {} };
  }
  const entered = enteredValue(element, press.selected ?? press.value ?? null);
  return { action: { ...base, ...entered }, entered };
}

function actor(backend: Backend, user: string): Fields {
  const known = backend.directory.requireUser(user);
  return { id: known.id, username: known.name, name: known.name, team_id: backend.identity.teamId };
}

/** What every interaction payload has. */
export function commonFields(backend: Backend, user: string): Fields {
  const { identity } = backend;
  return {
    user: actor(backend, user),
    api_app_id: identity.appId,
    token: identity.verificationToken,
    team: { id: identity.teamId, domain: identity.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function channelFields(channel: SlackChannel): Fields {
  return {
    id: channel.id,
    name: channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name,
  };
}

export function messageFields(backend: Backend, message: SlackMessage): Fields {
  return {
    container: containerOf(message.channel, message.ts, message.thread_ts, false),
    message: messageOnWire(message, backend.log),
  };
}

/** An ephemeral message is not repeated in the payload. */
export function ephemeralFields(shown: Ephemeral): Fields {
  return { container: containerOf(shown.channel, shown.ts, shown.threadTs, true) };
}

function containerOf(channel: string, ts: string, threadTs: string | undefined, ephemeral: boolean): Fields {
  return {
    type: 'message',
    message_ts: ts,
    channel_id: channel,
    is_ephemeral: ephemeral,
    ...(threadTs && threadTs !== ts ? { thread_ts: threadTs } : {}),
  };
}
