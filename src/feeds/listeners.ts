/** Answers /oncall ical: the file into the direct messages, the feed's address for the asker's eyes alone. */

import { context, section } from '../blockkit/blocks.ts';
import { escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import { dateTime } from '../domain/local-time.ts';
import { ChatError } from '../ports/chat.ts';
import type { Chat, ChatListeners, Command, Content } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import type { FeedStore, FeedSubject } from '../ports/feed-store.ts';
import type { Log } from '../ports/log.ts';
import { calendarText } from './calendar-text.ts';
import type { CalendarSheet } from './calendar-text.ts';
import { hashOf, newToken } from './feed-token.ts';
import { messages } from './messages.ts';
import { sheetOf } from './sheet.ts';
import type { SheetDeps } from './sheet.ts';

export interface FeedDeps extends SheetDeps {
  readonly feeds: FeedStore;
  readonly documents: Pick<Documents, 'upload' | 'share'>;
  readonly chat: Pick<Chat, 'directChannel'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the scopes for a file in a direct message are to be there. */
  readonly sendsFiles: boolean;
  /** Where the HTTP routes are reached from, without a slash at the end. */
  readonly address: () => { readonly url: string; readonly isPublic: boolean };
}

const ICAL_WORDS = ['ical', 'カレンダー'] as const;
const ROTATE_WORDS = ['rotate', '作り直し', '再発行'];
const REVOKE_WORDS = ['revoke', '停止'];
/** Slack waits 3 s for an answer; the file may come after it. */
const FILE_WITHIN_MS = 1_500;

export function registerFeeds(listeners: ChatListeners, deps: FeedDeps): void {
  listeners.onCommand(ICAL_WORDS, (command) => answer(command, deps), { ja: messages.ja.help, en: messages.en.help });
}

async function answer({ rest, userId }: Command, deps: FeedDeps): Promise<Content> {
  const words = messages[deps.style.locale];
  const typed = rest.trim().split(/\s+/).filter(Boolean);
  const verb = typed.find((word) => [...ROTATE_WORDS, ...REVOKE_WORDS].includes(word.toLowerCase()));
  const name = typed.filter((word) => word !== verb).join(' ');
  const team = deps.teams.find((one) => [one.key, one.name].some((own) => own.toLowerCase() === name.toLowerCase()));
  if (name && !team) {
    const keys = deps.teams.map(({ key }) => key).join(words.separator);
    return { text: words.noSuchTeam(escapeMrkdwn(name), escapeMrkdwn(keys)) };
  }
  const subject: FeedSubject = team ? { kind: 'team', team: team.key } : { kind: 'person' };
  if (verb && REVOKE_WORDS.includes(verb.toLowerCase())) {
    const outcome = await deps.feeds.revoke(userId, subject);
    return { text: outcome === 'revoked' ? words.revoked : words.noneToRevoke };
  }
  const sheet = sheetOf({ userId, subject }, deps);
  if (typeof sheet === 'string') return { text: words.notKnown };
  const suffix = team ? ` ${team.key}` : '';
  const feed = await feedLines({ userId, subject, suffix, anew: verb !== undefined }, deps);
  const file = verb === undefined && deps.sendsFiles ? [await fileLine(userId, sheet, deps)] : [];
  const head = words.heading(escapeMrkdwn(sheet.title));
  const notes = [...feed.notes, words.ends(`/oncall ical rotate${suffix}`, `/oncall ical revoke${suffix}`)];
  const lines = [head, ...feed.lines, ...file];
  return { text: [...lines, ...notes].join('\n'), blocks: [section(lines.join('\n')), context(notes.join('\n'))] };
}

/** A token is told once, when it is made: only its hash is kept. */
async function feedLines(
  wanted: { userId: string; subject: FeedSubject; suffix: string; anew: boolean },
  deps: FeedDeps,
): Promise<{ lines: readonly string[]; notes: readonly string[] }> {
  const words = messages[deps.style.locale];
  const { userId, subject, anew } = wanted;
  const living = await deps.feeds.living(userId, subject);
  if (living && !anew) return { lines: [words.already(dateTime(living.issuedAt, deps.style))], notes: [] };
  const token = newToken();
  await deps.feeds.issue(hashOf(token), { userId, subject, issuedAt: deps.clock.now() });
  const { url, isPublic } = deps.address();
  return {
    lines: [words.address(`${url}/ical/${token}.ics`), ...(living ? [words.rotated] : [])],
    notes: [words.secret, ...(isPublic ? [] : [words.onlyHere])],
  };
}

async function fileLine(userId: string, sheet: CalendarSheet, deps: FeedDeps): Promise<string> {
  const words = messages[deps.style.locale];
  const send = async (): Promise<string> => {
    const file = await deps.documents.upload({ name: 'oncall.ics', text: calendarText(sheet) });
    const channel = await deps.chat.directChannel(userId);
    const comment = words.fileComment(escapeMrkdwn(sheet.title));
    await deps.documents.share(file, sheet.title, { channel, comment });
    return words.fileSent;
  };
  const sent = send().catch((error: unknown) => {
    deps.log.warn({ err: error }, 'calendar file could not be sent');
    return words.fileFailed(error instanceof ChatError ? error.code : 'unknown');
  });
  return Promise.race([sent, wait(deps.clock, FILE_WITHIN_MS).then(() => words.fileComing)]);
}
