/** Who answers from one post to the next: the whole team in business hours, whoever holds the pager otherwise (H-05). */

import type { Calendar, DayOff, Span } from '../domain/calendar.ts';
import { stretches } from '../domain/first-level.ts';
import type { Cover, Holder } from '../domain/handover.ts';
import { addDays } from '../domain/local-day.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Responder } from '../domain/responder.ts';

export interface CoverageQuestion {
  readonly from: number;
  readonly to: number;
  /** False where the on-call answers at every hour. */
  readonly offhours: boolean;
  readonly shifts: readonly Shift[];
  readonly calendar: Calendar;
  readonly holderOf: (responder: Responder) => Holder;
}

export interface Coverage {
  readonly pieces: readonly Cover[];
  /** Set where business hours would be the team's and the day has none. */
  readonly dayOff?: DayOff;
}

export function coverageOf(question: CoverageQuestion): Coverage {
  const { from, to, offhours, shifts, calendar, holderOf } = question;
  const pieces: Cover[] = [];
  const onCall = (start: number, end: number) => {
    for (const stretch of stretches(shifts, start, end))
      pieces.push({ from: stretch.from, to: stretch.to, by: stretch.people.map(holderOf) });
  };
  let at = from;
  for (const open of offhours ? businessSpans(from, to, calendar) : []) {
    if (open.from > at) onCall(at, open.from);
    pieces.push({ ...open, by: 'team' });
    at = open.to;
  }
  if (at < to) onCall(at, to);
  const dayOff = offhours ? calendar.dayOff(calendar.dayOf(from)) : undefined;
  return { pieces, ...(dayOff ? { dayOff } : {}) };
}

function businessSpans(from: number, to: number, calendar: Calendar): readonly Span[] {
  const spans: Span[] = [];
  for (let day = calendar.dayOf(from); calendar.at(day, 0) < to; day = addDays(day, 1)) {
    const span = calendar.businessSpan(day);
    if (!span || span.to <= from || span.from >= to) continue;
    spans.push({ from: Math.max(from, span.from), to: Math.min(to, span.to) });
  }
  return spans;
}
