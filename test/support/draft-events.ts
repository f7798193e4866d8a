/** Holds a draft against the stored events: every filled line has an event behind it, and every event has a line. */

import type { IncidentChange, IncidentEvent } from '../../src/domain/incident-event.ts';
import { clockTime, dateTime, span, stopwatch } from '../../src/domain/local-time.ts';
import { CAST } from '../../src/simulator/cast.ts';

type Locale = 'ja' | 'en';
type Change<K extends IncidentChange['kind']> = Extract<IncidentChange, { kind: K }>;

const NAMES = new Map<string, string>(Object.values(CAST).map(({ slackId, name }) => [slackId, name]));
interface Times {
  /** Of each event, as a reader sees it. */
  readonly shown: readonly string[];
  /** How far apart any two events are. */
  readonly apart: readonly string[];
}

const OPEN = /^(?:（要記入）|（任意）|\(to be filled in\)|\(optional\))$/;

/** Lines without an event and events without a line, said in words; empty where all is well. */
export function unexplained(
  draft: string,
  template: string,
  events: readonly IncidentEvent[],
  locale: Locale,
): readonly string[] {
  const style = { locale, timezone: 'Asia/Tokyo' };
  const cleared = events.findLast(({ change }) => change.kind === 'state_changed' && change.to === 'cleared');
  // The draft is written at the all clear.
  const told = events.filter(({ id }) => id <= (cleared?.id ?? 0));
  const removed = told.flatMap(({ change }) => (change.kind === 'note_removed' ? [change.ts] : []));
  const moves = told.flatMap(({ change }) => (change.kind === 'time_moved' ? [change] : []));
  const timeOf = ({ id, at }: IncidentEvent) => moves.findLast(({ event }) => event === id)?.to ?? at;
  const table = draft.split('\n').filter((line) => /^\| (?!---|状態|State)/.test(line));

  /** What the event's row has to say, beside its time. */
  const sayings = told.flatMap((event) => {
    const texts = sayingOf(event.change, told);
    const isGone = event.change.kind === 'note' && removed.includes(event.change.source?.ts ?? '');
    return texts === undefined || isGone ? [] : [{ event, texts, time: clockTime(timeOf(event), style) }];
  });
  const eventsWithoutLine = sayings
    .filter((saying) => !table.some((line) => isSaid(saying, line)))
    .map(({ event, texts, time }) => `event ${event.id} ${event.change.kind} has no line: ${time} ${texts.join()}`);
  const rowsWithoutEvent = table
    .filter((line) => !sayings.some((saying) => isSaid(saying, line)))
    .map((line) => `row has no event: ${line}`);
  const extra = table.length === sayings.length ? [] : [`${table.length} rows for ${sayings.length} events`];

  const own = new Set(template.split('\n'));
  const labels = template
    .split('\n')
    .flatMap((line) => (/^- ([^{]+: )\{\{(\w+)\}\}$/.exec(line)?.slice(1, 3) as [string, string] | undefined) ?? []);
  const token = new Map<string, string>();
  for (let at = 0; at < labels.length; at += 2) token.set(`- ${labels[at]}`, labels[at + 1] ?? '');
  const instants = told.map(timeOf);
  const times = {
    shown: instants.map((at) => dateTime(at, style)),
    apart: instants.flatMap((from) => instants.flatMap((to) => [stopwatch(to - from), span(to - from, locale)])),
  };
  const filled = draft
    .split('\n')
    .filter((line) => line !== '' && !own.has(line) && !OPEN.test(line) && !line.startsWith('|'));
  const linesWithoutEvent = filled.filter((line) => {
    if (line.startsWith('# '))
      return !told.some(({ change }) => change.kind === 'declared' && line.includes(change.title));
    const label = [...token.keys()].find((one) => line.startsWith(one));
    if (label) return !explains(token.get(label) ?? '', line.slice(label.length), told, times);
    // A bullet says what a row says.
    if (line.startsWith('- ')) return !sayings.some((saying) => isSaid(saying, line));
    return !told.some(({ change }) => change.kind === 'declared' && change.impact === 'yes' && /あり|yes/.test(line));
  });
  return [
    ...eventsWithoutLine,
    ...rowsWithoutEvent,
    ...extra,
    ...linesWithoutEvent.map((line) => `line has no event: ${line}`),
  ];
}

function isSaid({ texts, time }: { readonly texts: readonly string[]; readonly time: string }, line: string): boolean {
  return line.includes(time) && texts.some((text) => line.includes(text));
}

function explains(name: string, value: string, events: readonly IncidentEvent[], times: Times): boolean {
  if (OPEN.test(value)) return true;
  const has = (test: (event: IncidentEvent) => boolean) => events.some(test);
  const people = new Set(
    events.flatMap(({ by, change }) =>
      [by, change.kind === 'role_given' ? change.to : undefined].map((id) => NAMES.get(id ?? '')),
    ),
  );
  switch (name) {
    case 'severity':
      return has(({ change }) => change.kind === 'declared' && value.startsWith(change.severity));
    case 'happened_at':
    case 'found_at':
    case 'recovered_at':
    case 'closed_at':
      return times.shown.includes(value);
    case 'duration':
    case 'time_to_find':
    case 'time_to_acknowledge':
    case 'time_to_recover':
      return times.apart.includes(value);
    case 'commander':
      return has(({ change }) => change.kind === 'role_given' && NAMES.get(change.to) === value);
    case 'responders':
      return value.split(/、|, /).every((one) => people.has(one));
    case 'room':
      return has(
        ({ change }) =>
          change.kind === 'room_changed' && change.room.kind === 'channel' && value.includes(change.room.name),
      );
    case 'pagerduty':
      return has(
        ({ change }) =>
          change.kind === 'pager_linked' && change.pager.kind === 'linked' && value.includes(change.pager.url),
      );
    default:
      return false;
  }
}

/** What the row may say of it, in either language; undefined for what corrects another row. */
function sayingOf(change: IncidentChange, events: readonly IncidentEvent[]): readonly string[] | undefined {
  switch (change.kind) {
    case 'declared':
      return [`${change.title} ${change.severity}`];
    case 'alert_changed':
      return [change.title];
    case 'pager_changed':
      return { triggered: ['PagerDuty'], acknowledged: ['(Ack)', 'Acknowledged'], resolved: ['解決', 'Resolved'] }[
        change.status
      ];
    case 'pager_linked':
      return [change.pager.kind === 'linked' ? `PagerDuty #${change.pager.number}` : 'PagerDuty'];
    case 'room_changed':
      return change.room.kind === 'channel' ? [change.room.name] : [];
    case 'role_given':
      return [`IC: ${NAMES.get(change.to)}`];
    case 'task_started':
    case 'task_done':
      return [change.text];
    case 'state_changed':
      return change.to === 'cleared' ? ['終息宣言', 'All clear'] : ['切り戻し', 'rollback'];
    case 'announced':
      return [`第${change.number}報`, `report ${change.number}`];
    case 'note':
      return [lastText(change, events)];
    default:
      return undefined;
  }
}

function lastText(note: Change<'note'>, events: readonly IncidentEvent[]): string {
  const edits = events.flatMap(({ change }) =>
    change.kind === 'note_changed' && change.ts === note.source?.ts ? [change.text] : [],
  );
  return edits.at(-1) ?? note.text;
}
