/** What the bot asks of PagerDuty against PagerDuty's own description: paths, query names, bodies, From. */

import { createPagerInsight } from '../../src/pagerduty/insight.ts';
import { createPager } from '../../src/pagerduty/pager.ts';
import { createPagerSchedules } from '../../src/pagerduty/schedules.ts';
import { createPagerProbe } from '../../src/pagerduty/probe.ts';
import type { PagerDutyClient, RequestOptions } from '../../src/pagerduty/client.ts';
import { PagerError } from '../../src/ports/pager.ts';
import type { Pager } from '../../src/ports/pager.ts';
import type { PagerSchedules } from '../../src/ports/pager-schedules.ts';
import type { PagerInsight } from '../../src/ports/pager-insight.ts';
import { systemClock } from '../../src/ports/clock.ts';
import { src } from '../house/support/sources.ts';
import { document } from './support/documents.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly query: readonly string[];
  readonly requiredQuery: readonly string[];
  readonly includes: readonly string[];
  readonly requiredHeaders: readonly string[];
  readonly requiredBody: readonly string[];
}

interface Call extends RequestOptions {
  readonly method: string;
  readonly path: string;
}

const { operations } = JSON.parse(document('test/contracts/pagerduty.json')) as { operations: readonly Operation[] };

const operationOf = (method: string, path: string): Operation | undefined =>
  operations.find((one) => {
    const pattern = new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return one.method === method && pattern.test(path);
  });

/** Whether `incident.type` stands in a body. */
function has(body: unknown, key: string): boolean {
  return key.split('.').every((step) => {
    if (typeof body !== 'object' || body === null || !(step in body)) return false;
    body = (body as Readonly<Record<string, unknown>>)[step];
    return true;
  });
}

/** What is wrong with a call by PagerDuty's description. */
function faultsOf({ method, path, query = {}, body, from }: Call): readonly string[] {
  const operation = operationOf(method, path);
  if (!operation) return [`${method} ${path}: there is no such operation`];
  const faults: string[] = [];
  const paged = ['limit', 'offset', 'cursor'];
  for (const name of Object.keys(query)) {
    if (![...operation.query, ...paged].includes(name)) faults.push(`${method} ${path}: unknown query ${name}`);
  }
  for (const name of operation.requiredQuery) {
    if (!(name in query)) faults.push(`${method} ${path}: without query ${name}`);
  }
  for (const include of [query['include[]'] ?? []].flat()) {
    if (!operation.includes.includes(include)) faults.push(`${method} ${path}: unknown include ${include}`);
  }
  // Overrides ask for no From; who acts is told all the same.
  const needsFrom = operation.requiredHeaders.includes('From');
  if (needsFrom !== (from !== undefined) && !(from && path.includes('/overrides')))
    faults.push(`${method} ${path}: From`);
  for (const key of operation.requiredBody) {
    if (!has(body, key)) faults.push(`${method} ${path}: without ${key} in the body`);
  }
  return faults;
}

const acting = { from: 'sato@corp.example' };
/** Every method of the port is called once or more. */
const USES: { readonly [M in keyof Pager]: (pager: Pager) => Promise<unknown> } = {
  onCalls: (pager) => pager.onCalls({ escalationPolicies: ['PPOL1'], schedules: ['PSCH1'], since: 0, until: 1 }),
  responders: (pager) => pager.responders(),
  openIncidents: (pager) => pager.openIncidents(['PSVC1']),
  endedIncidents: (pager) => pager.endedIncidents(['PSVC1'], 0),
  incident: (pager) => pager.incident('PINC1'),
  acknowledge: (pager) => pager.acknowledge('PINC1', acting),
  resolve: (pager) => pager.resolve('PINC1', acting),
  escalate: (pager) => pager.escalate('PINC1', 2, acting),
  open: (pager) => pager.open({ title: 't', service: 'PSVC1', key: 'k', details: 'd', urgency: 'high' }, acting),
  openByKey: (pager) => pager.openByKey('PSVC1', 'k'),
  lastAssignment: (pager) => pager.lastAssignment('PINC1'),
  notes: (pager) => pager.notes('PINC1'),
  reassign: (pager) => pager.reassign('PINC1', ['PUSER1'], acting),
  snooze: (pager) => pager.snooze('PINC1', 3600, acting),
  requestResponders: (pager) =>
    pager.requestResponders('PINC1', { requesterId: 'PUSER1', responderIds: ['PUSER2'], message: 'help' }),
  addNote: (pager) => pager.addNote('PINC1', 'text', acting),
};

/** And of the port that knows what is around an alert. */
const INSIGHTS: { readonly [M in keyof PagerInsight]: (insight: PagerInsight) => Promise<unknown> } = {
  changes: async (insight) => {
    await insight.changes({ since: 0, until: 1 });
    await insight.changes({ since: 0, until: 1, service: 'PSVC1' });
  },
  pastIncidents: (insight) => insight.pastIncidents('PINC1'),
};

