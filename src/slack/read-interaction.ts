/** Reads what people press, choose and submit in Slack. */

import type { Press, Reaction, Shortcut, ShortcutId, Submission } from '../ports/chat.ts';
import type { SelfIdentity } from './self-identity.ts';

interface Choice {
  readonly value?: string;
}

/** The state of an input; which fields there are depends on its kind. */
interface Entered {
  readonly value?: string | null;
  readonly selected_option?: Choice | null;
  readonly selected_options?: readonly Choice[] | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[] | null;
  readonly selected_conversation?: string | null;
  readonly selected_channel?: string | null;
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
}

function valueOf(entered: Entered): string | undefined {
  const several = entered.selected_users ?? entered.selected_options?.map(({ value }) => value ?? '');
  return (
    entered.value ??
    entered.selected_option?.value ??
    entered.selected_user ??
    entered.selected_conversation ??
    entered.selected_channel ??
    entered.selected_date ??
    entered.selected_time ??
    entered.selected_date_time?.toString() ??
    (several === undefined || several.length === 0 ? undefined : several.join(','))
  );
}

export function readPress(action: unknown, body: unknown): Press | undefined {
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
    value: valueOf(action as Entered) ?? '',
    triggerId: press.trigger_id ?? '',
  };
}

export function readSubmission(
  view: {
    readonly id: string;
    readonly private_metadata: string;
    readonly state: { readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  },
  userId: string,
): Submission {
  const values: Record<string, string | undefined> = {};
  for (const block of Object.values(view.state.values)) {
    for (const [actionId, entered] of Object.entries(block)) values[actionId] = valueOf(entered as Entered);
  }
  return { userId, viewId: view.id, privateMetadata: view.private_metadata, values };
}

/** Undefined for what is no choice in the menu of a message. */
export function readShortcut(body: object): (Shortcut & { readonly callbackId: ShortcutId }) | undefined {
  const given = body as {
    type?: string;
    callback_id?: string;
    trigger_id?: string;
    user?: { id?: string };
    channel?: { id?: string };
    message?: { ts?: string; thread_ts?: string; text?: string; user?: string; bot_id?: string };
  };
  const { message, channel, user } = given;
  if (given.type !== 'message_action' || !message?.ts || !channel?.id || !user?.id) return undefined;
  const threadTs = message.thread_ts;
  return {
    callbackId: given.callback_id as ShortcutId,
    userId: user.id,
    triggerId: given.trigger_id ?? '',
    channel: channel.id,
    messageTs: message.ts,
    ...(threadTs === undefined || threadTs === message.ts ? {} : { threadTs }),
    text: message.text ?? '',
    ...(message.user && !message.bot_id ? { author: message.user } : {}),
  };
}

/** Undefined for Toban's own reactions, and for reactions to what is no message. */
export function readReaction(event: object, self: SelfIdentity): Reaction | undefined {
  const given = event as {
    type?: string;
    user?: string;
    reaction?: string;
    item?: { type?: string; channel?: string; ts?: string };
  };
  const { user, reaction, item } = given;
  if (item?.type !== 'message' || !item.channel || !item.ts || !user || !reaction) return undefined;
  if (user === self.userId) return undefined;
  return {
    userId: user,
    name: reaction,
    channel: item.channel,
    ts: item.ts,
    added: given.type === 'reaction_added',
  };
}
