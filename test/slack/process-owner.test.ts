/** Whether the owner of an outbox row can still be at work. */

import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { isDead, ownerName, retire } from '../../src/slack/process-owner.ts';

describe('an owner of outbox rows', () => {
  const self = ownerName();

  it('is alive where it is ourselves, or another one of this process', () => {
    const other = ownerName();
    expect(isDead(self, self)).toBe(false);
    expect(isDead(other, self)).toBe(false);
    retire(other);
    expect(isDead(other, self)).toBe(true);
  });

  it('is dead where an earlier process had our number, as in a container', () => {
    expect(isDead(`${hostname()}/${process.pid}/0123456789ab`, self)).toBe(true);
  });

  it('is dead where its process has ended, and alive where it runs', () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    expect(isDead(`${hostname()}/${pid}/0123456789ab`, self)).toBe(true);
    expect(isDead(`${hostname()}/${process.ppid}/0123456789ab`, self)).toBe(false);
  });

  it('is given its lease where it is on another machine', () => {
    expect(isDead(`elsewhere/${process.pid}/0123456789ab`, self)).toBe(false);
  });
});
