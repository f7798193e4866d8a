/** Escalation: whom each level of a policy calls, and what happens when nobody acknowledges in time. */
import type { Account } from './account.ts';
import { agentName, log, report, setStatus, userNames, type Channel } from './incident-journal.ts';
import { onCallAt } from './oncall-entries.ts';
import type { Agent, IncidentRecord } from './records.ts';

const minute = 60_000;

export function stopTimer(incident: IncidentRecord): void {
  incident.cancelTimer?.();
  incident.cancelTimer = undefined;
}

function notify(account: Account, incident: IncidentRecord, users: readonly string[]): void {
  for (const user of users) {
    const address = account.user(user).email;
    log(account, incident, 'notify', {
      agent: { service: incident.service },
      channel: { type: 'auto', notification: { type: 'push_notification', address, status: 'success' } },
      summary: `Notified ${account.user(user).name} by push notification`,
      users: [user],
    });
  }
}

/** The first level from `from` on where somebody is on call; levels with nobody are passed over. */
export function levelOnCall(
  account: Account,
  policyId: string,
  from: number,
): { level: number; users: string[] } | undefined {
  const policy = account.policy(policyId);
  for (let level = from; level <= policy.levels.length; level++) {
    const users = onCallAt(account, policy, level);
    if (users.length > 0) return { level, users };
  }
  return undefined;
}

export function assign(
  account: Account,
  incident: IncidentRecord,
  users: readonly string[],
  via: IncidentRecord['assignedVia'],
): void {
  incident.assignments = users.map((user) => ({ user, at: account.now() }));
  incident.assignedVia = via;
  incident.acknowledgements = [];
}

/** Waits for the timeout of the present level. A low urgency does not escalate, nor does a direct assignment. */
export function watch(account: Account, incident: IncidentRecord): void {
  stopTimer(incident);
  if (incident.status !== 'triggered' || incident.urgency === 'low') return;
  if (incident.assignedVia !== 'escalation_policy') return;
  const timeout = account.policy(incident.policy).levels[incident.level - 1]?.timeoutMinutes;
  if (timeout === undefined) return;
  incident.cancelTimer = account.clock.setTimer(timeout * minute, () => timedOut(account, incident));
}

function timedOut(account: Account, incident: IncidentRecord): void {
  incident.cancelTimer = undefined;
  const agent: Agent = { service: incident.service };
  const next = levelOnCall(account, incident.policy, incident.level + 1);
  if (next) return moveTo(account, incident, next, agent, 'timeout');
  const again = incident.loop < account.policy(incident.policy).repeat;
  const first = again ? levelOnCall(account, incident.policy, 1) : undefined;
  if (!first) {
    log(account, incident, 'exhaust_escalation_path', {
      agent,
      channel: 'timeout',
      summary: 'Escalation path exhausted: nobody acknowledged',
    });
    return;
  }
  incident.loop += 1;
  log(account, incident, 'repeat_escalation_path', {
    agent,
    channel: 'timeout',
    summary: `Escalation policy repeats from level ${first.level}`,
  });
  moveTo(account, incident, first, agent, 'timeout');
}

/** Hands the incident to the people of a level: it is triggered for them, whoever had acknowledged before. */
export function moveTo(
  account: Account,
  incident: IncidentRecord,
  to: { readonly level: number; readonly users: readonly string[] },
  agent: Agent,
  channel: Channel,
): void {
  incident.level = to.level;
  if (incident.status !== 'triggered') setStatus(account, incident, 'triggered', agent);
  incident.snoozedUntil = undefined;
  assign(account, incident, to.users, 'escalation_policy');
  log(account, incident, 'escalate', {
    agent,
    channel,
    summary:
      channel === 'timeout'
        ? `Escalated to ${userNames(account, to.users)} through timeout`
        : `Escalated to ${userNames(account, to.users)} by ${agentName(account, agent)}`,
    users: to.users,
  });
  notify(account, incident, to.users);
  report(account, incident, 'incident.escalated', agent);
  watch(account, incident);
}

/** (Re)starts at the first level on call: a new, reopened or unacknowledged incident, or one with a new policy. */
export function callFirstLevel(account: Account, incident: IncidentRecord): void {
  const first = levelOnCall(account, incident.policy, 1);
  incident.level = first?.level ?? 1;
  incident.loop = 0;
  assign(account, incident, first?.users ?? [], 'escalation_policy');
  announceAssignment(account, incident, { service: incident.service }, 'auto');
  watch(account, incident);
}

export function announceAssignment(account: Account, incident: IncidentRecord, agent: Agent, channel: Channel): void {
  const users = incident.assignments.map((assignment) => assignment.user);
  if (users.length === 0) return;
  log(account, incident, 'assign', {
    agent,
    channel,
    summary: `Assigned to ${userNames(account, users)}`,
    users,
  });
  if (incident.status === 'triggered') notify(account, incident, users);
}
