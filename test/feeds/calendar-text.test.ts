/** The calendar text, read back by a parser that is not its writer's, under several zones of the process (H-09). */

import { execFileSync } from 'node:child_process';
import ICAL from 'ical.js';
import { calendarText } from '../../src/feeds/calendar-text.ts';
import type { CalendarSheet } from '../../src/feeds/calendar-text.ts';

const at = (text: string) => Date.parse(text);
const shift = (start: string | null, end: string | null, id = 'PTANAKA') => ({
  responder: { id, name: '田中 健' },
  level: 1,
  scheduleId: 'PSCHED1',
  start: start === null ? null : at(start),
  end: end === null ? null : at(end),
});
const sheet: CalendarSheet = {
  title: 'SRE のオンコール',
  timezone: 'Asia/Tokyo',
  confirmedAt: at('2026-11-23T02:10:00Z'),
  shifts: [
    {
      team: 'sre',
      title: '田中 健; オンコール, SRE\n（1次）',
      shift: shift('2026-11-23T10:00:00+09:00', '2026-11-24T10:00:00+09:00'),
    },
    { team: 'sre', title: '鈴木', shift: shift('2026-11-24T10:00:00+09:00', '2026-11-25T10:00:00+09:00', 'PSUZUKI') },
    { team: 'sre', title: '常時', shift: shift(null, null) },
  ],
};

function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const { startDate, endDate, uid, summary } = event;
    return {
      uid,
      summary,
      start: startDate.toJSDate().getTime(),
      end: endDate.toJSDate().getTime(),
      zone: startDate.zone?.tzid,
    };
  });
}

/** The same text as a process in that zone writes it. */
function writtenIn(zone: string): string {
  const script = `import { calendarText } from './src/feeds/calendar-text.ts'; process.stdout.write(calendarText(${JSON.stringify(sheet)}));`;
  const options = { encoding: 'utf8' as const, env: { ...process.env, TZ: zone } };
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], options);
}

describe('the calendar text', () => {
  const text = calendarText(sheet);

  it.each(['UTC', 'Asia/Tokyo', 'America/New_York'])('H-09 has the right instants in a process in %s', (zone) => {
    const written = writtenIn(zone);
    expect(written).toBe(text);
    expect(written).toContain('DTSTART:20261123T010000Z\r\nDTEND:20261124T010000Z');
  });

  it('H-09 is read back as it was meant', () => {
    expect(eventsOf(text)).toEqual([
      {
        uid: expect.stringMatching(/^[0-9a-f]{32}@toban$/),
        summary: '田中 健; オンコール, SRE\n（1次）',
        start: at('2026-11-23T01:00:00Z'),
        end: at('2026-11-24T01:00:00Z'),
        zone: 'UTC',
      },
      expect.objectContaining({ summary: '鈴木', start: at('2026-11-24T01:00:00Z') }),
    ]);
    expect(text).toContain('X-WR-TIMEZONE:Asia/Tokyo');
    expect(text).not.toContain('TZID');
  });

  it('H-09 keeps the id of a shift whose end moves, and gives each shift its own', () => {
    const [first] = sheet.shifts;
    const shorter = {
      ...sheet,
      shifts: first ? [{ ...first, shift: { ...first.shift, end: at('2026-11-23T19:00:00+09:00') } }] : [],
    };
    const ids = eventsOf(text).map(({ uid }) => uid);
    expect(eventsOf(calendarText(shorter)).map(({ uid }) => uid)).toEqual([ids[0]]);
    expect(new Set(ids).size).toBe(2);
  });
});
