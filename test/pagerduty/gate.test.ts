import { createGate, type Urgency } from '../../src/pagerduty/gate.ts';

describe('the gate', () => {
  it('lets two in at once, and a click before reads that wait longer', async () => {
    const gate = createGate(2);
    const order: string[] = [];
    const finish = new Map<string, () => void>();
    const enter = (name: string, urgency: Urgency) =>
      gate.run(urgency, () => {
        order.push(name);
        return new Promise<void>((resolve) => finish.set(name, resolve));
      });
    const all = [enter('read 1', 'background'), enter('read 2', 'background'), enter('read 3', 'background')];
    all.push(enter('click', 'interactive'));
    await settle();
    expect(order).toEqual(['read 1', 'read 2']);
    finish.get('read 2')?.();
    await settle();
    expect(order).toEqual(['read 1', 'read 2', 'click']);
    finish.get('click')?.();
    await settle();
    expect(order).toEqual(['read 1', 'read 2', 'click', 'read 3']);
    finish.get('read 1')?.();
    finish.get('read 3')?.();
    await Promise.all(all);
  });

  it('frees the place of a task that fails', async () => {
    const gate = createGate(1);
    await expect(gate.run('background', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate.run('background', () => Promise.resolve('in'))).resolves.toBe('in');
  });
});

const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
