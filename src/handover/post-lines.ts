/** The lines of a handover, one fact a line; only whoever has the pager is mentioned, everybody else is a plain name. */

import { clip, escapeMrkdwn, linkTo } from '../blockkit/mrkdwn.ts';
import { takersOf } from '../domain/handover.ts';
import type { Confirmation, Counted, Cover, Handover, HandoverNote, Holder, TeamHandover } from '../domain/handover.ts';
import { weekdayOf } from '../domain/local-day.ts';
import { clockTime, dateTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import { messages } from './messages.ts';
import { dated, partOfDay } from './spans.ts';

/** How many people, pieces, notes and gaps a line or a team has at the most. */
const MOST_PEOPLE = 8;
const MOST_PIECES = 6;
const MOST_NOTES = 5;
const MOST_GAPS = 3;

export interface PostView {
  readonly handover: Handover;
  readonly confirmations: readonly Confirmation[];
  readonly notes: readonly HandoverNote[];
  /** Slack ids of those to be asked where nobody is on call (H-15). */
  readonly askOf: (team: TeamHandover) => readonly string[];
  /** False in an answer that only one person sees: it calls nobody. */
  readonly live: boolean;
}

export function nameOf(holder: Holder, style: TimeStyle): string {
  const name = escapeMrkdwn(clip(holder.name, 40));
  return holder.slackId ? name : `${name}${messages[style.locale].unlinked}`;
}

export function mentionOf(holder: Holder, style: TimeStyle): string {
  return holder.slackId ? `<@${holder.slackId}>` : nameOf(holder, style);
}

export function joined(all: readonly string[], style: TimeStyle): string {
  const words = messages[style.locale];
  const rest = all.length - MOST_PEOPLE;
  return [...all.slice(0, MOST_PEOPLE), ...(rest > 0 ? [words.more(rest)] : [])].join(words.and);
}

export function titleLine({ at, until }: Handover, style: TimeStyle): string {
  return messages[style.locale].title(dateTime(at, style), dateTime(until, style));
}

/** Who has the pager, up to when, and who comes next. */
export function turnLines(team: TeamHandover, view: PostView, style: TimeStyle): readonly string[] {
  const words = messages[style.locale];
  const called = (people: readonly Holder[]) =>
    joined(
      people.map((one) => (view.live ? mentionOf(one, style) : nameOf(one, style))),
      style,
    );
  const names = (people: readonly Holder[]) =>
    joined(
      people.map((one) => nameOf(one, style)),
      style,
    );
  const { next, coverage, kind } = team;
  return [
    headLine(team, view, team.now ? names : called, style),
    ...(team.now ? [words.now(called(team.now))] : []),
    ...(team.confirmedAt === undefined ? [] : [words.lastConfirmed(stamp(team.confirmedAt, view.handover, style))]),
    ...view.confirmations
      .filter((one) => one.team === team.team)
      .map(({ name, at }) => words.confirmed(escapeMrkdwn(clip(name, 40)), clockTime(at, style))),
    ...team.levels.map(({ level, people }) => words.level(level, names(people))),
    ...(next ? [words.next(dateTime(next.at, style), names(next.people) || words.nobody)] : []),
    ...(kind === 'unknown' || coverage.length === 0 ? [] : [coverageLine(team, view.handover, called, style)]),
  ];
}

function headLine(
  team: TeamHandover,
  view: PostView,
  called: (people: readonly Holder[]) => string,
  style: TimeStyle,
): string {
  const words = messages[style.locale];
  if (team.kind === 'unknown') return words.unknown;
  if (team.kind === 'gap') {
    const asked = view.live ? view.askOf(team).map((id) => `<@${id}>`) : [];
    return words.gap(asked.join(' '));
  }
  const who = called(team.incoming);
  if (team.kind === 'same') {
    return words.same(who, team.until === null ? words.always : words.until(dateTime(team.until, style)));
  }
  const leaving = team.outgoing.map((one) => words.leaving(escapeMrkdwn(clip(one.name, 40))));
  return words.changed(who, joined(leaving, style));
}

function coverageLine(
  team: TeamHandover,
  handover: Handover,
  called: (people: readonly Holder[]) => string,
  style: TimeStyle,
): string {
  const words = messages[style.locale];
  const why = dayOffReason(team, handover, style);
  const [whole, ...rest] = team.coverage;
  const isOnePiece = rest.length === 0 && whole !== undefined && whole.by !== 'team' && whole.by.length > 0;
  if (isOnePiece) return words.coverage(words.allDay(why));
  const takers = new Set(takersOf(team).map(({ id }) => id));
  const who = ({ by }: Cover): string => {
    if (by === 'team') return words.wholeTeam(escapeMrkdwn(clip(team.name, 40)));
    if (by.length === 0) return words.nobody;
    return by.every(({ id }) => takers.has(id))
      ? called(by)
      : joined(
          by.map((one) => nameOf(one, style)),
          style,
        );
  };
  const pieces = team.coverage
    .slice(0, MOST_PIECES)
    .map((piece) => words.piece(partOfDay(piece.from, piece.to, handover.day, style), who(piece)));
  return words.coverage(`${pieces.join(words.pieces)}${why ? `（${why}）` : ''}`);
}

function dayOffReason({ dayOff }: TeamHandover, { day }: Handover, { locale }: TimeStyle): string {
  const words = messages[locale];
  if (!dayOff) return '';
  if (dayOff.kind === 'holiday') return words.holiday(dayOff.name[locale]);
  return dayOff.kind === 'company' ? words.companyDay : words.weekday[weekdayOf(day)];
}

/** What happened since the last handover, and what the last one leaves. */
export function knowledgeLines(team: TeamHandover, view: PostView, style: TimeStyle): readonly string[] {
  const words = messages[style.locale];
  const { digest, gaps } = team;
  const listed = (counted: Counted, say: (count: number, list: string) => string) =>
    counted.count === 0 ? [] : [say(counted.count, itemList(counted, style))];
  const shown = gaps.slice(0, MOST_GAPS).map(({ from, to }) => dated(from, to, style));
  const rest = gaps.length - shown.length;
  return [
    `${words.fired(digest.fired, digest.called, digest.atNight)}${digest.open.count === 0 ? words.noneOpen : ''}`,
    ...listed(digest.open, words.open),
    ...listed(digest.unacknowledged, words.unacknowledged),
    ...listed(digest.quiet, words.quiet),
    ...(digest.noisiest ? [words.noisiest(titleOf(digest.noisiest.title), digest.noisiest.times)] : []),
    ...(shown.length > 0 ? [words.gaps([...shown, ...(rest > 0 ? [words.more(rest)] : [])].join(words.and))] : []),
    ...noteLines(team, view, style),
  ];
}

function itemList({ count, items }: Counted, style: TimeStyle): string {
  const words = messages[style.locale];
  const shown = items.map(({ title, url, channel }) => {
    if (channel) return `<#${channel}>`;
    return url ? linkTo(url, clip(title, 60)) : titleOf(title);
  });
  const rest = count - shown.length;
  return [...shown, ...(rest > 0 ? [words.more(rest)] : [])].join(words.and);
}

function titleOf(title: string): string {
  return escapeMrkdwn(clip(title.replace(/\s+/g, ' '), 60));
}

function noteLines(team: TeamHandover, { notes, handover }: PostView, style: TimeStyle): readonly string[] {
  const words = messages[style.locale];
  const own = notes.filter((note) => note.team === team.team);
  const written = own.filter(({ kind }) => kind === 'note');
  if (written.length > 0) {
    return written
      .slice(-MOST_NOTES)
      .map(({ name, writtenAt, text }) =>
        words.note(escapeMrkdwn(clip(name, 40)), dateTime(writtenAt, style), escapeMrkdwn(clip(text, 500))),
      );
  }
  const nothing = own.findLast(
    ({ kind, writtenAt }) => kind === 'nothing' && writtenAt >= (handover.since ?? handover.at - 24 * 3_600_000),
  );
  if (nothing) return [words.nothing(escapeMrkdwn(clip(nothing.name, 40)))];
  return team.kind === 'changed' ? [words.noNote] : [];
}

/** A time of the post's day alone, of another day with its date. */
function stamp(instant: number, { at }: Handover, style: TimeStyle): string {
  return Math.abs(at - instant) < 12 * 3_600_000 ? clockTime(instant, style) : dateTime(instant, style);
}
