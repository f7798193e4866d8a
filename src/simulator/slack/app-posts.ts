/** How other apps' posts look: today's apps, and the older shape of webhooks and custom names. */
import { attachmentsOnWire } from './acts.ts';
import type { Backend } from './backend.ts';
import { fieldsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export interface AppPost {
  readonly appId: string;
  readonly botId: string;
  readonly username?: string;
  readonly userId?: string;
  readonly text?: string;
  readonly blocks?: readonly Fields[];
  readonly attachments?: readonly Fields[];
  readonly subtype?: string;
  readonly threadTs?: string;
  /** Merged into the message last. */
  readonly eventExtras?: Fields;
}

/** The fields of the message; the bot is known to bots.info from then on. */
export function appMessage(backend: Backend, post: AppPost): Fields {
  const { directory, mint, identity } = backend;
  const name = post.username ?? post.appId;
  const bot = { id: post.botId, appId: post.appId, name };
  directory.bots.set(post.botId, post.userId ? { ...bot, userId: post.userId } : bot);
  const webhook = post.subtype === undefined && post.username !== undefined && post.userId === undefined;
  const older = post.subtype === 'bot_message' || webhook;
  const profile = { id: post.botId, app_id: post.appId, name, deleted: false, updated: 0, team_id: identity.teamId };
  return {
    ...(older ? { subtype: 'bot_message', username: name } : { app_id: post.appId, bot_profile: profile }),
    ...(post.subtype ? { subtype: post.subtype } : {}),
    ...(post.userId ? { user: post.userId } : {}),
    bot_id: post.botId,
    text: post.text ?? '',
    ...(post.blocks
      ? { blocks: structuredClone(post.blocks).map((block) => ({ block_id: mint.id('b'), ...block })) }
      : {}),
    ...(post.attachments ? { attachments: attachmentsOnWire(structuredClone(post.attachments)) } : {}),
    ...(post.threadTs ? { thread_ts: post.threadTs } : {}),
    ...post.eventExtras,
  };
}

/** Makes the bot of a raw message known to bots.info. */
export function knowBotOf(backend: Backend, message: Fields): void {
  const id = textOf(message['bot_id']);
  if (!id || backend.directory.bots.has(id)) return;
  const appId = textOf(message['app_id'] ?? fieldsOf(message['bot_profile'])['app_id']);
  backend.directory.bots.set(id, { id, appId, name: textOf(message['username']) || id });
}
