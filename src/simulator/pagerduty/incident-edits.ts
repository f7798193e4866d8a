/** What is written on an incident: notes, status updates, responders, priority, urgency, title, service, bridge. */
import type { Account } from './account.ts';
import { watch } from './escalation.ts';
import type { Hand } from './incident-actions.ts';
import { agentName, log, report, userNames } from './incident-journal.ts';
import type { IncidentRecord, NoteRecord, ResponderRecord, ResponderState, StatusUpdateRecord } from './records.ts';
import { bridgeData, noteData, responderData, statusUpdateData } from './webhook-json.ts';

export function addNote(account: Account, incident: IncidentRecord, user: string, text: string): NoteRecord {
  const note: NoteRecord = { id: account.nextId(), user, text, at: account.now() };
  incident.notes.push(note);
  log(account, incident, 'annotate', {
    agent: { user },
    channel: { type: 'note', summary: text },
    summary: `Note added by ${account.user(user).name}`,
  });
  report(account, incident, 'incident.annotated', { user }, noteData(incident, note));
  return note;
}

export function addStatusUpdate(
  account: Account,
  incident: IncidentRecord,
  update: Omit<StatusUpdateRecord, 'id' | 'at'>,
): StatusUpdateRecord {
  const record: StatusUpdateRecord = { ...update, id: account.nextId(), at: account.now() };
  incident.statusUpdates.push(record);
  const agent = { user: update.user };
  log(account, incident, 'status_update', {
    agent,
    channel: { type: 'api', summary: update.message },
    summary: `Status update added by ${agentName(account, agent)}`,
    extra: { message: update.message },
  });
  report(account, incident, 'incident.status_update_published', agent, statusUpdateData(incident, record));
  return record;
}

export function requestResponders(
  account: Account,
  incident: IncidentRecord,
  request: { readonly requester: string; readonly message: string; readonly users: readonly string[] },
): ResponderRecord[] {
  const agent = { user: request.requester };
  const now = account.now();
  log(account, incident, 'responder_request', {
    agent,
    channel: 'api',
    summary: `Responders requested by ${agentName(account, agent)}: ${userNames(account, request.users)}`,
    users: request.users,
  });
  return request.users.map((user) => {
    const known = incident.responders.find((one) => one.user === user && one.state === 'pending');
    if (known) return known;
    const responder: ResponderRecord = {
      user,
      requester: request.requester,
      message: request.message,
      requestedAt: now,
      updatedAt: now,
      state: 'pending',
    };
    incident.responders.push(responder);
    report(account, incident, 'incident.responder.added', agent, responderData(account, incident, responder));
    return responder;
  });
}

export function answerRequest(account: Account, incident: IncidentRecord, user: string, state: ResponderState): void {
  const responder = incident.responders.findLast((one) => one.user === user);
  if (!responder) throw new Error(`User ${user} was not asked to respond to incident ${incident.id}`);
  responder.state = state;
  responder.updatedAt = account.now();
  report(account, incident, 'incident.responder.replied', { user }, responderData(account, incident, responder));
}

export function setPriority(
  account: Account,
  incident: IncidentRecord,
  priority: string | undefined,
  hand: Hand,
): void {
  if (incident.priority === priority) return;
  incident.priority = priority;
  const name = priority === undefined ? 'none' : account.priority(priority).name;
  log(account, incident, 'priority_change', { ...hand, summary: `Priority set to ${name}` });
  report(account, incident, 'incident.priority_updated', hand.agent);
}

export function setUrgency(
  account: Account,
  incident: IncidentRecord,
  urgency: IncidentRecord['urgency'],
  hand: Hand,
): void {
  if (incident.urgency === urgency) return;
  incident.urgency = urgency;
  log(account, incident, 'urgency_change', { ...hand, summary: `Urgency changed to ${urgency}` });
  // An acknowledged incident may be waiting for the end of a snooze: that timer stays.
  if (incident.status === 'triggered') watch(account, incident);
}

export function setTitle(account: Account, incident: IncidentRecord, title: string, hand: Hand): void {
  if (incident.title === title) return;
  incident.title = title;
  log(account, incident, 'field_value_change', { ...hand, summary: `Title changed to ${title}` });
}

export function setType(account: Account, incident: IncidentRecord, type: string, hand: Hand): void {
  if (incident.type === type) return;
  incident.type = type;
  log(account, incident, 'field_value_change', { ...hand, summary: `Incident type changed to ${type}` });
  report(account, incident, 'incident.incident_type.changed', hand.agent);
}

export function setService(account: Account, incident: IncidentRecord, service: string, hand: Hand): void {
  if (incident.service === service) return;
  incident.service = service;
  log(account, incident, 'field_value_change', {
    ...hand,
    summary: `Service changed to ${account.service(service).name}`,
  });
  report(account, incident, 'incident.service_updated', hand.agent);
}

export function setBridge(
  account: Account,
  incident: IncidentRecord,
  bridge: IncidentRecord['bridge'],
  hand: Hand,
): void {
  incident.bridge = bridge;
  log(account, incident, 'field_value_change', { ...hand, summary: 'Conference bridge changed' });
  report(account, incident, 'incident.conference_bridge.updated', hand.agent, bridgeData(incident));
}
