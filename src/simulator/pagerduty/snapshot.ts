/** Incidents and log entries as a scenario sees them: plain, read-only, with bare ids. */
import type { Account } from './account.ts';
import { notFound } from './api-error.ts';
import type {
  IncidentRecord,
  IncidentStatus,
  LogEntryKind,
  LogEntryRecord,
  ResponderState,
  Urgency,
} from './records.ts';

export interface IncidentSnapshot {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly status: IncidentStatus;
  readonly urgency: Urgency;
  readonly key: string;
  readonly service: string;
  readonly escalationPolicy: string;
  readonly level: number;
  readonly assignees: readonly string[];
  readonly acknowledgers: readonly string[];
  readonly priority: string | undefined;
  readonly details: string | undefined;
  readonly createdAt: number;
  readonly resolvedAt: number | undefined;
  readonly snoozedUntil: number | undefined;
  readonly mergedInto: string | undefined;
  readonly conferenceUrl: string | undefined;
  readonly notes: readonly { readonly id: string; readonly user: string; readonly text: string; readonly at: number }[];
  readonly statusUpdates: readonly { readonly user: string; readonly message: string; readonly at: number }[];
  readonly responders: readonly { readonly user: string; readonly state: ResponderState; readonly message: string }[];
  readonly alerts: number;
}

export interface LogEntrySnapshot {
  readonly id: string;
  readonly incident: string;
  /** `acknowledge`, `escalate`, `notify`, …: the REST type without `_log_entry`. */
  readonly type: LogEntryKind;
  readonly at: number;
  /** The id of the user or service behind it. */
  readonly agent: string | undefined;
  readonly summary: string;
  readonly users: readonly string[];
}

export function incidentSnapshot(incident: IncidentRecord): IncidentSnapshot {
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    status: incident.status,
    urgency: incident.urgency,
    key: incident.key,
    service: incident.service,
    escalationPolicy: incident.policy,
    level: incident.level,
    assignees: incident.assignments.map((one) => one.user),
    acknowledgers: incident.acknowledgements.map((one) => one.user),
    priority: incident.priority,
    details: incident.details,
    createdAt: incident.createdAt,
    resolvedAt: incident.resolvedAt,
    snoozedUntil: incident.snoozedUntil,
    mergedInto: incident.mergedInto,
    conferenceUrl: incident.bridge?.url,
    notes: incident.notes.map((note) => ({ ...note })),
    statusUpdates: incident.statusUpdates.map(({ user, message, at }) => ({ user, message, at })),
    responders: incident.responders.map(({ user, state, message }) => ({ user, state, message })),
    alerts: incident.alerts.length,
  };
}

export function logEntrySnapshot(entry: LogEntryRecord): LogEntrySnapshot {
  const { id, incident, kind, at, agent, summary, users } = entry;
  const who = agent && ('user' in agent ? agent.user : agent.service);
  return { id, incident, type: kind, at, agent: who, summary, users };
}

/** A scenario that names something unknown is told what. */
export function known<T>(what: string, id: string, find: () => T): T {
  try {
    return find();
  } catch (error) {
    if (error instanceof Error && error.message === notFound().message)
      throw new Error(`No ${what} ${id} in PagerDuty`);
    throw error;
  }
}

export const knownIncident = (account: Account, id: string): IncidentRecord =>
  known('incident', id, () => account.incident(id));
