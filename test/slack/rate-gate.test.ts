/** The token bucket that keeps Slack's limits. */

import { RateGate } from '../../src/slack/rate-gate.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';

describe('a rate gate', () => {
  it('lets a burst through, then one each period', () => {
    const clock = new SimulatedClock(1_000);
    const gate = new RateGate(clock, 100, 2);
    gate.take();
    expect(gate.delay()).toBe(0);
    gate.take();
    expect(gate.delay()).toBe(100);
    clock.advance(60);
    expect(gate.delay()).toBe(40);
    clock.advance(40);
    expect(gate.delay()).toBe(0);
    gate.take();
    expect(gate.delay()).toBe(100);
  });

  it('saves no more than its burst while it rests', () => {
    const clock = new SimulatedClock(0);
    const gate = new RateGate(clock, 100, 2);
    clock.advance(10_000);
    gate.take();
    gate.take();
    expect(gate.delay()).toBe(100);
  });

  it('never lets more through than its rate, whenever it is asked', () => {
    const clock = new SimulatedClock(0);
    const gate = new RateGate(clock, 1_050, 1);
    const passed: number[] = [];
    for (let step = 0; step < 400; step++) {
      if (gate.delay() === 0) {
        gate.take();
        passed.push(clock.now());
      }
      clock.advance(37);
    }
    const gaps = passed.slice(1).map((at, index) => at - (passed[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_050 - 37);
    expect(passed.length).toBeLessThanOrEqual(1 + Math.ceil((400 * 37) / 1_050));
  });

  it('stays shut as long as Slack asked, and is not opened earlier by a shorter word', () => {
    const clock = new SimulatedClock(0);
    const gate = new RateGate(clock, 100, 1);
    gate.close(30_000);
    gate.close(1_000);
    expect(gate.delay()).toBe(30_000);
    clock.advance(30_000);
    expect(gate.delay()).toBe(0);
  });
});
