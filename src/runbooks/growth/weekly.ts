/** The weekly list: alerts without a page, pages that nobody reviewed or saw, links that lead nowhere. */

import type { KnownBlock } from '@slack/types';
import { ACTION } from '../../blockkit/action-ids.ts';
import { button, context, section } from '../../blockkit/blocks.ts';
import { clip, escapeMrkdwn, plain, withoutMarks } from '../../blockkit/mrkdwn.ts';
import { addDays, instantOf, localDay, weekdayOf } from '../../domain/local-day.ts';
import type { Content } from '../../ports/chat.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Timer, Timers } from '../../ports/timers.ts';
import { titleOf } from '../views.ts';
import { brokenLinks } from './broken-links.ts';
import type { GrowthDeps } from './deps.ts';
import { GROWTH_WORDS } from './messages.ts';

export const WEEKLY = 'runbook.weekly';
const AT_MINUTES = 10 * 60;
const DAY_MS = 24 * 3_600_000;
const STALE_DAYS = 180;
const MOST = 5;
/** A list that comes later than that would be about another week. */
const LATE_MS = 2 * DAY_MS;

/** Sets the timer of the next Monday, 10:00; the same one each time it is called. */
export async function planWeekly(timers: Timers, deps: GrowthDeps): Promise<void> {
  const { timezone } = deps.style;
  const now = deps.clock.now();
  let day = localDay(now, timezone);
  while (weekdayOf(day) !== 'mon' || instantOf(day, AT_MINUTES, timezone) <= now) day = addDays(day, 1);
  await timers.set({
    key: `${WEEKLY}:${day}`,
    kind: WEEKLY,
    dueAt: instantOf(day, AT_MINUTES, timezone),
    payload: day,
  });
}

export async function postWeekly(timer: Timer, timers: Timers, deps: GrowthDeps): Promise<void> {
  await planWeekly(timers, deps);
  const channel = deps.weeklyChannel();
  if (!channel || deps.clock.now() - timer.dueAt > LATE_MS) return;
  await deps.library.loaded;
  await deps.outbox.post({
    key: `weekly-runbooks:${timer.payload}`,
    channel,
    priority: PRIORITY.companion,
    content: await weeklyContent(timer.payload, deps),
  });
}

async function weeklyContent(monday: string, deps: GrowthDeps): Promise<Content> {
  const { locale, timezone } = deps.style;
  const words = GROWTH_WORDS[locale];
  const from = addDays(monday, -7);
  const since = instantOf(from, AT_MINUTES, timezone);
  const pages = deps.library.runbooks();
  const [unmatched, shown, counts] = await Promise.all([
    deps.kept.unmatched(since, MOST),
    deps.kept.lastShown(),
    deps.feedback.counts(),
  ]);
  const head = words.weekly(shortDay(from), shortDay(addDays(monday, -1)));
  const kinds = unmatched.map(({ title, alertId, count }): KnownBlock => {
    const line = `${withoutMarks(escapeMrkdwn(clip(plain(title), 150)))} ${words.times(count)}`;
    return { ...section(line), accessory: button({ text: words.create, actionId: ACTION.createRunbook, value: alertId }) };
  });
  const oldest = addDays(monday, -STALE_DAYS);
  const stale = pages.filter(({ reviewedAt }) => reviewedAt !== undefined && reviewedAt < oldest);
  const unseen = shown.size === 0 ? [] : pages.filter(({ path }) => !shown.has(path));
  const wrong = counts
    .filter(({ verdict, count }) => verdict === 'wrong' && count > 1)
    .toSorted((a, b) => b.count - a.count)
    .flatMap(({ runbook, count }) => {
      const page = pages.find(({ path }) => path === runbook);
      return page ? [words.page(titleOf(page), count)] : [];
    });
  const links = brokenLinks(pages).map(({ path, line, message }) => escapeMrkdwn(`${path}:${line} ${message}`));
  const names = (of: readonly { title: string }[]) => of.slice(0, MOST).map(titleOf).join(words.separator);
  const notes = [
    ...(stale.length > 0 ? [words.stale(STALE_DAYS, names(stale))] : []),
    ...(unseen.length > 0 ? [words.neverShown(unseen.length, names(unseen))] : []),
    ...(wrong.length > 0 ? [words.calledWrong(wrong.slice(0, MOST).join(words.separator))] : []),
    ...(links.length > 0 ? [words.brokenLinks(links.slice(0, MOST).join(words.separator))] : []),
  ];
  const summary = kinds.length === 0 ? words.allMatched : words.unmatched(kinds.length);
  return {
    text: `${head}\n${summary}`,
    blocks: [section(`${head}\n${summary}`), ...kinds, ...notes.map((note) => context(clip(note, 2900)))],
  };
}

/** `11/16`, the same in both languages. */
function shortDay(day: string): string {
  return `${Number(day.slice(5, 7))}/${Number(day.slice(8, 10))}`;
}
