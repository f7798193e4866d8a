/** The national holidays of Japan (1970 to 2050), asked by date string only. */

// Its functions take a Date as one of the host's zone; the table does not.
import holidayJp from '@holiday-jp/holiday_jp';
import type { HolidayName } from '../domain/calendar.ts';

const table: Readonly<Record<string, { readonly name: string; readonly name_en: string }>> = holidayJp.holidays;

/** Of a day `YYYY-MM-DD`; undefined where it is no holiday. */
export function holidayOfJapan(day: string): HolidayName | undefined {
  const found = table[day];
  return found && { ja: found.name, en: found.name_en };
}
