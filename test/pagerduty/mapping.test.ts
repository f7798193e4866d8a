import { incidentEvents } from '../../src/domain/pager-incident.ts';
import { incidentFromRest, onCallFromRest, responderFromRest } from '../../src/pagerduty/mapping.ts';
import { readWebhook } from '../../src/pagerduty/webhook.ts';
import { PagerError } from '../../src/ports/pager.ts';
import { restIncident, user, userReference, webhookEvent, type Status } from './support/bodies.ts';

const sato = userReference('PU1', '佐藤');
const suzuki = userReference('PU2', '鈴木');
const service = { id: 'PSVC9', type: 'service_reference', summary: 'Monitoring' };

function refusal(work: () => unknown): PagerError {
  try {
    work();
  } catch (error) {
    if (error instanceof PagerError) return error;
  }
  throw new Error('expected a PagerError');
}

describe('an incident from REST', () => {
  it('is read with its people, times and links', () => {
    const body = restIncident('acknowledged', { at: '2026-11-22T10:04:05+09:00', by: user('PU2', '鈴木') });
    expect(incidentFromRest(body)).toEqual({
      id: 'PINC1',
      number: 42,
      title: 'checkout is slow',
      status: 'acknowledged',
      urgency: 'high',
      url: 'https://corp.pagerduty.com/incidents/PINC1',
      serviceId: 'PSVC1',
      serviceName: 'Checkout',
      escalationPolicyId: 'PEP1',
      priority: 'P2',
      dedupKey: 'checkout-latency',
      assignees: [{ id: 'PU1', name: '佐藤' }],
      acknowledgers: [{ id: 'PU2', name: '鈴木', email: 'PU2@corp.example' }],
      lastChangedBy: { id: 'PU2', name: '鈴木', email: 'PU2@corp.example' },
      createdAt: Date.parse('2026-11-22T01:00:00Z'),
      changedAt: Date.parse('2026-11-22T01:04:05Z'),
    });
  });

  it('names nobody where a service changed it', () => {
    const incident = incidentFromRest(restIncident('acknowledged', { by: service }));
    expect(incident.acknowledgers).toEqual([]);
    expect(incident).not.toHaveProperty('lastChangedBy');
  });

  it('counts a change that is no change of status, too', () => {
    const incident = incidentFromRest(restIncident('triggered', { updatedAt: '2026-11-22T02:00:00.900Z' }));
    expect(incident.changedAt).toBe(Date.parse('2026-11-22T02:00:00Z'));
  });

  it('bears null in every field that it can do without', () => {
    const needed = { id: 'P1', incident_number: 1, status: 'triggered', created_at: '2026-11-22T01:00:00Z' };
    const absent = Object.keys(restIncident('triggered')).filter((key) => !(key in needed));
    const body = { ...Object.fromEntries(absent.map((key) => [key, null])), ...needed };
    expect(incidentFromRest(body)).toMatchObject({ id: 'P1', assignees: [], acknowledgers: [], serviceId: '' });
  });

  it.each([
    ['status', 'merged'],
    ['incident_number', undefined],
    ['created_at', 'yesterday'],
  ])('is refused by the name of the field where %s is %p', (field, value) => {
    const error = refusal(() => incidentFromRest({ ...restIncident('triggered'), [field]: value }));
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining(`"${field}"`) as string });
  });
});

describe('an on-call entry and a person', () => {
  it('are read, null being permanent', () => {
    const entry = { user: user('PU1', '佐藤'), escalation_policy: { id: 'PEP1' }, escalation_level: 2 };
    const responder = { id: 'PU1', name: '佐藤', email: 'PU1@corp.example' };
    const base = { responder, level: 2, escalationPolicyId: 'PEP1' };
    expect(onCallFromRest({ ...entry, schedule: null, start: null, end: null })).toEqual({
      ...base,
      scheduleId: null,
      start: null,
      end: null,
    });
    const schedule = { id: 'PS1', type: 'schedule_v3_reference' };
    const shift = { schedule, start: '2026-11-22T10:00:00+09:00', end: '2026-11-23T01:00:00Z' };
    expect(onCallFromRest({ ...entry, ...shift })).toEqual({
      ...base,
      scheduleId: 'PS1',
      start: Date.parse('2026-11-22T01:00:00Z'),
      end: Date.parse('2026-11-23T01:00:00Z'),
    });
    expect(responderFromRest(user('PU1', '佐藤'))).toEqual(responder);
  });
});

describe('one incident through both doors (G-01)', () => {
  const at = (minute: number, ms = '') => `2026-11-22T01:0${minute}:00${ms}Z`;
  interface Step {
    readonly type: string;
    readonly status: Status;
    readonly by: object | null;
    readonly to: readonly ReturnType<typeof userReference>[];
    readonly kinds: readonly string[];
  }
  const steps: readonly Step[] = [
    { type: 'triggered', status: 'triggered', by: service, to: [sato], kinds: ['triggered'] },
    { type: 'escalated', status: 'triggered', by: null, to: [suzuki], kinds: ['reassigned'] },
    { type: 'acknowledged', status: 'acknowledged', by: suzuki, to: [suzuki], kinds: ['acknowledged'] },
    { type: 'unacknowledged', status: 'triggered', by: null, to: [suzuki], kinds: ['unacknowledged'] },
    { type: 'acknowledged', status: 'acknowledged', by: sato, to: [suzuki], kinds: ['acknowledged'] },
    { type: 'resolved', status: 'resolved', by: sato, to: [], kinds: ['resolved'] },
    { type: 'reopened', status: 'triggered', by: sato, to: [sato], kinds: ['reopened', 'reassigned'] },
  ];

  it('gives the same nouns and the same events', () => {
    const polled = steps.map(({ status, by, to }, minute) =>
      incidentFromRest(restIncident(status, { at: at(minute), by, assignees: to })),
    );
    const pushed = steps.map(({ type, status, by, to }, minute) => {
      const event = webhookEvent(`incident.${type}`, { status, at: at(minute, '.345'), agent: by, assignees: to });
      const read = readWebhook(Buffer.from(JSON.stringify(event)));
      if (read.kind !== 'incident') throw new Error(`expected an incident, not ${read.kind}`);
      // The event tells it, a poll reads it from the log.
      expect(read.incident.assignment?.how).toBe(type === 'escalated' ? 'escalated' : undefined);
      const { assignment: _, ...incident } = read.incident;
      return incident;
    });
    expect(pushed).toEqual(polled);
    const eventsOf = (incidents: typeof polled) =>
      incidents.map((incident, index) => incidentEvents(incidents[index - 1], incident));
    expect(eventsOf(pushed)).toEqual(eventsOf(polled));
    expect(eventsOf(pushed).map((events) => events.map(({ kind }) => kind))).toEqual(steps.map(({ kinds }) => kinds));
  });
});
