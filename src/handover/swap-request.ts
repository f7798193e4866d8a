/** Answers the buttons under the message before a shift: the person's own shifts, and a call for somebody to swap with. */

import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import { onCallAt } from '../domain/on-call.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { HandoverDeps } from './deps.ts';
import { sideMessages } from './side-messages.ts';
import { dated, upcoming } from './spans.ts';

const MOST_SHIFTS = 10;

export function ownShifts(teamKey: string, slackId: string, deps: HandoverDeps): string {
  const { book, clock, directory, style } = deps;
  const words = sideMessages[style.locale];
  const now = clock.now();
  const own = book
    .shifts(teamKey)
    .filter(
      ({ level, responder, end }) => level === 1 && (end ?? now) > now && directory.slackIdOf(responder) === slackId,
    )
    .flatMap(({ start, end }) => (start === null || end === null ? [] : [dated(start, end, style)]))
    .slice(0, MOST_SHIFTS);
  if (own.length === 0) return words.planEmpty;
  return [words.plan(escapeMrkdwn(clip(teamName(teamKey, deps), 60))), ...own.map(words.planLine)].join('\n');
}

/** In the channel of the team's handover, each shift once. */
export async function askForSwap(
  teamKey: string,
  from: number,
  slackId: string,
  deps: HandoverDeps,
): Promise<'asked' | 'no-channel'> {
  const { store, outbox, clock, style, book, directory } = deps;
  const plan = deps.plans.find(({ teams }) => teams.some(({ team }) => team.key === teamKey));
  const last = await store.latestOf(teamKey);
  const channel = last?.handover.channel ?? (plan && deps.channelId(plan.channel));
  if (!channel) return 'no-channel';
  const person = onCallAt(book.shifts(teamKey), from)
    .flatMap(({ shifts }) => shifts)
    .find(({ responder }) => directory.slackIdOf(responder) === slackId);
  const threadTs = last && (await outbox.sentTs(last.key));
  const words = sideMessages[style.locale];
  const name = person ? escapeMrkdwn(clip(person.responder.name, 40)) : `<@${slackId}>`;
  await outbox.post({
    key: `handover:swap:${teamKey}:${slackId}:${from}`,
    channel,
    ...(threadTs ? { threadTs, broadcast: true } : {}),
    priority: PRIORITY.state,
    content: { text: words.swapAsked(name, upcoming(from, clock.now(), style)) },
  });
  return 'asked';
}

function teamName(key: string, { plans }: HandoverDeps): string {
  return plans.flatMap(({ teams }) => teams).find(({ team }) => team.key === key)?.team.name ?? key;
}
