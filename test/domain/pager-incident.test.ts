/** What two looks at one incident tell, whichever door gave them (G-01). */

import type { PagerIncident, PagerStatus } from '../../src/domain/pager-incident.ts';
import { incidentEvents, isOlder } from '../../src/domain/pager-incident.ts';

const look = (status: PagerStatus, changedAt: number, ...assignees: string[]): PagerIncident => ({
  id: 'Q1',
  number: 1,
  title: 't',
  status,
  urgency: 'high',
  url: 'https://x.example',
  serviceId: 'S',
  serviceName: 's',
  escalationPolicyId: 'P',
  assignees: assignees.map((id) => ({ id, name: id })),
  acknowledgers: status === 'acknowledged' ? [{ id: 'a', name: 'a' }] : [],
  createdAt: 0,
  changedAt,
});
const kinds = (before: PagerIncident | undefined, after: PagerIncident) =>
  incidentEvents(before, after).map(({ kind }) => kind);

describe('two looks at an incident', () => {
  it.each([
    [undefined, look('triggered', 1, 'a'), ['triggered']],
    [undefined, look('acknowledged', 2, 'a'), ['triggered', 'acknowledged']],
    [undefined, look('resolved', 3), ['triggered', 'resolved']],
    [look('triggered', 1, 'a'), look('triggered', 1, 'a'), []],
    [look('triggered', 1, 'a'), look('triggered', 2, 'b'), ['reassigned']],
    [look('triggered', 1, 'a', 'b'), look('triggered', 2, 'b', 'a'), []],
    [look('triggered', 1, 'a'), look('acknowledged', 2, 'b'), ['acknowledged']],
    [look('acknowledged', 2, 'a'), look('triggered', 3, 'a'), ['unacknowledged']],
    [look('acknowledged', 2, 'a'), look('resolved', 3), ['resolved']],
    [look('resolved', 3), look('triggered', 4), ['reopened']],
    [look('resolved', 3), look('acknowledged', 4), ['reopened', 'acknowledged']],
  ])('G-01 tell what happened between them (%#)', (before, after, wanted) => {
    expect(kinds(before, after)).toEqual(wanted);
  });

  it('G-01 are ordered by their dates, and within a second towards the end', () => {
    expect(isOlder(look('triggered', 1), look('triggered', 2))).toBe(true);
    expect(isOlder(look('triggered', 2), look('acknowledged', 2))).toBe(true);
    expect(isOlder(look('acknowledged', 2), look('triggered', 2))).toBe(false);
    expect(isOlder(look('triggered', 3), look('resolved', 2))).toBe(false);
    expect(isOlder(look('resolved', 2), look('resolved', 2))).toBe(false);
  });
});
