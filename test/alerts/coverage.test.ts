/** Whom an alert may call at this hour, to the second. */

import { coverageOf } from '../../src/alerts/coverage.ts';
import { companyCalendar } from '../../src/company-calendar.ts';

const calendar = companyCalendar({
  timezone: 'Asia/Tokyo',
  businessHours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: 600, to: 1140 },
  holidays: { country: 'jp', add: [], remove: [] },
});
const at = (time: string, over: Partial<Parameters<typeof coverageOf>[0]> = {}) =>
  coverageOf({
    rule: 'offhours',
    urgency: 'high',
    hasGroup: true,
    ...over,
    businessTime: calendar.isBusinessTime(Date.parse(`${time}+09:00`)),
  });

describe('coverage', () => {
  it.each([
    ['2026-11-24T09:59:59', 'person'],
    ['2026-11-24T10:00:00', 'team'],
    ['2026-11-24T18:59:59', 'team'],
    ['2026-11-24T19:00:00', 'person'],
    ['2026-11-23T14:00:00', 'person'],
    ['2026-11-28T14:00:00', 'person'],
  ])('A-02 at %s is the %s', (time, coverage) => expect(at(time)).toBe(coverage));

  it('A-02 is the person at every hour with mention: always, and where there is no group', () => {
    expect(at('2026-11-24T14:00:00', { rule: 'always' })).toBe('person');
    expect(at('2026-11-24T14:00:00', { hasGroup: false })).toBe('person');
  });

  it('A-08 is nobody for what can wait', () => {
    expect(at('2026-11-24T03:00:00', { urgency: 'low' })).toBe('quiet');
    expect(at('2026-11-24T14:00:00', { urgency: 'low' })).toBe('team-low');
    expect(at('2026-11-24T14:00:00', { urgency: 'low', rule: 'always' })).toBe('low');
  });
});
