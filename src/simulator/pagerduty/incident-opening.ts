/** How incidents begin: an event from monitoring (doubled by none with the same key), or a person's request. */
import type { Account } from './account.ts';
import { announceAssignment, assign, callFirstLevel, levelOnCall, watch } from './escalation.ts';
import { agentName, log, report } from './incident-journal.ts';
import type { AlertRecord, IncidentRecord, Urgency } from './records.ts';

export interface Trigger {
  readonly service: string;
  readonly title: string;
  readonly urgency?: Urgency | undefined;
  readonly dedupKey?: string | undefined;
  readonly details?: unknown;
  readonly severity?: string | undefined;
  readonly priority?: string | undefined;
}

export interface Opening {
  readonly service: string;
  readonly title: string;
  readonly key?: string | undefined;
  readonly urgency?: Urgency | undefined;
  readonly priority?: string | undefined;
  readonly details?: string | undefined;
  readonly policy?: string | undefined;
  readonly assignee?: string | undefined;
  readonly type?: string | undefined;
  readonly bridge?: IncidentRecord['bridge'];
}

function newIncident(account: Account, opening: Opening, manual: boolean): IncidentRecord {
  const now = account.now();
  const id = account.nextId();
  const incident: IncidentRecord = {
    id,
    number: account.incidents.size + 1,
    key: opening.key ?? id.toLowerCase().padEnd(32, '0'),
    createdAt: now,
    manual,
    title: opening.title,
    service: opening.service,
    policy: opening.policy ?? account.service(opening.service).escalationPolicy,
    status: 'triggered',
    urgency: opening.urgency ?? 'high',
    updatedAt: now,
    resolvedAt: undefined,
    reopenedAt: undefined,
    lastStatusChangeAt: now,
    lastStatusChangeBy: { service: opening.service },
    assignments: [],
    assignedVia: 'escalation_policy',
    acknowledgements: [],
    priority: opening.priority,
    level: 1,
    loop: 0,
    details: opening.details,
    type: opening.type ?? 'incident_default',
    bridge: opening.bridge,
    mergedInto: undefined,
    snoozedUntil: undefined,
    notes: [],
    alerts: [],
    responders: [],
    statusUpdates: [],
    cancelTimer: undefined,
  };
  account.incidents.set(id, incident);
  return incident;
}

export function openWithKey(account: Account, service: string, key: string): IncidentRecord | undefined {
  return [...account.incidents.values()].find(
    (incident) =>
      incident.service === service &&
      incident.status !== 'resolved' &&
      (incident.key === key || incident.alerts.some((alert) => alert.key === key)),
  );
}

/** An event from monitoring. An open incident with the same key takes it in instead of being doubled. */
export function triggerFromEvent(account: Account, trigger: Trigger): { incident: IncidentRecord; alert: AlertRecord } {
  const key = trigger.dedupKey ?? account.nextId().toLowerCase().padEnd(32, '0');
  const known = openWithKey(account, trigger.service, key);
  const knownAlert = known?.alerts.find((alert) => alert.key === key);
  if (known && knownAlert) return { incident: known, alert: knownAlert };
  const incident = newIncident(account, { ...trigger, key, details: undefined }, false);
  const alert: AlertRecord = {
    id: account.nextId(),
    key,
    summary: trigger.title,
    service: trigger.service,
    severity: trigger.severity ?? (trigger.urgency === 'low' ? 'warning' : 'critical'),
    details: trigger.details ?? {},
    at: account.now(),
    status: 'triggered',
  };
  incident.alerts.push(alert);
  const agent = { service: trigger.service };
  log(account, incident, 'trigger', {
    agent,
    channel: { type: 'api', summary: trigger.title, details: trigger.details ?? {} },
    summary: 'Triggered through the API',
  });
  callFirstLevel(account, incident);
  report(account, incident, 'incident.triggered', agent);
  return { incident, alert };
}

/** A person's new incident. One that they assign to themselves starts acknowledged. */
export function openByPerson(account: Account, opening: Opening, user: string): IncidentRecord {
  const incident = newIncident(account, opening, true);
  const agent = { user };
  log(account, incident, 'trigger', {
    agent,
    channel: { type: 'website', summary: opening.title },
    summary: `Triggered by ${agentName(account, agent)}`,
  });
  if (opening.assignee === undefined) callFirstLevel(account, incident);
  else {
    assign(account, incident, [opening.assignee], 'direct_assignment');
    if (opening.assignee === user) {
      incident.status = 'acknowledged';
      incident.lastStatusChangeBy = agent;
      incident.acknowledgements = [{ user, at: account.now() }];
    }
    announceAssignment(account, incident, agent, 'website');
    watch(account, incident);
  }
  report(account, incident, 'incident.triggered', agent);
  if (incident.status === 'acknowledged') {
    log(account, incident, 'acknowledge', {
      agent,
      channel: 'website',
      summary: `Acknowledged by ${agentName(account, agent)}`,
    });
    report(account, incident, 'incident.acknowledged', agent);
  }
  return incident;
}

export const somebodyOnCall = (account: Account, policy: string): boolean =>
  levelOnCall(account, policy, 1) !== undefined;
