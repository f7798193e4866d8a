/** Changing incidents through the API, one at a time or up to 250 together: first everything is checked, then done. */
import type { Account } from './account.ts';
import { ApiError, incidentRefusal, notFound } from './api-error.ts';
import { Body } from './body.ts';
import { levelOnCall } from './escalation.ts';
import { acknowledge, delegate, escalate, reassign, reopen, resolve, type Hand } from './incident-actions.ts';
import { readAssignees, readBridge, readKnown, readPriority } from './incident-create.ts';
import { addNote, setBridge, setPriority, setService, setTitle, setType, setUrgency } from './incident-edits.ts';
import { incidentJson } from './incident-json.ts';
import type { IncidentRecord, IncidentStatus, Urgency } from './records.ts';
import { ok, page, type Answer, type ApiRequest } from './route.ts';

interface Change {
  readonly status: IncidentStatus | undefined;
  readonly level: number | undefined;
  readonly assignees: readonly string[] | undefined;
  readonly policy: string | undefined;
  readonly urgency: Urgency | undefined;
  readonly title: string | undefined;
  readonly type: string | undefined;
  readonly resolution: string | undefined;
  readonly service: string | undefined;
  /** Null takes the priority away. */
  readonly priority: string | null | undefined;
  readonly bridge: { readonly set: IncidentRecord['bridge'] } | undefined;
}

const fields = [
  'type',
  'status',
  'priority',
  'resolution',
  'title',
  'escalation_level',
  'assignments',
  'incident_type',
  'escalation_policy',
  'urgency',
  'conference_bridge',
];

function readChange(account: Account, body: Body): Change {
  body.require('type').choice('type', ['incident', 'incident_reference']);
  const ways = ['assignments', 'escalation_policy', 'escalation_level'].filter((name) => body.has(name));
  if (ways.length > 1) body.fault(`Cannot specify ${ways.join(' and ')} together.`);
  const assignees = body.has('assignments') ? readAssignees(account, body) : undefined;
  if (assignees?.length === 0) body.fault('At least one assignee is required.');
  const level = body.whole('escalation_level');
  if (level !== undefined && level < 1) body.fault('escalation_level must be at least 1.');
  return {
    status: body.choice('status', ['triggered', 'acknowledged', 'resolved']),
    level,
    assignees,
    policy: readKnown(body, 'escalation_policy', 'escalation_policy', account.policies),
    urgency: body.choice('urgency', ['high', 'low']),
    title: body.text('title'),
    type: body.has('incident_type') ? body.object('incident_type').only('name').text('name') : undefined,
    resolution: body.text('resolution'),
    service: readKnown(body, 'service', 'service', account.services),
    priority: body.isNull('priority') ? null : readPriority(account, body),
    bridge: body.has('conference_bridge') ? { set: readBridge(body) } : undefined,
  };
}

/** Refuses what the state of the incident does not allow, before anything of the request is done. */
function refuse(account: Account, incident: IncidentRecord, change: Change, user: string): void {
  const { status, level, assignees, policy } = change;
  const resolved = incident.status === 'resolved';
  if (status === 'resolved' && resolved) throw incidentRefusal(1001);
  const moves = level !== undefined || assignees !== undefined || policy !== undefined;
  if (moves && resolved && status !== 'triggered') throw incidentRefusal(1001);
  if (status === 'acknowledged' && incident.acknowledgements.some((one) => one.user === user)) {
    throw incidentRefusal(1002);
  }
  const levels = account.policy(incident.policy).levels.length;
  if (level !== undefined && level > levels) throw incidentRefusal(1006);
  if (level !== undefined && !levelOnCall(account, incident.policy, level)) throw incidentRefusal(1015);
  if (policy !== undefined && !levelOnCall(account, policy, 1)) throw incidentRefusal(1015);
}

function apply(account: Account, incident: IncidentRecord, change: Change, user: string): void {
  const hand: Hand = { agent: { user }, channel: 'api' };
  if (change.title !== undefined) setTitle(account, incident, change.title, hand);
  if (change.type !== undefined) setType(account, incident, change.type, hand);
  if (change.service !== undefined) setService(account, incident, change.service, hand);
  if (change.priority !== undefined) setPriority(account, incident, change.priority ?? undefined, hand);
  if (change.urgency !== undefined) setUrgency(account, incident, change.urgency, hand);
  if (change.bridge) setBridge(account, incident, change.bridge.set, hand);
  if (change.status === 'triggered') reopen(account, incident, hand);
  if (change.policy !== undefined) delegate(account, incident, change.policy, hand);
  if (change.level !== undefined) escalate(account, incident, change.level, hand);
  if (change.assignees) reassign(account, incident, change.assignees, hand);
  if (change.status === 'acknowledged') acknowledge(account, incident, user, 'api');
  if (change.status === 'resolved') {
    if (change.resolution !== undefined) addNote(account, incident, user, `Resolution Note: ${change.resolution}`);
    resolve(account, incident, hand);
  }
}

export function updateIncident({ account, params, body: raw, from }: ApiRequest): Answer {
  const incident = account.incident(params['id'] ?? '');
  const body = Body.read(raw).only('incident').require('incident');
  const change = readChange(account, body.object('incident').only('service', 'id', ...fields));
  body.check();
  const user = from?.id ?? '';
  refuse(account, incident, change, user);
  apply(account, incident, change, user);
  return ok({ incident: incidentJson(account, incident) });
}

const mostTogether = 250;

export function updateIncidents({ account, body: raw, from, query }: ApiRequest): Answer {
  const body = Body.read(raw).only('incidents').require('incidents');
  const items = body.list('incidents');
  if (items.length > mostTogether) throw new ApiError(413, 2001, 'Request Entity Too Large');
  if (items.length === 0) body.fault('incidents cannot be empty.');
  const wanted = items.map((item) => {
    // Moving to another service is possible one at a time only.
    const change = readChange(account, item.only('id', ...fields).require('id'));
    return { id: item.text('id') ?? '', change };
  });
  if (new Set(wanted.map(({ id }) => id)).size < wanted.length) body.fault('An incident may be named only once.');
  body.check();
  const user = from?.id ?? '';
  const planned = wanted.map(({ id, change }) => {
    const incident = account.incidents.get(id);
    if (!incident) throw notFound();
    refuse(account, incident, change, user);
    return { incident, change };
  });
  for (const { incident, change } of planned) apply(account, incident, change, user);
  const done = planned.map(({ incident }) => incident);
  const answer = page(query, 'incidents', done, (one) => incidentJson(account, one), { usual: 250, most: 250 });
  return ok(answer);
}
