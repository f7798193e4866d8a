/** What V3 webhooks carry: close to the REST shapes, but with field names of their own (number, assignees). */
import { apiHome, webHome, type Account } from './account.ts';
import { writeInstant } from './instants.ts';
import {
  incidentReference,
  policyReference,
  priorityReference,
  serviceReference,
  userReference,
} from './references.ts';
import type { IncidentRecord, NoteRecord, ResponderRecord, StatusUpdateRecord } from './records.ts';

const longestText = 4000;

export function incidentData(account: Account, incident: IncidentRecord): Record<string, unknown> {
  const { bridge } = incident;
  return {
    id: incident.id,
    type: 'incident',
    self: `${apiHome}/incidents/${incident.id}`,
    html_url: `${webHome}/incidents/${incident.id}`,
    number: incident.number,
    status: incident.status,
    incident_key: incident.key,
    created_at: writeInstant(incident.createdAt),
    ...(incident.reopenedAt === undefined ? {} : { reopened_at: writeInstant(incident.reopenedAt) }),
    title: incident.title,
    incident_type: { name: incident.type },
    service: serviceReference(account, incident.service),
    assignees: incident.assignments.map(({ user }) => userReference(account, user)),
    escalation_policy: policyReference(account, incident.policy),
    teams: [],
    priority: incident.priority === undefined ? null : priorityReference(account, incident.priority),
    urgency: incident.urgency,
    conference_bridge: bridge ? { conference_number: bridge.number ?? null, conference_url: bridge.url ?? null } : null,
    resolve_reason: resolveReason(account, incident),
  };
}

export function resolveReason(account: Account, incident: IncidentRecord): Record<string, unknown> | null {
  if (incident.mergedInto === undefined) return null;
  return { type: 'merge_resolve_reason', incident: incidentReference(account.incident(incident.mergedInto)) };
}

/** Webhooks name an incident by its bare title. */
const named = (incident: IncidentRecord) => ({ ...incidentReference(incident), summary: incident.title });

export function noteData(incident: IncidentRecord, note: NoteRecord): Record<string, unknown> {
  return {
    incident: named(incident),
    id: note.id,
    content: note.text.slice(0, longestText),
    trimmed: note.text.length > longestText,
    type: 'incident_note',
  };
}

export function statusUpdateData(incident: IncidentRecord, update: StatusUpdateRecord): Record<string, unknown> {
  return {
    incident: named(incident),
    id: update.id,
    message: update.message.slice(0, longestText),
    trimmed: update.message.length > longestText,
    type: 'incident_status_update',
  };
}

export function responderData(
  account: Account,
  incident: IncidentRecord,
  responder: ResponderRecord,
): Record<string, unknown> {
  return {
    incident: named(incident),
    user: userReference(account, responder.user),
    escalation_policy: null,
    message: responder.message,
    state: responder.state,
    type: 'incident_responder',
  };
}

export function bridgeData(incident: IncidentRecord): Record<string, unknown> {
  const number = incident.bridge?.number;
  return {
    incident: named(incident),
    conference_numbers: number === undefined ? [] : [{ label: '', number }],
    conference_url: incident.bridge?.url ?? null,
    type: 'incident_conference_bridge',
  };
}