const SCHEDULE_USES: { readonly [M in keyof PagerSchedules]: (schedules: PagerSchedules) => Promise<unknown> } = {
  policies: (schedules) => schedules.policies(),
  rendered: (schedules) => schedules.rendered('PSCH1', 0, 1),
  override: async (schedules) => {
    const source = { rotation_id: 'PROT1' };
    const shifts = [{ responderId: 'PUSER1', start: 0, end: 9, source }];
    const [from, to] = [
      { id: 'PUSER1', name: 'a' },
      { id: 'PUSER2', name: 'b' },
    ];
    const change = { scheduleId: 'PSCH1', from, to, start: 0, end: 9 };
    for (const kind of ['layers', 'shifts'] as const) {
      await schedules.override({ id: 'PSCH1', kind, shifts }, [change], acting).catch(() => {});
    }
  },
  standing: async (schedules) => {
    const person = { id: 'PUSER1', name: 'a' };
    const change = { scheduleId: 'PSCH1', from: person, to: person, start: 0, end: 9 };
    for (const kind of ['layers', 'shifts'] as const) {
      await schedules.standing({ id: 'PSCH1', kind, shifts: [] }, change).catch(() => {});
    }
  },
  removeOverride: async (schedules) => {
    for (const schedule of ['layers', 'shifts'] as const) {
      await schedules.removeOverride('PSCH1', { id: 'POVER1', schedule }, acting);
    }
  },
};

async function callsOf(use: (client: PagerDutyClient) => Promise<unknown>): Promise<readonly Call[]> {
  const calls: Call[] = [];
  const client: PagerDutyClient = {
    request: async (method, path, options = {}) => void calls.push({ ...options, method, path }),
    pages: async (path, _key, query = {}) => {
      calls.push({ method: 'GET', path, query });
      return [];
    },
  };
  // The answers are empty, so a mapping may refuse them: the calls are what counts here.
  await use(client).catch(() => {});
  return calls;
}

describe('what PagerDuty is asked', () => {
  it.each([
    ...Object.entries(USES).map(
      ([name, use]) => [name, (client: PagerDutyClient) => use(createPager(client))] as const,
    ),
    ...Object.entries(SCHEDULE_USES).map(
      ([name, use]) => [name, (client: PagerDutyClient) => use(createPagerSchedules(client))] as const,
    ),
    ...Object.entries(INSIGHTS).map(
      ([name, use]) => [name, (client: PagerDutyClient) => use(createPagerInsight(client, systemClock))] as const,
    ),
  ])('%s fits its description', async (_name, use) => {
    const calls = await callsOf(use);
    expect(calls).not.toEqual([]);
    expect(calls.flatMap(faultsOf)).toEqual([]);
  });

  it('by the doctor fits its description, and is read only', async () => {
    const calls: Call[] = [];
    const client: PagerDutyClient = {
      request: async (method, path, options = {}) => {
        calls.push({ ...options, method, path });
        // A schedule is looked for in both worlds.
        throw new PagerError('not_found', 'none');
      },
      pages: async () => [],
    };
    const probe = createPagerProbe(client, createPager(client));
    await Promise.all([probe.abilities(), probe.schedule('PSCH1'), probe.policy('PPOL1'), probe.service('PSVC1')]);
    expect(calls.map(({ path }) => path)).toEqual(expect.arrayContaining(['/abilities', '/v3/schedules/PSCH1']));
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(calls.flatMap(faultsOf)).toEqual([]);
  });

  it('is all of it seen here', () => {
    const client = { request: async () => undefined, pages: async () => [] };
    expect(Object.keys(createPager(client)).toSorted()).toEqual(Object.keys(USES).toSorted());
    expect(Object.keys(createPagerSchedules(client)).toSorted()).toEqual(Object.keys(SCHEDULE_USES).toSorted());
    expect(Object.keys(createPagerInsight(client, systemClock)).toSorted()).toEqual(Object.keys(INSIGHTS).toSorted());
    const asking = Object.entries(src()).filter(([, text]) => /\.(?:request|pages)\(\s*['"`]/.test(text));
    expect(asking.map(([path]) => path).filter((path) => !path.startsWith('simulator/'))).toEqual([
      'pagerduty/insight.ts',
      'pagerduty/pager.ts',
      'pagerduty/probe.ts',
      'pagerduty/schedules.ts',
    ]);
  });

  it('is found wrong', () => {
    expect(faultsOf({ method: 'GET', path: '/on_calls' })).toHaveLength(1);
    expect(faultsOf({ method: 'GET', path: '/oncalls', query: { when: 'now', 'include[]': ['dogs'] } })).toHaveLength(
      2,
    );
    expect(faultsOf({ method: 'PUT', path: '/incidents/P1', body: { incident: { type: 'x' } } })).toEqual([
      'PUT /incidents/P1: From',
    ]);
    expect(faultsOf({ method: 'POST', path: '/incidents/P1/notes', body: {}, from: 'a@b.example' })).not.toEqual([]);
  });
});
