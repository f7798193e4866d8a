/** What people and monitoring do to an incident: acknowledge, resolve, reassign, escalate, reopen, snooze, merge. */
import type { Account } from './account.ts';
import { incidentRefusal } from './api-error.ts';
import { announceAssignment, assign, callFirstLevel, levelOnCall, moveTo, stopTimer, watch } from './escalation.ts';
import { agentName, log, report, setStatus, userNames, type Channel } from './incident-journal.ts';
import type { Agent, IncidentRecord } from './records.ts';

/** Who acts, and by which way. */
export interface Hand {
  readonly agent: Agent;
  readonly channel: Channel;
}

export function acknowledge(account: Account, incident: IncidentRecord, user: string, channel: Channel): void {
  if (incident.status === 'resolved') reopen(account, incident, { agent: { user }, channel });
  if (incident.acknowledgements.some((one) => one.user === user)) throw incidentRefusal(1002);
  stopTimer(incident);
  const agent = { user };
  setStatus(account, incident, 'acknowledged', agent);
  incident.acknowledgements.push({ user, at: account.now() });
  // Whoever acknowledges has it: the others of the level are let go.
  incident.assignments = incident.acknowledgements.map((one) => ({ ...one }));
  log(account, incident, 'acknowledge', {
    agent,
    channel,
    summary: `Acknowledged by ${agentName(account, agent)}`,
  });
  report(account, incident, 'incident.acknowledged', agent);
}

export function resolve(account: Account, incident: IncidentRecord, { agent, channel }: Hand): void {
  if (incident.status === 'resolved') throw incidentRefusal(1001);
  stopTimer(incident);
  setStatus(account, incident, 'resolved', agent);
  incident.resolvedAt = account.now();
  incident.assignments = [];
  incident.acknowledgements = [];
  incident.snoozedUntil = undefined;
  for (const alert of incident.alerts) alert.status = 'resolved';
  log(account, incident, 'resolve', {
    agent: agent ?? { service: incident.service },
    channel,
    summary: agent ? `Resolved by ${agentName(account, agent)}` : 'Resolved through the API',
  });
  report(account, incident, 'incident.resolved', agent);
}

/** Back to triggered: from resolved it is reopened, from acknowledged it is unacknowledged. */
export function reopen(account: Account, incident: IncidentRecord, { agent, channel }: Hand): void {
  if (incident.status === 'triggered') return;
  const resolved = incident.status === 'resolved';
  setStatus(account, incident, 'triggered', agent);
  incident.resolvedAt = undefined;
  incident.mergedInto = undefined;
  incident.snoozedUntil = undefined;
  if (resolved) incident.reopenedAt = account.now();
  log(account, incident, 'unacknowledge', {
    agent,
    channel,
    summary: `${resolved ? 'Reopened' : 'Unacknowledged'} by ${agentName(account, agent)}`,
  });
  callFirstLevel(account, incident);
  report(account, incident, resolved ? 'incident.reopened' : 'incident.unacknowledged', agent);
}

export function reassign(account: Account, incident: IncidentRecord, users: readonly string[], hand: Hand): void {
  if (incident.status === 'resolved') throw incidentRefusal(1001);
  if (incident.status !== 'triggered') setStatus(account, incident, 'triggered', hand.agent);
  incident.snoozedUntil = undefined;
  assign(account, incident, users, 'direct_assignment');
  announceAssignment(account, incident, hand.agent, hand.channel);
  report(account, incident, 'incident.reassigned', hand.agent);
  watch(account, incident);
}

export function escalate(account: Account, incident: IncidentRecord, level: number, hand: Hand): void {
  if (incident.status === 'resolved') throw incidentRefusal(1001);
  if (level < 1 || level > account.policy(incident.policy).levels.length) throw incidentRefusal(1006);
  const to = levelOnCall(account, incident.policy, level);
  if (!to) throw incidentRefusal(1015);
  moveTo(account, incident, to, hand.agent, hand.channel);
}

/** Hands the incident to another escalation policy, which starts from its first level. */
export function delegate(account: Account, incident: IncidentRecord, policy: string, hand: Hand): void {
  if (incident.status === 'resolved') throw incidentRefusal(1001);
  if (!levelOnCall(account, policy, 1)) throw incidentRefusal(1015);
  incident.policy = policy;
  if (incident.status !== 'triggered') setStatus(account, incident, 'triggered', hand.agent);
  callFirstLevel(account, incident);
  const users = incident.assignments.map((one) => one.user);
  log(account, incident, 'delegate', {
    ...hand,
    summary: `Delegated to ${account.policy(policy).name} (${userNames(account, users)})`,
    users,
  });
  report(account, incident, 'incident.delegated', hand.agent);
}

/** Keeps an acknowledged incident quiet for a while; then it is triggered again. */
export function snooze(account: Account, incident: IncidentRecord, seconds: number, hand: Hand): void {
  if (incident.status !== 'acknowledged') throw incidentRefusal(1012);
  stopTimer(incident);
  const until = account.now() + seconds * 1000;
  incident.snoozedUntil = until;
  log(account, incident, 'snooze', {
    ...hand,
    summary: `Snoozed by ${agentName(account, hand.agent)}`,
    extra: { duration: seconds },
  });
  incident.cancelTimer = account.clock.setTimer(seconds * 1000, () => {
    incident.cancelTimer = undefined;
    reopen(account, incident, { agent: undefined, channel: 'timeout' });
  });
}

/** Resolves the sources into the target, which takes over their alerts. */
export function merge(
  account: Account,
  target: IncidentRecord,
  sources: readonly IncidentRecord[],
  { agent, channel }: Hand,
): void {
  if (target.status === 'resolved') throw incidentRefusal(1001);
  for (const source of sources) {
    if (source.mergedInto !== undefined) throw incidentRefusal(1019);
  }
  for (const source of sources) {
    target.alerts.push(...source.alerts);
    source.alerts = [];
    source.mergedInto = target.id;
    if (source.status === 'resolved') continue;
    resolve(account, source, { agent, channel });
  }
  log(account, target, 'merge', {
    agent,
    channel,
    summary: `Merged ${sources.length} incident(s) by ${agentName(account, agent)}`,
  });
}
