/** The on-call entries of an account: one for each escalation policy, level, person and contiguous shift. */
import type { Account } from './account.ts';
import { horizon, overlaps, shiftsOf, type Period } from './rosters.ts';
import type { EscalationPolicyRecord, ScheduleRecord } from './records.ts';

export interface OnCallEntry {
  readonly user: string;
  readonly schedule: string | undefined;
  readonly policy: string;
  readonly level: number;
  /** Absent for a person who is a target directly: on call permanently. */
  readonly shift: { readonly start: number; readonly end: number } | undefined;
}

/** One person's adjacent shifts in one schedule are one unit of on-call. */
function unitsOf(schedule: ScheduleRecord, period: Period): { user: string; start: number; end: number }[] {
  const units: { user: string; start: number; end: number }[] = [];
  for (const { user, start, end } of shiftsOf(schedule, period)) {
    const before = units.findLast((unit) => unit.user === user && unit.end >= start);
    if (before) before.end = Math.max(before.end, end);
    else units.push({ user, start, end });
  }
  return units;
}

export function onCallEntries(account: Account, period: Period): OnCallEntry[] {
  const latest = account.now() + horizon;
  const entries: OnCallEntry[] = [];
  for (const policy of account.policies.values()) {
    policy.levels.forEach(({ targets }, index) => {
      const base = { policy: policy.id, level: index + 1 };
      for (const target of targets) {
        if ('user' in target) {
          entries.push({ ...base, user: target.user, schedule: undefined, shift: undefined });
          continue;
        }
        const schedule = account.schedule(target.schedule);
        for (const { user, start, end } of unitsOf(schedule, period)) {
          if (start >= latest || !overlaps({ start, end }, period)) continue;
          entries.push({ ...base, user, schedule: schedule.id, shift: { start, end: Math.min(end, latest) } });
        }
      }
    });
  }
  return entries;
}

/** The people on call now at one level (from 1) of a policy, without repeats. */
export function onCallAt(account: Account, policy: EscalationPolicyRecord, level: number): string[] {
  const now = account.now();
  const targets = policy.levels[level - 1]?.targets ?? [];
  const users = targets.flatMap((target) => {
    if ('user' in target) return [target.user];
    return unitsOf(account.schedule(target.schedule), { since: now, until: now }).map((unit) => unit.user);
  });
  return [...new Set(users)];
}
