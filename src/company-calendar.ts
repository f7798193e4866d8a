/** Makes the company's calendar of what toban.yml says about hours and holidays. */

import { holidayOfJapan } from './calendar/holidays-of-japan.ts';
import type { Config } from './config/config.ts';
import { createCalendar } from './domain/calendar.ts';
import type { Calendar } from './domain/calendar.ts';

export function companyCalendar({
  timezone,
  businessHours,
  holidays,
}: Pick<Config, 'timezone' | 'businessHours' | 'holidays'>): Calendar {
  return createCalendar({
    timezone,
    businessHours,
    add: holidays.add,
    remove: holidays.remove,
    holidayName: holidays.country === 'jp' ? holidayOfJapan : () => undefined,
  });
}
