/** Shifts as an iCalendar text: UTC instants, ids that stay the same, so that importing twice makes no duplicate (H-09). */

import { createHash } from 'node:crypto';
import ical from 'ical-generator';
import type { Shift } from '../domain/on-call.ts';

export interface FeedShift {
  readonly shift: Shift;
  /** The team's key. */
  readonly team: string;
  readonly title: string;
}

export interface CalendarSheet {
  readonly title: string;
  readonly shifts: readonly FeedShift[];
  /** IANA name: only a hint for the reader's calendar. */
  readonly timezone: string;
  /** When PagerDuty confirmed it, epoch ms; two fetches in between are equal. */
  readonly confirmedAt: number;
}

export function calendarText({ title, shifts, timezone, confirmedAt }: CalendarSheet): string {
  // No `timezone` of its own: ical-generator would label the process's clock with it (its issue with plain dates).
  const calendar = ical({
    name: title,
    prodId: { company: 'toban', product: 'toban' },
    ttl: 3600,
    x: [{ key: 'X-WR-TIMEZONE', value: timezone }],
  });
  for (const { shift, team, title: summary } of shifts) {
    // Whoever stands in the policy itself is always on call: no event.
    if (shift.start === null || shift.end === null) continue;
    calendar.createEvent({
      id: uidOf(shift, team),
      start: new Date(shift.start),
      end: new Date(shift.end),
      stamp: new Date(confirmedAt),
      summary,
    });
  }
  return calendar.toString();
}

/** Stays the same while a shift's end moves; nothing of a person can be read from it. */
function uidOf({ scheduleId, level, responder, start }: Shift, team: string): string {
  const what = JSON.stringify([team, scheduleId, level, responder.id, start]);
  return `${createHash('sha256').update(what).digest('hex').slice(0, 32)}@toban`;
}
