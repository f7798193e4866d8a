/** Creating an incident through the API: what its body must be, and whom it calls. */
import type { Account } from './account.ts';
import { ApiError, incidentRefusal } from './api-error.ts';
import { Body } from './body.ts';
import { incidentJson } from './incident-json.ts';
import { openByPerson, openWithKey, somebodyOnCall, type Opening } from './incident-opening.ts';
import { created, type Answer, type ApiRequest } from './route.ts';

const fields = [
  'type',
  'title',
  'service',
  'priority',
  'urgency',
  'body',
  'incident_key',
  'assignments',
  'incident_type',
  'escalation_policy',
  'conference_bridge',
];

/** The ids of the assignees; a fault for anybody unknown. */
export function readAssignees(account: Account, body: Body): string[] {
  return body.list('assignments').flatMap((assignment) => {
    const user = assignment.only('assignee', 'at').require('assignee').reference('assignee', 'user');
    if (user !== undefined && !account.users.has(user)) assignment.fault('Assignee is unknown.');
    return user === undefined ? [] : [user];
  });
}

export function readBridge(body: Body): Opening['bridge'] {
  if (!body.has('conference_bridge') || body.isNull('conference_bridge')) return undefined;
  const bridge = body.object('conference_bridge').only('conference_number', 'conference_url');
  return { number: bridge.text('conference_number'), url: bridge.text('conference_url') };
}

export function readKnown(
  body: Body,
  name: string,
  kind: string,
  known: { has(id: string): boolean },
): string | undefined {
  const id = body.reference(name, kind);
  if (id !== undefined && !known.has(id)) body.fault(`${name} is unknown.`);
  return id;
}

/** By reference, or by name: then the most severe one of that name. */
export function readPriority(account: Account, body: Body): string | undefined {
  const name = body.string('priority');
  if (name === undefined) return readKnown(body, 'priority', 'priority', account.priorities);
  const found = [...account.priorities.values()].find((one) => one.name === name);
  if (!found) body.fault('priority is unknown.');
  return found?.id;
}

function readOpening(account: Account, body: Body): Opening {
  const incident = body
    .require('incident')
    .object('incident')
    .only(...fields)
    .require('type', 'title', 'service');
  incident.choice('type', ['incident']);
  const assignees = readAssignees(account, incident);
  if (incident.has('assignments') && incident.has('escalation_policy')) {
    incident.fault('Cannot specify both assignments and escalation policy.');
  }
  if (assignees.length > 1) incident.fault('Only one assignee may be given.');
  const details = incident.has('body') ? incident.object('body').only('type', 'details').require('type') : undefined;
  details?.choice('type', ['incident_body']);
  return {
    service: readKnown(incident, 'service', 'service', account.services) ?? '',
    title: incident.text('title') ?? '',
    key: incident.text('incident_key', 255),
    urgency: incident.choice('urgency', ['high', 'low']),
    priority: readPriority(account, incident),
    details: details?.text('details'),
    policy: readKnown(incident, 'escalation_policy', 'escalation_policy', account.policies),
    assignee: assignees[0],
    type: incident.has('incident_type') ? incident.object('incident_type').only('name').text('name') : undefined,
    bridge: readBridge(incident),
  };
}

export function createIncident({ account, body: raw, from }: ApiRequest): Answer {
  const body = Body.read(raw).only('incident');
  const opening = readOpening(account, body);
  body.check();
  if (opening.key !== undefined && openWithKey(account, opening.service, opening.key)) {
    throw new ApiError(400, 2001, 'Invalid Input Provided', [
      'Open incident with matching dedup key already exists on this service',
    ]);
  }
  const policy = opening.policy ?? account.service(opening.service).escalationPolicy;
  if (opening.assignee === undefined && !somebodyOnCall(account, policy)) throw incidentRefusal(1015);
  const incident = openByPerson(account, opening, from?.id ?? '');
  return created({ incident: incidentJson(account, incident) });
}
