import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import { createPager } from '../../src/pagerduty/pager.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { silentLog, type Log } from '../../src/ports/log.ts';
import { silentMetrics } from '../../src/ports/metrics.ts';
import type { Pager } from '../../src/ports/pager.ts';
import { restIncident, user, userReference } from './support/bodies.ts';
import { startFake, type Asked, type FakePagerDuty, type Reply } from './support/fake-pagerduty.ts';

let fake: FakePagerDuty | undefined;
afterEach(async () => {
  await fake?.stop();
  fake = undefined;
});

let warnings: object[] = [];
beforeEach(() => {
  warnings = [];
});
const log: Log = { ...silentLog, warn: (fields) => void warnings.push(fields), child: () => log };

async function pagerOf(answer: (asked: Asked) => Reply): Promise<Pager> {
  fake = await startFake(answer);
  const rest = { token: 'TOK', clock: systemClock, log, metrics: silentMetrics };
  return createPager(createPagerDutyClient({ baseUrl: `${fake.url}/`, ...rest }));
}

const asked = (): readonly Asked[] => fake?.asked ?? [];
const refusal = (status: number, code: number): Reply => ({ status, body: { error: { message: 'No', code } } });
const since = Date.parse('2026-11-22T01:00:00Z');
const until = Date.parse('2026-11-29T01:00:00Z');
const acting = { from: 'PU2@corp.example' };

describe("the pager's on-call", () => {
  const entry = (id: string, policy: string) => ({
    user: user(id, id),
    schedule: { id: 'PS1', type: 'schedule_reference' },
    escalation_policy: { id: policy },
    escalation_level: 1,
    start: '2026-11-22T01:00:00Z',
    end: '2026-11-23T01:00:00Z',
  });

  it('is one listing for all policies', async () => {
    const pager = await pagerOf(() => ({ body: { oncalls: [entry('PU1', 'PEP1')], more: false } }));
    const entries = await pager.onCalls({ escalationPolicies: ['PEP1', 'PEP2'], schedules: [], since, until });
    expect(entries).toMatchObject([{ responder: { email: 'PU1@corp.example' }, escalationPolicyId: 'PEP1' }]);
    expect(asked()).toHaveLength(1);
    const query = asked()[0]?.query;
    expect(query?.getAll('escalation_policy_ids[]')).toEqual(['PEP1', 'PEP2']);
    expect(query?.getAll('include[]')).toEqual(['users']);
    expect(query?.get('since')).toBe('2026-11-22T01:00:00.000Z');
    expect(query?.get('until')).toBe('2026-11-29T01:00:00.000Z');
    expect(query?.has('schedule_ids[]')).toBe(false);
  });

  it('asks for schedules in a listing of their own and counts what both name once', async () => {
    const pager = await pagerOf(({ query }) => {
      const more = query.has('schedule_ids[]') ? [entry('PU2', 'PEP9')] : [];
      return { body: { oncalls: [entry('PU1', 'PEP1'), ...more], more: false } };
    });
    const entries = await pager.onCalls({ escalationPolicies: ['PEP1'], schedules: ['PS1'], since, until });
    expect(entries.map(({ responder }) => responder.id)).toEqual(['PU1', 'PU2']);
    expect(asked()).toHaveLength(2);
    expect(asked()[1]?.query.has('escalation_policy_ids[]')).toBe(false);
  });

  it('is told without an entry that cannot be read, and each such is warned of once', async () => {
    const odd = { ...entry('', 'PEP2'), user: null };
    const noSchedule = { ...odd, schedule: null };
    const oncalls = [odd, entry('PU1', 'PEP1'), odd, noSchedule, null];
    const pager = await pagerOf(() => ({ body: { oncalls, more: false } }));
    const query = { escalationPolicies: ['PEP1', 'PEP2'], schedules: [], since, until };
    await expect(pager.onCalls(query)).resolves.toMatchObject([{ responder: { id: 'PU1' } }]);
    await expect(pager.onCalls(query)).resolves.toHaveLength(1);
    const reason = expect.stringContaining('on-call entry does not fit at "user"') as string;
    expect(warnings).toEqual([
      { id: 'PS1', reason },
      { id: 'PEP2', reason },
      { id: '', reason: expect.stringContaining('on-call entry does not fit at ""') as string },
    ]);
  });

  it('fails where no entry can be read, and is empty where there is none', async () => {
    let oncalls: readonly object[] = [{ ...entry('PU1', 'PEP1'), user: null }];
    const pager = await pagerOf(() => ({ body: { oncalls, more: false } }));
    const query = { escalationPolicies: ['PEP1'], schedules: [], since, until };
    await expect(pager.onCalls(query)).rejects.toMatchObject({ code: 'invalid' });
    oncalls = [];
    await expect(pager.onCalls(query)).resolves.toEqual([]);
    expect(warnings).toEqual([]);
  });

  it('is refused without an asking where nothing is named', async () => {
    const pager = await pagerOf(() => ({ body: { oncalls: [] } }));
    const asking = pager.onCalls({ escalationPolicies: [], schedules: [], since, until });
    await expect(asking).rejects.toMatchObject({ code: 'invalid' });
    expect(asked()).toHaveLength(0);
  });
});

