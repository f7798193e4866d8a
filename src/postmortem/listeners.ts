/** Joins Slack to postmortems: what /oncall postmortem answers. */

import { clip, escapeMrkdwn, plain } from '../blockkit/mrkdwn.ts';
import { localDay } from '../domain/local-day.ts';
import type { ChatListeners, Command, Content } from '../ports/chat.ts';
import type { PostmortemDeps } from './deps.ts';
import { listPostmortems } from './list.ts';
import { messages } from './messages.ts';
import { startPostmortem } from './start.ts';

export interface PostmortemListenerDeps extends PostmortemDeps {
  /** Writes the draft of the incident whose war room the channel is; undefined where it is none. */
  readonly draftOfRoom?: (channel: string) => Promise<Content | undefined>;
}

const WORDS = ['postmortem', 'ポストモーテム', '振り返り'] as const;
const NEW = new Set(['new', '新規', '作成']);
const LIST = new Set(['list', '一覧']);

export function registerPostmortems(listeners: ChatListeners, deps: PostmortemListenerDeps): void {
  const help = { ja: messages.ja.help, en: messages.en.help };
  listeners.onCommand(WORDS, (command) => answer(command, deps), help);
}

async function answer(command: Command, deps: PostmortemListenerDeps): Promise<Content> {
  const words = messages[deps.style.locale];
  const [verb = '', ...rest] = command.rest.trim().split(/\s+/);
  if (LIST.has(verb)) {
    const year = rest[0] ?? localDay(deps.clock.now(), deps.style.timezone).slice(0, 4);
    return /^\d{4}$/.test(year) ? listPostmortems(Number(year), deps) : { text: words.badYear };
  }
  if (verb === '') {
    const content = await deps.draftOfRoom?.(command.channel);
    if (content) return content;
  }
  const title = clip(plain(rest.join(' ')), 200);
  if (!NEW.has(verb) || title === '') return { text: words.needsTitle };
  const { channel, userId: createdBy } = command;
  await startPostmortem({ facts: { title }, channel, createdBy }, deps);
  return { text: words.started(escapeMrkdwn(title)) };
}
