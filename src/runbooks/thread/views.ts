/** Shows under an alert what to look at first, what changed, where to look, and how it ended last time. */

import { clip, escapeMrkdwn, linkTo, plain, withoutMarks } from '../../blockkit/mrkdwn.ts';
import { context, section } from '../../blockkit/blocks.ts';
import type { Alert } from '../../domain/alert.ts';
import type { Change } from '../../domain/change.ts';
import { clockTime, dateTime, span } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Content } from '../../ports/chat.ts';
import type { PastIncident } from '../../ports/pager-insight.ts';
import type { Tick } from '../../ports/thread-store.ts';
import { checklistBlocks } from './checklist-blocks.ts';
import { checklistOf } from './checklist.ts';
import type { FirstChecks } from './first-checks.ts';
import { THREAD_WORDS } from './messages.ts';
import { withTimeRange } from './time-range.ts';

/** The name of the list of first checks among an alert's lists. */
export const CHECKS = 'checks';
const MOST_CHANGES = 5;

/** An alert like this one, and how it ended. */
export interface Ending {
  readonly alert: Alert;
  /** The thread's address, where Slack gave one. */
  readonly url?: string;
  /** The title of a runbook that somebody found helpful then. */
  readonly helped?: string;
  /** Written by the incident that it became: a channel, what was done. */
  readonly incident?: string;
}

export interface Surroundings {
  readonly alert: Alert;
  readonly first: FirstChecks;
  readonly ticks: readonly Tick[];
  /** Undefined where PagerDuty did not answer and no deploy channel told of any. */
  readonly changes: readonly Change[] | undefined;
  /** How far back changes were looked for, in ms. */
  readonly window: number;
  readonly endings: readonly Ending[];
  readonly past: readonly PastIncident[];
  readonly now: number;
}

export function surroundingsContent(seen: Surroundings, style: TimeStyle): Content {
  const words = THREAD_WORDS[style.locale];
  const { alert, first } = seen;
  const head = first.service ? words.checksOf(escaped(first.service, 60)) : words.checks;
  const list = checklistBlocks(checklistOf(first.checks), { alertId: alert.id, list: CHECKS, ticks: seen.ticks }, style);
  const changes = changeLines(seen, style);
  const until = alert.resolvedAt ?? seen.now;
  const range = { firedAt: alert.firedAt, until, ...(first.service ? { service: first.service } : {}) };
  const links = first.links
    .filter(({ url }) => url.length <= 500)
    .map(({ title, url }) => linkTo(withTimeRange(url, range), clip(title, 60)));
  const similar = similarLines(seen, style);
  return {
    text: [head, changes[0]].join('\n'),
    blocks: [
      section(head),
      ...list.blocks,
      section(changes.join('\n')),
      ...(links.length === 0 ? [] : [context(words.links(links.join(words.separator)))]),
      ...(similar.length === 0 ? [] : [section(clip([words.similar, ...similar].join('\n'), 2900))]),
    ],
  };
}

function changeLines(seen: Surroundings, style: TimeStyle): readonly string[] {
  const words = THREAD_WORDS[style.locale];
  const { changes, alert } = seen;
  if (changes === undefined) return [words.changesUnknown];
  if (changes.length === 0) return [words.noChanges(span(seen.window, style.locale))];
  const lines = changes.slice(0, MOST_CHANGES).map(({ at, summary, url }) => {
    const text = url ? linkTo(url, clip(plain(summary), 150)) : escaped(summary, 150);
    const before = alert.firedAt - at;
    return `${clockTime(at, style)} ${withoutMarks(text)}${before >= 0 ? words.ago(span(before, style.locale)) : ''}`;
  });
  return [words.changes, ...lines];
}

function similarLines(seen: Surroundings, style: TimeStyle): readonly string[] {
  const words = THREAD_WORDS[style.locale];
  const own = seen.endings.map(({ alert, url, helped, incident }) => {
    const title = url ? withoutMarks(linkTo(url, clip(alert.reading.title, 80))) : escaped(alert.reading.title, 80);
    const by = alert.acknowledgedBy;
    const facts = [
      ...(incident ? [incident] : []),
      ...(alert.resolvedAt === undefined ? [] : [words.ended(span(alert.resolvedAt - alert.firedAt, style.locale))]),
      ...(by ? [words.handledBy(escaped(by.name, 40))] : []),
      ...(helped ? [words.helped(escaped(helped, 60))] : []),
    ];
    return `${dateTime(alert.firedAt, style)} ${title} ${facts.join(words.comma)}`.trimEnd();
  });
  const room = Math.max(0, 3 - own.length);
  const past = seen.past
    .filter(({ id }) => !seen.endings.some(({ alert }) => alert.pagerIncidentId === id))
    .slice(0, room)
    .map(
      ({ createdAt, title, url }) =>
        `${dateTime(createdAt, style)} ${withoutMarks(linkTo(url, clip(title, 80)))} ${words.pagerDuty}`,
    );
  return [...own, ...past];
}

function escaped(text: string, max: number): string {
  return withoutMarks(escapeMrkdwn(clip(plain(text), max)));
}
