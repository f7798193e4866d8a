/** Turns a cover into Slack blocks: the preview for the asker, and one message for each person concerned. */

import { actions, button, confirm, context, section } from '../blockkit/blocks.ts';
import { ACTION } from '../blockkit/action-ids.ts';
import { clip, escapeMrkdwn } from '../blockkit/mrkdwn.ts';
import type { Button } from '@slack/types';
import type { Calendar } from '../domain/calendar.ts';
import type { Cover, CoverChange, CoverEvent } from '../domain/cover.ts';
import { startOf } from '../domain/cover.ts';
import { spanLabel } from '../domain/day-label.ts';
import { dutyParts } from '../domain/duty-parts.ts';
import { dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Content } from '../ports/chat.ts';
import { messages } from './messages.ts';
import { withChanges } from './plan.ts';

export interface CoverStyle extends TimeStyle {
  readonly calendar: Calendar;
}

export interface CoverShown {
  readonly cover: Cover;
  readonly teamName: string;
  readonly events: readonly CoverEvent[];
  /** Epoch ms. */
  readonly now: number;
}

/** A long swap has many lines; the rest is in PagerDuty. */
const MOST_LINES = 20;

/** What the schedule would be, before anything is written. */
export function draftContent(cover: Cover, teamName: string, shifts: readonly Shift[], style: CoverStyle): Content {
  const words = messages[style.locale];
  const head = words.draft(escapeMrkdwn(teamName), cover.kind === 'swap');
  const lines = [head, ...changeLines(cover.changes, style)];
  const after = [words.after, ...afterLines(cover.changes, shifts, style)];
  const isOwn = cover.partner.slackId === cover.asker.slackId;
  const note = isOwn ? words.willWrite : words.willAsk(escapeMrkdwn(cover.partner.name));
  return {
    text: [...lines, ...after, note].join('\n'),
    blocks: [
      section(lines.join('\n')),
      section(after.join('\n')),
      context(note),
      actions([
        button({ text: words.confirm, actionId: ACTION.confirmCover, value: cover.id, style: 'primary' }),
        button({ text: words.drop, actionId: ACTION.dropCover, value: cover.id }),
      ]),
    ],
  };
}

/** The living message of one of the people concerned. */
export function coverContent({ cover, teamName, events, now }: CoverShown, reader: string, style: CoverStyle): Content {
  const words = messages[style.locale];
  const isPartner = reader === cover.partner.slackId;
  const isAsker = reader === cover.asker.slackId;
  const lines = [
    words.request(escapeMrkdwn(teamName), cover.kind === 'swap'),
    ...(cover.state === 'asked' && isPartner ? [words.askedYou(escapeMrkdwn(cover.asker.name))] : []),
    ...changeLines(cover.changes, style),
    ...(cover.state === 'drafted' || (cover.state === 'asked' && isPartner) ? [] : [words.state[cover.state]]),
  ];
  const audit = auditLines(cover, events, style);
  const buttons = buttonsFor(cover, { isPartner, isAsker, now }, style);
  return {
    text: [...lines, ...audit].join('\n'),
    blocks: [
      section(lines.join('\n')),
      ...(audit.length > 0 ? [context(audit.join('\n'))] : []),
      ...(buttons.length > 0 ? [actions(buttons)] : []),
    ],
  };
}

/** What came of it, short: a message that is only edited notifies nobody. */
export function newsContent({ cover, events }: CoverShown, style: CoverStyle): Content {
  const state = messages[style.locale].state[cover.state];
  const lines = [state, ...changeLines(cover.changes, style), ...auditLines(cover, events, style).slice(-1)];
  return { text: lines.join('\n') };
}

function buttonsFor(
  cover: Cover,
  { isPartner, isAsker, now }: { isPartner: boolean; isAsker: boolean; now: number },
  style: CoverStyle,
): readonly Button[] {
  const words = messages[style.locale];
  const value = cover.id;
  if (cover.state === 'asked' && isPartner) {
    return [
      button({ text: words.accept, actionId: ACTION.acceptCover, value, style: 'primary' }),
      button({ text: words.decline, actionId: ACTION.declineCover, value }),
    ];
  }
  if (cover.state === 'asked' && isAsker) {
    return [button({ text: words.withdraw, actionId: ACTION.withdrawCover, value })];
  }
  if (cover.state !== 'stands' || startOf(cover) <= now || !(isAsker || isPartner)) return [];
  const sure = confirm({ title: words.undoTitle, text: words.undoText, yes: words.undo, no: words.no });
  return [button({ text: words.undo, actionId: ACTION.undoCover, value, confirm: sure })];
}

/** The covers to come, with what happened to each. */
export function listContent(covers: readonly CoverShown[], usage: readonly string[], style: CoverStyle): Content {
  const words = messages[style.locale];
  const shown = covers
    .slice(0, MOST_LINES)
    .flatMap(({ cover, teamName, events }) => [
      `${words.request(escapeMrkdwn(teamName), cover.kind === 'swap')} ${words.state[cover.state]}`,
      ...changeLines(cover.changes, style),
      ...auditLines(cover, events, style),
    ]);
  const lines = [words.list, ...(shown.length > 0 ? shown : [words.none])];
  return {
    text: clip([...lines, ...usage].join('\n'), 3000),
    blocks: [section(lines.join('\n')), context(usage.join('\n'))],
  };
}

function changeLines(changes: readonly CoverChange[], style: CoverStyle): readonly string[] {
  const words = messages[style.locale];
  return changes
    .slice(0, MOST_LINES)
    .map(({ start, end, from, to }) =>
      words.change(label(start, end, style), escapeMrkdwn(from.name), escapeMrkdwn(to.name)),
    );
}

/** Each shift that is touched, whole, as it would be then. */
function afterLines(changes: readonly CoverChange[], shifts: readonly Shift[], style: CoverStyle): readonly string[] {
  const words = messages[style.locale];
  const then = withChanges(shifts, changes);
  const lines = changes.flatMap((change) => {
    const own = (shift: Shift) => shift.scheduleId === change.scheduleId;
    const whole = shifts.find(
      (shift) => own(shift) && shift.responder.id === change.from.id && holds(shift, change.start),
    );
    const parts = dutyParts(then.filter(own), whole?.start ?? change.start, whole?.end ?? change.end);
    return parts.map((part) => {
      const names = part.shifts.map(({ responder }) => words.person(escapeMrkdwn(responder.name)));
      const isNew = part.from < change.end && part.to > change.start;
      return words.part(label(part.from, part.to, style), names.join(words.andSo) || words.nobody, isNew);
    });
  });
  return [...new Set(lines)].slice(0, MOST_LINES);
}

function holds({ start, end }: Shift, at: number): boolean {
  return (start ?? -Infinity) <= at && (end ?? Infinity) > at;
}

/** What nobody needs to read: it was on its way. */
const PASSING: ReadonlySet<string> = new Set(['drafted', 'writing', 'undoing']);

function auditLines(cover: Cover, events: readonly CoverEvent[], style: CoverStyle): readonly string[] {
  const words = messages[style.locale];
  const nameOf = (slackId: string) => (slackId === cover.asker.slackId ? cover.asker : cover.partner).name;
  const told = events.filter(({ what }, index) => !PASSING.has(what) && !(what === 'asked' && index > 0));
  return told.map(({ at, actor, what }) =>
    words.event(dateTime(at, style), escapeMrkdwn(nameOf(actor)), words.audit[what]),
  );
}

function label(start: number, end: number, style: CoverStyle): string {
  return spanLabel(start, end, style, (day) => style.calendar.holiday(day) !== undefined);
}
