/** Which posts are due, and when the next one is: days and times by the company's calendar. */

import type { Calendar } from '../domain/calendar.ts';
import { addDays } from '../domain/local-day.ts';
import type { PostPlan } from './deps.ts';

export interface Rhythm {
  readonly calendar: Calendar;
  readonly days: 'daily' | 'business_days';
}

/** The moment of the plan's post on a day. */
export function postingTime(plan: Pick<PostPlan, 'at'>, day: string, { calendar }: Rhythm): number {
  return calendar.at(day, plan.at);
}

/** The day whose post is due at `now` and may be made still, on the day itself. */
export function dueDay(plan: Pick<PostPlan, 'at'>, now: number, rhythm: Rhythm): string | undefined {
  const day = rhythm.calendar.dayOf(now);
  return posts(day, rhythm) && now >= postingTime(plan, day, rhythm) ? day : undefined;
}

/** The moment of the first post after the one of `day`. */
export function nextPost(plan: Pick<PostPlan, 'at'>, day: string, rhythm: Rhythm): number {
  const daily = addDays(day, 1);
  const next = rhythm.days === 'daily' ? daily : (rhythm.calendar.nextBusinessDay(day) ?? daily);
  return postingTime(plan, next, rhythm);
}

/** The first post after `now`. */
export function nextDue(plan: Pick<PostPlan, 'at'>, now: number, rhythm: Rhythm): number {
  const today = rhythm.calendar.dayOf(now);
  const at = postingTime(plan, today, rhythm);
  return posts(today, rhythm) && at > now ? at : nextPost(plan, today, rhythm);
}

function posts(day: string, { days, calendar }: Rhythm): boolean {
  return days === 'daily' || calendar.isBusinessDay(day);
}
