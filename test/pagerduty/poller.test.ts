import { PagerError } from '../../src/ports/pager.ts';
import { userReference } from './support/bodies.ts';
import { everyMs, setUp } from './support/poller-scene.ts';

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

  it('asks at most once an hour for an incident that PagerDuty no longer knows', async () => {
    const { poller, put, account, clock, asked, seen } = setUp();
    put('triggered', { id: 'A' });
    await poller.now();
    account.clear();
    const gets = async (rounds: number, stepMs: number) => {
      asked.length = 0;
      for (let count = 0; count < rounds; count += 1) {
        clock.advance(stepMs);
        await poller.now();
      }
      return asked.filter((one) => one === 'get A').length;
    };
    await expect(gets(120, everyMs)).resolves.toBe(1);
    await expect(gets(1, everyMs)).resolves.toBe(1);
    await expect(gets(119, everyMs)).resolves.toBe(0);
    // Found again in the listing, it is asked for at once when it next leaves it.
    put('triggered', { id: 'A' });
    await expect(gets(1, 0)).resolves.toBe(0);
    put('resolved', { id: 'A', at: '2026-11-22T01:05:00Z' });
    await expect(gets(1, 0)).resolves.toBe(1);
    expect(seen).toEqual(['A triggered poll', 'A resolved poll']);
  });

  it('passes the others where one that left the listing cannot be read, and warns once', async () => {
    const { poller, put, logged, seen, faults } = setUp();
    put('triggered', { id: 'A' });
    put('triggered', { id: 'B' });
    await poller.now();
    seen.length = 0;
    faults.set('A', new PagerError('invalid', 'no number'));
    put('resolved', { id: 'A', at: '2026-11-22T01:05:00Z' });
    put('resolved', { id: 'B', at: '2026-11-22T01:05:00Z' });
    await poller.now();
    await poller.now();
    expect(seen.splice(0)).toEqual(['B resolved poll']);
    expect(logged).toEqual(['warn: an open incident could not be read']);
    faults.clear();
    await poller.now();
    expect(seen).toEqual(['A resolved poll']);
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
