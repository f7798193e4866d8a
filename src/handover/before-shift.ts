/** Tells the next person of their shift in a direct message: the evening before, and an hour before (H-10). */

import { ACTION } from '../blockkit/action-ids.ts';
import { actions, button, confirm, context, section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo } from '../blockkit/mrkdwn.ts';
import { firstLevelAt, stretches } from '../domain/first-level.ts';
import { addDays } from '../domain/local-day.ts';
import { dateTime } from '../domain/local-time.ts';
import { onCallAt } from '../domain/on-call.ts';
import type { Team } from '../domain/team.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Content } from '../ports/chat.ts';
import type { HandoverDeps } from './deps.ts';
import { messages } from './messages.ts';
import { sideMessages } from './side-messages.ts';
import { upcoming } from './spans.ts';

const EVENING = 18 * 60;
const HOUR_MS = 3_600_000;
const AHEAD_MS = 2 * 24 * HOUR_MS;

interface Coming {
  readonly team: Team;
  readonly slackId: string;
  readonly from: number;
  /** Null for somebody who stays for good. */
  readonly to: number | null;
  readonly stage: 'evening' | 'hour';
}

/** `sent` are the keys that this process knows to be taken. */
export async function tellBeforeShifts(sent: Set<string>, deps: HandoverDeps): Promise<void> {
  for (const coming of dueNow(deps)) {
    const { team, slackId, from, stage } = coming;
    const key = `handover:before:${team.key}:${slackId}:${from}:${stage}`;
    if (sent.has(key)) continue;
    try {
      if ((await deps.outbox.sentTs(key)) === undefined) {
        const channel = await deps.chat.directChannel(slackId);
        await deps.outbox.post({ key, channel, priority: PRIORITY.state, content: content(coming, deps) });
      }
      sent.add(key);
    } catch (error) {
      deps.log.warn({ err: error, team: team.key }, 'next person could not be told of their shift yet');
    }
  }
}

function dueNow(deps: HandoverDeps): readonly Coming[] {
  return deps.plans.flatMap(({ teams }) => teams).flatMap(({ team }) => comingOf(team, deps));
}

/** Whoever begins within two days and does not hold the pager already just before. */
function comingOf(team: Team, { clock, book, directory, calendar }: HandoverDeps): readonly Coming[] {
  const now = clock.now();
  const shifts = book.shifts(team.key);
  const until = Math.min(book.knownUntil(team.key) ?? now, now + AHEAD_MS);
  if (until <= now) return [];
  const coming = stretches(shifts, now, until).filter(({ from }) => from > now);
  return coming.flatMap(({ from }) => {
    if (now < calendar.at(addDays(calendar.dayOf(from), -1), EVENING)) return [];
    const already = new Set(firstLevelAt(shifts, from - 1).map(({ id }) => id));
    const first = onCallAt(shifts, from).find(({ level }) => level === 1)?.shifts ?? [];
    return first.flatMap(({ responder, end }) => {
      const slackId = directory.slackIdOf(responder);
      if (!slackId || already.has(responder.id)) return [];
      return [{ team, slackId, from, to: end, stage: now >= from - HOUR_MS ? 'hour' : 'evening' } as const];
    });
  });
}

function content({ team, from, to }: Coming, { style, clock, rulesUrl }: HandoverDeps): Content {
  const [post, words] = [messages[style.locale], sideMessages[style.locale]];
  const when = upcoming(from, clock.now(), style);
  const text = words.soon(
    when,
    escapeMrkdwn(clip(team.name, 60)),
    to === null ? post.always : post.until(dateTime(to, style)),
  );
  const { title, text: question, yes, no } = words.swapConfirm;
  const value = JSON.stringify([team.key, from]);
  return {
    text,
    blocks: [
      section(text),
      ...(rulesUrl ? [context(post.rules(linkTo(rulesUrl, post.rulesLabel)))] : []),
      actions([
        button({ text: post.buttons.plan, actionId: ACTION.showMyShifts, value }),
        button({
          text: post.buttons.swap,
          actionId: ACTION.askForSwap,
          value,
          confirm: confirm({ title, text: question, yes, no }),
        }),
      ]),
    ],
  };
}
