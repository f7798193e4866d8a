/** Names this process as the owner of outbox rows, and tells whether another owner is still alive. */

import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** The owners that this very process is. */
const atWork = new Set<string>();

export function ownerName(): string {
  const name = `${hostname()}/${process.pid}/${randomBytes(6).toString('hex')}`;
  atWork.add(name);
  return name;
}

/** `owner` does nothing any more, though its process may go on. */
export function retire(owner: string): void {
  atWork.delete(owner);
}

/** True where `owner` was a process of this machine that has ended; a process elsewhere is given its lease. */
export function isDead(owner: string, self: string): boolean {
  if (owner === self) return false;
  const [host, pid] = owner.split('/');
  const [ownHost, ownPid] = self.split('/');
  if (host !== ownHost) return false;
  // In a container every process may have the same number: then the random part tells that it was an earlier one.
  if (pid === ownPid) return !atWork.has(owner);
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
