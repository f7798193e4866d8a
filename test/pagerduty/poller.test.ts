import type { PagerIncident } from '../../src/domain/pager-incident.ts';
import { incidentFromRest } from '../../src/pagerduty/mapping.ts';
import { createPoller } from '../../src/pagerduty/poller.ts';
import { silentLog, type Log } from '../../src/ports/log.ts';
import { PagerError } from '../../src/ports/pager.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { restIncident, userReference } from './support/bodies.ts';

const everyMs = 30_000;

/** A PagerDuty and a bot's memory in two maps, and a poller between them. */
function setUp() {
  const clock = new SimulatedClock(Date.parse('2026-11-22T01:00:00Z'));
  const account = new Map<string, PagerIncident>();
  const known = new Map<string, PagerIncident>();
  const seen: string[] = [];
  const logged: string[] = [];
  const asked: string[] = [];
  const hooks: { beforeList?: () => void | Promise<void>; onSeen?: (incident: PagerIncident) => void } = {};
  const note = (level: string) => (_: object, message: string) => void logged.push(`${level}: ${message}`);
  const log: Log = { ...silentLog, info: note('info'), warn: note('warn'), error: note('error'), child: () => log };
  const poller = createPoller({
    clock,
    log,
    everyMs,
    services: ['PSVC1'],
    pager: {
      openIncidents: async (services) => {
        asked.push(`list ${services.join()}`);
        const open = [...account.values()].filter(({ status }) => status !== 'resolved');
        await hooks.beforeList?.();
        return open;
      },
      incident: (id) => {
        asked.push(`get ${id}`);
        return Promise.resolve(account.get(id));
      },
    },
    knownOpen: () => Promise.resolve([...known.values()].filter(({ status }) => status !== 'resolved')),
    seen: (incident, source) => {
      hooks.onSeen?.(incident);
      seen.push(`${incident.id} ${incident.status} ${source}`);
      known.set(incident.id, incident);
      return Promise.resolve();
    },
  });
  const put = (...[status, options]: Parameters<typeof restIncident>) => {
    const incident = incidentFromRest(restIncident(status, options));
    account.set(incident.id, incident);
    return incident;
  };
  return { clock, account, known, seen, logged, asked, hooks, poller, put };
}

describe('the poller', () => {
  it('passes what is new, then only what changed, then what was resolved', async () => {
    const { poller, put, seen, asked } = setUp();
    put('triggered', { id: 'A' });
    put('triggered', { id: 'B' });
    await poller.now();
    expect(seen.splice(0)).toEqual(['A triggered poll', 'B triggered poll']);
    await poller.now();
    expect(seen).toEqual([]);
    put('triggered', { id: 'A', assignees: [userReference('PU9', '林')] });
    put('acknowledged', { id: 'B', at: '2026-11-22T01:03:00Z', by: userReference('PU1', '佐藤') });
    await poller.now();
    expect(seen.splice(0)).toEqual(['A triggered poll', 'B acknowledged poll']);
    put('triggered', { id: 'A', assignees: [userReference('PU9', '林')], updatedAt: '2026-11-22T01:04:00Z' });
    await poller.now();
    expect(seen.splice(0)).toEqual(['A triggered poll']);
    put('resolved', { id: 'A', at: '2026-11-22T01:05:00Z' });
    asked.length = 0;
    await poller.now();
    expect(seen).toEqual(['A resolved poll']);
    expect(asked).toEqual(['list PSVC1', 'get A']);
  });

  it('warns once of an incident that PagerDuty no longer knows', async () => {
    const { poller, put, account, logged, seen } = setUp();
    put('triggered', { id: 'A' });
    await poller.now();
    account.clear();
    await poller.now();
    await poller.now();
    expect(logged).toEqual(['warn: PagerDuty no longer knew an incident that was open']);
    expect(seen).toHaveLength(1);
  });

  it('leaves to the next round what a webhook touched during the listing', async () => {
    const { poller, put, known, seen, hooks } = setUp();
    put('triggered', { id: 'A' });
    await poller.now();
    hooks.beforeList = () => {
      delete hooks.beforeList;
      known.set('A', put('acknowledged', { id: 'A', at: '2026-11-22T01:03:00Z' }));
      known.set('B', put('triggered', { id: 'B' }));
    };
    await poller.now();
    await poller.now();
    expect(seen).toEqual(['A triggered poll']);
  });

  it('runs one round at a time, and many calls during one share the next', async () => {
    const { poller, asked, hooks } = setUp();
    let release = () => {};
    hooks.beforeList = () => new Promise<void>((resolve) => (release = resolve));
    const first = poller.now();
    const rest = [poller.now(), poller.now(), poller.now()];
    await settle();
    expect(asked).toHaveLength(1);
    delete hooks.beforeList;
    release();
    await Promise.all([first, ...rest]);
    expect(asked).toHaveLength(2);
  });

  it('logs an outage once and its end once, and keeps going', async () => {
    const { poller, clock, logged, hooks, asked, put, seen } = setUp();
    put('triggered', { id: 'A' });
    hooks.beforeList = () => Promise.reject(new PagerError('unavailable', 'down'));
    poller.start();
    await settle();
    for (let round = 0; round < 3; round += 1) {
      clock.advance(everyMs);
      await settle();
    }
    expect(asked).toHaveLength(4);
    expect(logged.splice(0)).toEqual(['error: PagerDuty polling failed']);
    delete hooks.beforeList;
    clock.advance(everyMs);
    await settle();
    expect(logged).toEqual(['info: PagerDuty polling recovered']);
    expect(seen).toEqual(['A triggered poll']);
    await poller.stop();
  });

  it('passes the others where one cannot be taken in, and tries that one again', async () => {
    const { poller, put, hooks, seen } = setUp();
    put('triggered', { id: 'A' });
    put('triggered', { id: 'B' });
    hooks.onSeen = ({ id }) => {
      if (id === 'A') throw new Error('no room');
    };
    await poller.now();
    expect(seen).toEqual(['B triggered poll']);
    delete hooks.onSeen;
    await poller.now();
    expect(seen).toEqual(['B triggered poll', 'A triggered poll']);
  });

  it('asks nothing more after stop, which waits for the running round', async () => {
    const { poller, clock, asked, hooks, put, seen } = setUp();
    put('triggered', { id: 'A' });
    let release = () => {};
    hooks.beforeList = () => new Promise<void>((resolve) => (release = resolve));
    poller.start();
    await settle();
    const stopped = poller.stop();
    release();
    await stopped;
    expect(seen).toEqual(['A triggered poll']);
    clock.advance(10 * everyMs);
    await poller.now();
    await settle();
    expect(asked).toHaveLength(1);
  });
});

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
