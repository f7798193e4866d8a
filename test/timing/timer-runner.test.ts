/** Durable timers: once each, moved, cancelled, after a restart, by one of two processes. */

import { silentLog } from '../../src/ports/log.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { createTimerStore } from '../../src/store/timer-store.ts';
import { createTimerRunner } from '../../src/timing/timer-runner.ts';
import type { TimerRunner } from '../../src/timing/timer-runner.ts';

describe('a durable timer', () => {
  let db: Database;
  let clock: SimulatedClock;
  let ran: string[];
  const runners: TimerRunner[] = [];

  const runner = (owner: string, run?: (key: string) => Promise<void>): TimerRunner => {
    const made = createTimerRunner({ store: createTimerStore(db), clock, log: silentLog, owner });
    made.on('bell', async ({ key, payload }) => {
      await run?.(key);
      ran.push(`${owner} ${key} ${payload}`);
    });
    runners.push(made);
    return made;
  };
  const bell = (key: string, dueAt: number, payload = '') => ({ key, kind: 'bell', dueAt, payload });
  /** Lets the database's answers come in. */
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const move = async (milliseconds: number) => {
    await settle();
    clock.advance(milliseconds);
    await settle();
  };

  beforeEach(async () => {
    db = await openDatabase('file::memory:');
    clock = new SimulatedClock(1_000_000);
    ran = [];
  });

  afterEach(async () => {
    await Promise.all(runners.splice(0).map((one) => one.stop()));
    await db.destroy();
  });

  it('A-04 runs when it is due, once, and not before', async () => {
    const timers = runner('a');
    timers.start();
    await timers.set(bell('x', 1_060_000, 'ding'));
    await move(59_000);
    expect(ran).toEqual([]);
    await move(1_000);
    expect(ran).toEqual(['a x ding']);
    await move(600_000);
    expect(ran).toHaveLength(1);
  });

  it('A-04 is not late because another one takes its time', async () => {
    let finish = (): void => {};
    const slow = new Promise<void>((resolve) => (finish = resolve));
    const timers = runner('a', (key) => (key === 'slow' ? slow : Promise.resolve()));
    timers.start();
    await timers.set(bell('slow', 1_010_000));
    await timers.set(bell('quick', 1_020_000));
    await move(10_000);
    await move(10_000);
    expect(ran).toEqual(['a quick ']);
    // It outlives its lease, and is not begun again.
    await move(120_000);
    finish();
    await settle();
    expect(ran).toEqual(['a quick ', 'a slow ']);
    await move(120_000);
    expect(ran).toHaveLength(2);
  });

  it('A-04 is moved, and cancelled by its key or by the beginning of it', async () => {
    const timers = runner('a');
    timers.start();
    for (const key of ['alert:1:a', 'alert:1:b', 'alert:10:a', 'one']) await timers.set(bell(key, 1_010_000));
    await timers.set(bell('alert:10:a', 1_030_000));
    await timers.cancelAll('alert:1:');
    await timers.cancel('one');
    await move(20_000);
    expect(ran).toEqual([]);
    await move(10_000);
    expect(ran).toEqual(['a alert:10:a ']);
  });

  it('O-04 that came due while nobody ran is made good at the next start', async () => {
    await createTimerStore(db).set(bell('x', 1_005_000));
    clock.advance(3_600_000);
    runner('b').start();
    await move(0);
    expect(ran).toEqual(['b x ']);
  });

  it('O-04 that failed is run again, and one that sets itself anew stays', async () => {
    let tries = 0;
    const timers = runner('a', async (key) => {
      tries += 1;
      if (tries === 1) throw new Error('out of order');
      if (tries === 2) await timers.set(bell(key, clock.now() + 30_000, 'again'));
    });
    timers.start();
    await timers.set(bell('x', 1_001_000));
    await move(1_000);
    expect(ran).toEqual([]);
    await move(15_000);
    expect(ran).toEqual(['a x ']);
    await move(30_000);
    expect(ran).toEqual(['a x ', 'a x again']);
  });

  it('O-04 that is set anew and due before the running one ends still runs', async () => {
    let first = true;
    let go = (): void => {};
    const timers = runner('a', async () => {
      if (!first) return;
      first = false;
      await new Promise<void>((resolve) => (go = resolve));
    });
    timers.start();
    await timers.set(bell('x', 1_001_000, 'one'));
    await move(1_000);
    await timers.set(bell('x', 1_002_000, 'two'));
    await move(1_000);
    go();
    await move(0);
    await move(60_000);
    expect(ran).toEqual(['a x one', 'a x two']);
  });

  it('O-04 is run by one of two processes', async () => {
    const [a, b] = [runner('a'), runner('b')];
    a.start();
    b.start();
    for (const key of ['1', '2', '3', '4']) await a.set(bell(key, 1_060_000));
    await move(60_000);
    await move(60_000);
    expect(ran.map((line) => line.split(' ')[1] ?? '').toSorted((a, b) => a.localeCompare(b))).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });
});
