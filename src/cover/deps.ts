/** What the verbs of covers work with. */

import type { Calendar } from '../domain/calendar.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Team } from '../domain/team.ts';
import type { Agenda } from '../ports/agenda.ts';
import type { Chat, Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { CoverStore } from '../ports/cover-store.ts';
import type { Log } from '../ports/log.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { PagerSchedules } from '../ports/pager-schedules.ts';

export interface CoverDeps {
  readonly teams: readonly Team[];
  readonly agenda: Agenda;
  readonly calendar: Calendar;
  /** Minutes of the day. */
  readonly handoverAt: number;
  readonly directory: Directory;
  readonly schedules: PagerSchedules;
  readonly store: CoverStore;
  readonly outbox: Outbox;
  readonly chat: Pick<Chat, 'directChannel'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  /** Something changed in PagerDuty: everything that is kept of shifts is read anew. */
  readonly refresh: () => void;
}
