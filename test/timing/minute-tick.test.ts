/** The tick: every full minute, one at a time, until it is stopped. */

import type { Log } from '../../src/ports/log.ts';
import { cronTick } from '../../src/timing/minute-tick.ts';

const lines: (readonly [level: string, fields: object, message: string])[] = [];
const keep = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message]);
const log: Log = {
  debug: keep('debug'),
  info: keep('info'),
  warn: keep('warn'),
  error: keep('error'),
  child: () => log,
};

let stop: () => Promise<void> = async () => {};

beforeEach(() => {
  lines.length = 0;
  jest.useFakeTimers({ now: Date.parse('2026-11-24T02:10:30+09:00') });
});

afterEach(async () => {
  await stop();
  jest.useRealTimers();
});

describe('the minute tick', () => {
  it('comes at every full minute', async () => {
    const at: string[] = [];
    stop = cronTick(log)(async () => void at.push(new Date().toISOString().slice(11, 19)));
    await jest.advanceTimersByTimeAsync(29_000);
    expect(at).toEqual([]);
    await jest.advanceTimersByTimeAsync(3 * 60_000);
    expect(at).toEqual(['17:11:00', '17:12:00', '17:13:00']);
    expect(lines).toEqual([]);
  });

  it('waits for the run before it, however long that takes', async () => {
    let runs = 0;
    let most = 0;
    let running = 0;
    let finish = () => {};
    stop = cronTick(log)(async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => (finish = resolve));
      running -= 1;
    });
    await jest.advanceTimersByTimeAsync(4 * 60_000);
    expect([runs, most]).toEqual([1, 1]);
    finish();
    await jest.advanceTimersByTimeAsync(60_000);
    expect([runs, most]).toEqual([2, 1]);
    finish();
  });

  it('logs a failure with its cause and comes again', async () => {
    let runs = 0;
    stop = cronTick(log)(async () => {
      runs += 1;
      throw new Error('database is locked');
    });
    await jest.advanceTimersByTimeAsync(2 * 60_000);
    expect(runs).toBe(2);
    const error: unknown = expect.objectContaining({ message: 'database is locked' });
    expect(lines[0]).toEqual(['error', { err: error }, 'minute tick failed']);
  });

  it('does not come after it was stopped, and the stop waits for what is running', async () => {
    let runs = 0;
    let finish = () => {};
    stop = cronTick(log)(async () => {
      runs += 1;
      await new Promise<void>((resolve) => (finish = resolve));
    });
    await jest.advanceTimersByTimeAsync(60_000);
    let stopped = false;
    const stopping = stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(120_000);
    expect([runs, stopped]).toEqual([1, false]);
    finish();
    await stopping;
    await jest.advanceTimersByTimeAsync(120_000);
    expect(runs).toBe(1);
  });
});
