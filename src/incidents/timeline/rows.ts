/** The timeline in words: five columns, plain text, with the names of people (L-02). */

import type { IncidentChange } from '../../domain/incident-event.ts';
import type { Locale } from '../../domain/locale.ts';
import { clockTime, dateTime } from '../../domain/local-time.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import { localDay } from '../../domain/local-day.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { incidentWords } from '../words.ts';
import { messages } from './messages.ts';

/** Nothing here is escaped: whoever shows it does that. */
export interface TimelineRow {
  /** The id of the event that made it. */
  readonly id: number;
  readonly state: string;
  readonly time: string;
  readonly who: string;
  readonly what: string;
  /** An address, where there is one. */
  readonly note: string;
}

/** `nameOf` knows everybody whom `peopleIn` names. */
export function timelineRows(
  entries: readonly TimelineEntry[],
  nameOf: (slackId: string) => string,
  linkOf: (entry: TimelineEntry) => string | undefined,
  style: TimeStyle,
): readonly TimelineRow[] {
  const words = messages[style.locale];
  let day: string | undefined;
  return entries.map((entry) => {
    const { id, at, phase, change, movedFrom } = entry;
    const today = localDay(at, style.timezone);
    // The day stands where it changes.
    const time = today === day ? clockTime(at, style) : dateTime(at, style);
    day = today;
    const moved = movedFrom === undefined ? '' : words.movedFrom(clockTime(movedFrom, style));
    return {
      id,
      state: words.phase[phase],
      time,
      who: whoOf(entry, nameOf),
      what: `${whatOf(change, nameOf, style.locale)}${moved}`,
      note: linkOf(entry) ?? '',
    };
  });
}

/** Everybody whose name the rows show. */
export function peopleIn(entries: readonly TimelineEntry[]): readonly string[] {
  const ids = entries.flatMap(({ by, change }) => [
    ...(by ? [by] : []),
    ...(change.kind === 'role_given' ? [change.to] : []),
    ...(change.kind === 'task_started' || change.kind === 'task_done' ? [change.who] : []),
    ...(change.kind === 'on_call_changed' ? [...change.from, ...change.to] : []),
  ]);
  return [...new Set(ids)];
}

function whoOf({ by, change }: TimelineEntry, nameOf: (slackId: string) => string): string {
  if (change.kind === 'task_started' || change.kind === 'task_done') return nameOf(change.who);
  if (by) return nameOf(by);
  if (change.kind === 'pager_changed') return change.name ?? '';
  if (change.kind === 'alert_changed') return change.name ?? '';
  return change.kind === 'note' ? (change.app ?? '') : '';
}

function whatOf(change: IncidentChange, nameOf: (slackId: string) => string, locale: Locale): string {
  const words = messages[locale];
  const shared = incidentWords[locale];
  const names = (ids: readonly string[]) => ids.map(nameOf).join(shared.and) || words.nobody;
  switch (change.kind) {
    case 'declared':
      return `${change.drill ? shared.drill : ''}${words.declared(change.title)} ${change.severity}`;
    case 'retitled':
      return words.retitled(change.title);
    case 'state_changed': {
      if (change.to === 'cleared') return words.cleared;
      const how = change.mitigation ? ` ${shared.mitigation[change.mitigation]}` : '';
      return words.state(`${shared.state[change.to]}${how}`);
    }
    case 'severity_changed':
      return words.severity(change.from, change.to);
    case 'impact_changed':
      return words.impact(shared.impact[change.impact], change.text ?? '');
    case 'role_given':
      return words.role(shared.role[change.role], nameOf(change.to));
    case 'task_started':
      return words.taskStarted(change.text);
    case 'task_done':
      return words.taskDone(change.text);
    case 'on_call_changed':
      return words.onCall(names(change.from), names(change.to));
    case 'room_changed':
      if (change.room.kind === 'channel') return words.roomOpened(`#${change.room.name}`);
      return change.room.kind === 'thread' ? words.roomThread : words.roomFailed;
    case 'pager_linked':
      if (change.pager.kind !== 'linked') return words.pagerRefused;
      return change.pager.created ? words.pagerCreated(change.pager.number) : words.pagerLinked(change.pager.number);
    case 'pager_changed':
      return words.pager[change.status];
    case 'pager_assigned':
      return words.assigned(change.names.join(shared.and));
    case 'alert_changed':
      return words.alert[change.status](change.title);
    case 'note':
      return change.text;
    case 'announced':
      return change.stage === 'update' ? words.announced.update(change.number) : words.announced[change.stage];
    case 'renumbered':
    case 'note_changed':
    case 'note_removed':
    case 'time_moved':
      return '';
  }
}
