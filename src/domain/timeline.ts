/** The timeline of an incident: which of its events are rows, with later corrections applied, in order (L-02, L-04). */

import type { Source } from './incident.ts';
import type { IncidentChange, IncidentEvent, Phase } from './incident-event.ts';

export const PHASES: readonly Phase[] = ['occurred', 'found', 'action', 'recovered'];

export interface TimelineEntry {
  /** The id of the event that made the row; the row keeps it whatever is corrected later. */
  readonly id: number;
  /** The event's own, where it has one. */
  readonly key?: string;
  /** Every event that made the row what it is. */
  readonly events: readonly number[];
  readonly phase: Phase;
  /** Epoch ms. */
  readonly at: number;
  /** What the time was before somebody corrected it. */
  readonly movedFrom?: number;
  /** Slack id. */
  readonly by?: string;
  readonly change: IncidentChange;
}

/** Changes that correct other rows or are of no interest to a reader. */
const NO_ROW: ReadonlySet<IncidentChange['kind']> = new Set([
  'renumbered',
  'note_changed',
  'note_removed',
  'time_moved',
]);

/** Sorted by time; what happened at the same time stands in the order of the phases, then as it was told. */
export function timelineOf(events: readonly IncidentEvent[]): readonly TimelineEntry[] {
  const told = events.toSorted((a, b) => a.id - b.id);
  const byAlert = told.some(({ change }) => change.kind === 'alert_changed' || change.kind === 'pager_changed');
  const rows = new Map<number, TimelineEntry>();
  for (const event of told) {
    const { change, id } = event;
    if (change.kind === 'note') addNote(event, rows);
    else if (change.kind === 'note_changed') {
      amend(rows, noteRow(change, rows), id, (row) =>
        row.change.kind === 'note' ? { ...row, change: { ...row.change, text: change.text } } : row,
      );
    } else if (change.kind === 'time_moved') {
      amend(rows, rowOf(change.event, rows), id, (row) => ({
        ...row,
        at: change.to,
        movedFrom: row.movedFrom ?? row.at,
      }));
    } else if (change.kind === 'renumbered') {
      const declared = [...rows.values()].find((row) => row.change.kind === 'declared');
      amend(rows, declared, id, (row) => row);
    } else if (!NO_ROW.has(change.kind)) rows.set(id, rowFrom(event, byAlert));
  }
  const gone = removedNotes(told);
  const kept = [...rows.values()].filter(({ change }) => !isGone(change, gone));
  return kept.toSorted((a, b) => a.at - b.at || PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.id - b.id);
}

/** Whether the message stands on the timeline, and by whose pins. */
export function noteOf(
  events: readonly IncidentEvent[],
  message: { readonly channel: string; readonly ts: string },
): { readonly entry: TimelineEntry; readonly pinnedBy: readonly string[] } | undefined {
  const entry = timelineOf(events).find(({ change }) => change.kind === 'note' && isSame(change.source, message));
  return entry && { entry, pinnedBy: [...pinsOf(events, keyOf(message))] };
}

/** When it began, was noticed and was over, as far as the timeline says; epoch ms. */
export interface IncidentSpan {
  readonly occurredAt?: number;
  readonly foundAt?: number;
  readonly recoveredAt?: number;
}

export function spanOf(entries: readonly TimelineEntry[]): IncidentSpan {
  const occurred = entries.find(({ phase }) => phase === 'occurred');
  const found = entries.find(({ phase }) => phase === 'found');
  const ends = entries.filter(({ phase }) => phase === 'recovered');
  // The all clear is told some time after the recovery; without another word it is the recovery.
  const recovered = ends.findLast(({ change }) => change.kind !== 'state_changed') ?? ends.at(-1);
  return {
    ...(occurred ? { occurredAt: occurred.at } : {}),
    ...(found ? { foundAt: found.at } : {}),
    ...(recovered ? { recoveredAt: recovered.at } : {}),
  };
}

/** What the row tells of (L-02): an alert is 発生, its acknowledgement 発見, what people do 対応, the end 復旧. */
function phaseOf(change: IncidentChange, byAlert: boolean): Phase {
  switch (change.kind) {
    case 'declared':
      // Where no alert noticed it, whoever declared it did.
      return byAlert ? 'action' : 'found';
    case 'alert_changed':
      return { fired: 'occurred', acknowledged: 'found', recovered: 'recovered' }[change.status] as Phase;
    case 'pager_changed':
      return { triggered: 'occurred', acknowledged: 'found', resolved: 'recovered' }[change.status] as Phase;
    case 'state_changed':
      return change.to === 'cleared' ? 'recovered' : 'action';
    case 'note':
      return change.phase ?? 'action';
    default:
      return 'action';
  }
}

function rowFrom(event: IncidentEvent, byAlert: boolean): TimelineEntry {
  const { id, key, at, by, change } = event;
  return {
    id,
    ...(key ? { key } : {}),
    events: [id],
    phase: phaseOf(change, byAlert),
    at,
    ...(by ? { by } : {}),
    change,
  };
}

/** A message that is pinned again, or by another person, is one row. */
function addNote(event: IncidentEvent, rows: Map<number, TimelineEntry>): void {
  const { change } = event;
  const known = change.kind === 'note' && change.source ? noteRow(change.source, rows) : undefined;
  if (!known) rows.set(event.id, rowFrom(event, false));
  else amend(rows, known, event.id, (row) => row);
}

function amend(
  rows: Map<number, TimelineEntry>,
  row: TimelineEntry | undefined,
  event: number,
  change: (row: TimelineEntry) => TimelineEntry,
): void {
  if (row) rows.set(row.id, { ...change(row), events: [...row.events, event] });
}

function rowOf(event: number, rows: Map<number, TimelineEntry>): TimelineEntry | undefined {
  return [...rows.values()].find(({ events }) => events.includes(event));
}

type Message = { readonly channel: string; readonly ts: string };

function noteRow(message: Message, rows: Map<number, TimelineEntry>): TimelineEntry | undefined {
  return [...rows.values()].find(({ change }) => change.kind === 'note' && isSame(change.source, message));
}

function isSame(source: Source | undefined, message: Message): boolean {
  return source?.channel === message.channel && source.ts === message.ts;
}

const keyOf = ({ channel, ts }: Message) => `${channel}:${ts}`;

/** Who holds the message on the timeline; empty where nobody does any more. `''` is a note without a pin. */
function pinsOf(events: readonly IncidentEvent[], message: string): ReadonlySet<string> {
  const pins = new Set<string>();
  for (const { change } of events.toSorted((a, b) => a.id - b.id)) {
    if (change.kind === 'note' && change.source && keyOf(change.source) === message) pins.add(change.pinnedBy ?? '');
    if (change.kind !== 'note_removed' || keyOf(change) !== message) continue;
    if (change.unpinnedBy === undefined) pins.clear();
    else pins.delete(change.unpinnedBy);
  }
  return pins;
}

function removedNotes(events: readonly IncidentEvent[]): ReadonlySet<string> {
  const messages = new Set(events.flatMap(({ change }) => (change.kind === 'note_removed' ? [keyOf(change)] : [])));
  return new Set([...messages].filter((message) => pinsOf(events, message).size === 0));
}

function isGone(change: IncidentChange, gone: ReadonlySet<string>): boolean {
  return change.kind === 'note' && change.source !== undefined && gone.has(keyOf(change.source));
}
