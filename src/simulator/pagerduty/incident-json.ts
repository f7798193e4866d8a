/** The REST shapes of incidents and of what belongs to them: log entries, notes, alerts, responders. */
import { apiHome, webHome, type Account } from './account.ts';
import { full, policyJson, priorityJson, serviceJson, userJson, type Includes, type Json } from './directory-json.ts';
import { writeInstant } from './instants.ts';
import {
  agentReference,
  incidentReference,
  policyReference,
  priorityReference,
  serviceReference,
  userReference,
} from './references.ts';
import type { AlertRecord, IncidentRecord, LogEntryRecord, NoteRecord, ResponderRecord } from './records.ts';
import { resolveReason } from './webhook-json.ts';

const none: Includes = new Set();

export function incidentJson(
  account: Account,
  incident: IncidentRecord,
  include: Includes = none,
  zone?: string,
): Json {
  const time = (instant: number): string => writeInstant(instant, zone);
  const person = (id: string, key: string): object =>
    include.has(key) || include.has('users') ? userJson(account, id) : userReference(account, id);
  const { bridge, service, policy, priority } = incident;
  const resolvedAlerts = incident.alerts.filter((alert) => alert.status === 'resolved').length;
  const first = account.logEntries.find((entry) => entry.incident === incident.id && entry.kind === 'trigger');
  return full(incidentReference(incident), 'incident', {
    incident_number: incident.number,
    title: incident.title,
    description: incident.title,
    created_at: time(incident.createdAt),
    updated_at: time(incident.updatedAt),
    status: incident.status,
    incident_key: incident.key,
    service: include.has('services') ? serviceJson(account, service) : serviceReference(account, service),
    assignments: incident.assignments.map(({ user, at }) => ({ at: time(at), assignee: person(user, 'assignees') })),
    assigned_via: incident.assignedVia,
    last_status_change_at: time(incident.lastStatusChangeAt),
    last_status_change_by: agentReference(account, incident.lastStatusChangeBy),
    resolved_at: incident.resolvedAt === undefined ? null : time(incident.resolvedAt),
    first_trigger_log_entry: first
      ? include.has('first_trigger_log_entries')
        ? logEntryJson(account, first, none, zone)
        : logEntryReference(first)
      : null,
    alert_counts: {
      all: incident.alerts.length,
      triggered: incident.alerts.length - resolvedAlerts,
      resolved: resolvedAlerts,
    },
    is_mergeable: incident.manual || incident.alerts.length > 0,
    incident_type: { name: incident.type },
    escalation_policy: include.has('escalation_policies')
      ? policyJson(account, policy)
      : policyReference(account, policy),
    teams: [],
    impacted_services: [serviceReference(account, service)],
    pending_actions: pendingActions(account, incident, time),
    acknowledgements: incident.acknowledgements.map(({ user, at }) => ({
      at: time(at),
      acknowledger: person(user, 'acknowledgers'),
    })),
    basic_alert_grouping: null,
    alert_grouping: null,
    priority:
      priority === undefined
        ? null
        : include.has('priorities')
          ? priorityJson(account.priority(priority))
          : priorityReference(account, priority),
    resolve_reason: resolveReason(account, incident),
    ...(bridge
      ? { conference_bridge: { conference_number: bridge.number ?? null, conference_url: bridge.url ?? null } }
      : {}),
    incidents_responders: incident.responders.map((one) => responderJson(account, incident, one, zone)),
    responder_requests: [],
    subscriber_requests: [],
    urgency: incident.urgency,
    body: { type: 'incident_body', details: incident.details ?? null },
  });
}

/** What PagerDuty is going to do by itself: the next escalation, or the end of a snooze. */
function pendingActions(account: Account, incident: IncidentRecord, time: (instant: number) => string): Json[] {
  if (incident.snoozedUntil !== undefined) return [{ type: 'unacknowledge', at: time(incident.snoozedUntil) }];
  const since = incident.assignments[0]?.at;
  const minutes = account.policy(incident.policy).levels[incident.level - 1]?.timeoutMinutes;
  if (!incident.cancelTimer || since === undefined || minutes === undefined) return [];
  return [{ type: 'escalate', at: time(since + minutes * 60_000) }];
}

export function responderJson(account: Account, incident: IncidentRecord, one: ResponderRecord, zone?: string): Json {
  return {
    state: one.state,
    user: userReference(account, one.user),
    incident: incidentReference(incident),
    updated_at: writeInstant(one.updatedAt, zone),
    message: one.message,
    requester: userReference(account, one.requester),
    requested_at: writeInstant(one.requestedAt, zone),
  };
}

function logEntryReference(entry: LogEntryRecord): Json {
  return {
    id: entry.id,
    type: `${entry.kind}_log_entry_reference`,
    summary: entry.summary,
    self: `${apiHome}/log_entries/${entry.id}`,
    html_url: `${webHome}/incidents/${entry.incident}/log_entries/${entry.id}`,
  };
}

export function logEntryJson(account: Account, entry: LogEntryRecord, include: Includes = none, zone?: string): Json {
  const incident = account.incident(entry.incident);
  const users = entry.users.map((user) => userReference(account, user));
  return {
    ...logEntryReference(entry),
    type: `${entry.kind}_log_entry`,
    created_at: writeInstant(entry.at, zone),
    agent: agentReference(account, entry.agent),
    channel: entry.channel,
    service: include.has('services')
      ? serviceJson(account, incident.service)
      : serviceReference(account, incident.service),
    incident: include.has('incidents') ? incidentJson(account, incident, none, zone) : incidentReference(incident),
    teams: [],
    contexts: [],
    ...(entry.kind === 'trigger' ? { event_details: { description: incident.title } } : {}),
    ...(entry.kind === 'notify' ? { user: users[0] } : {}),
    ...(entry.kind === 'escalate' || entry.kind === 'assign' || entry.kind === 'delegate' ? { assignees: users } : {}),
    ...entry.extra,
  };
}

export function noteJson(account: Account, note: NoteRecord): Json {
  return {
    id: note.id,
    user: userReference(account, note.user),
    channel: { summary: 'The PagerDuty website or APIs' },
    content: note.text,
    created_at: writeInstant(note.at),
    updated_at: writeInstant(note.at),
  };
}

export function alertJson(account: Account, incident: IncidentRecord, alert: AlertRecord): Json {
  return {
    id: alert.id,
    type: 'alert',
    summary: alert.summary,
    self: `${apiHome}/incidents/${incident.id}/alerts/${alert.id}`,
    html_url: `${webHome}/alerts/${alert.id}`,
    created_at: writeInstant(alert.at),
    status: alert.status,
    alert_key: alert.key,
    service: serviceReference(account, alert.service),
    body: { type: 'alert_body', contexts: [], details: alert.details },
    incident: { id: incident.id, type: 'incident_reference' },
    suppressed: false,
    severity: alert.severity,
    integration: null,
  };
}