describe("the pager's reading", () => {
  it('lists the open incidents of every age, each once', async () => {
    const pager = await pagerOf(({ query }) => ({
      body: { incidents: [restIncident('triggered')], limit: 100, more: !query.has('offset') },
    }));
    await expect(pager.openIncidents(['PSVC1', 'PSVC2'])).resolves.toMatchObject([{ id: 'PINC1' }]);
    const query = asked()[0]?.query;
    expect(query?.getAll('statuses[]')).toEqual(['triggered', 'acknowledged']);
    expect(query?.getAll('service_ids[]')).toEqual(['PSVC1', 'PSVC2']);
    expect(query?.get('date_range')).toBe('all');
    await pager.openIncidents([]);
    expect(asked().at(-1)?.query.has('service_ids[]')).toBe(false);
  });

  it('lists the other incidents and people where one cannot be read', async () => {
    const odd = { ...restIncident('triggered', { id: 'PODD' }), incident_number: undefined };
    const body = { incidents: [odd, restIncident('triggered')], users: [{ name: 'x' }, user('PU1', 'x')] };
    const pager = await pagerOf(() => ({ body }));
    await expect(pager.openIncidents([])).resolves.toMatchObject([{ id: 'PINC1' }]);
    await expect(pager.responders()).resolves.toMatchObject([{ id: 'PU1' }]);
    expect(warnings).toMatchObject([
      { id: 'PODD', reason: expect.stringContaining('"incident_number"') as string },
      { id: '', reason: expect.stringContaining('"id"') as string },
    ]);
  });

  it('finds an incident by number, and undefined where there is none', async () => {
    const pager = await pagerOf(({ path }) =>
      path === '/incidents/42' ? { body: { incident: restIncident('resolved') } } : refusal(404, 2100),
    );
    await expect(pager.incident('42')).resolves.toMatchObject({ id: 'PINC1', number: 42 });
    await expect(pager.incident('../users')).resolves.toBeUndefined();
    expect(asked()[1]?.path).toBe('/incidents/..%2Fusers');
  });

  it('lists everybody', async () => {
    const pager = await pagerOf(({ query }) => ({
      body: { users: [user(`PU${query.get('offset') ?? '0'}`, 'x')], limit: 100, more: !query.has('offset') },
    }));
    await expect(pager.responders()).resolves.toMatchObject([{ id: 'PU0' }, { id: 'PU100' }]);
  });
});

describe("A-03, E-08: the pager's writes name the acting person", () => {
  it.each<[string, (pager: Pager) => Promise<unknown>, object]>([
    ['acknowledge', (pager) => pager.acknowledge('PINC1', acting), { status: 'acknowledged' }],
    ['resolve', (pager) => pager.resolve('PINC1', acting), { status: 'resolved' }],
    ['escalate', (pager) => pager.escalate('PINC1', 2, acting), { escalation_level: 2 }],
  ])('%s', async (_, act, change) => {
    const by = userReference('PU2', '鈴木');
    const pager = await pagerOf(() => ({ body: { incident: restIncident('acknowledged', { by }) } }));
    await expect(act(pager)).resolves.toMatchObject({ id: 'PINC1', lastChangedBy: { id: 'PU2' } });
    expect(asked()).toMatchObject([
      {
        method: 'PUT',
        path: '/incidents/PINC1',
        headers: { from: acting.from },
        body: { incident: { type: 'incident_reference', ...change } },
      },
    ]);
  });

  it('a note', async () => {
    const pager = await pagerOf(() => ({ body: { note: { id: 'PN1' } } }));
    await pager.addNote('PINC1', 'DBを再起動', acting);
    expect(asked()).toMatchObject([
      {
        method: 'POST',
        path: '/incidents/PINC1/notes',
        headers: { from: acting.from },
        body: { note: { content: 'DBを再起動' } },
      },
    ]);
  });

  it('and nobody else where there is no address: nothing is sent', async () => {
    const pager = await pagerOf(() => ({ body: { incident: restIncident('acknowledged') } }));
    await expect(pager.acknowledge('PINC1', { from: '' })).rejects.toMatchObject({ code: 'requester_unknown' });
    expect(asked()).toHaveLength(0);
  });

  it.each([
    [400, 1002, 'already_acknowledged'],
    [400, 1001, 'already_resolved'],
    [400, 1008, 'requester_unknown'],
    [404, 2100, 'not_found'],
  ] as const)('and say what %i/%i means', async (status, code, expected) => {
    const pager = await pagerOf(() => refusal(status, code));
    await expect(pager.acknowledge('PINC1', acting)).rejects.toMatchObject({ code: expected });
  });
});
