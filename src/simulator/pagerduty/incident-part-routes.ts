/** Routes that change incidents and what hangs on them: notes, snooze, merge, status updates, responders. */
import type { Account } from './account.ts';
import { incidentRefusal, invalidInput } from './api-error.ts';
import { Body } from './body.ts';
import { merge, snooze } from './incident-actions.ts';
import { createIncident } from './incident-create.ts';
import { addNote, addStatusUpdate, requestResponders } from './incident-edits.ts';
import { alertJson, incidentJson, noteJson, responderJson } from './incident-json.ts';
import { updateIncident, updateIncidents } from './incident-update.ts';
import { writeInstant } from './instants.ts';
import { onCallAt } from './oncall-entries.ts';
import { incidentReference, userReference } from './references.ts';
import type { IncidentRecord } from './records.ts';
import { created, ok, page, paging, type Answer, type ApiRequest, type Route } from './route.ts';

const mostNotes = 2000;
const longestSnooze = 604_800;

const incidentOf = ({ account, params }: ApiRequest): IncidentRecord => account.incident(params['id'] ?? '');

function createNote(request: ApiRequest): Answer {
  const incident = incidentOf(request);
  const body = Body.read(request.body).only('note').require('note');
  const text = body.object('note').only('content').require('content').text('content', 25_000);
  body.check();
  if (incident.notes.length >= mostNotes) throw invalidInput('An incident has at most 2000 notes.');
  const note = addNote(request.account, incident, request.from?.id ?? '', text ?? '');
  return ok({ note: noteJson(request.account, note) });
}

function snoozeIncident(request: ApiRequest): Answer {
  const incident = incidentOf(request);
  const body = Body.read(request.body).only('duration').require('duration');
  const seconds = body.whole('duration') ?? 0;
  body.check();
  if (seconds < 1 || seconds > longestSnooze) throw incidentRefusal(1013);
  snooze(request.account, incident, seconds, { agent: { user: request.from?.id ?? '' }, channel: 'api' });
  return created({ incident: incidentJson(request.account, incident) });
}

function mergeIncidents(request: ApiRequest): Answer {
  const { account } = request;
  const target = incidentOf(request);
  const body = Body.read(request.body).only('source_incidents').require('source_incidents');
  const sources = body.list('source_incidents').flatMap((item) => {
    item.only('id', 'type').require('id', 'type').choice('type', ['incident_reference', 'incident']);
    const id = item.text('id');
    if (id !== undefined && !account.incidents.has(id)) item.fault(`Source incident ${id} is unknown.`);
    if (id === target.id) item.fault('An incident cannot be merged into itself.');
    const source = id === undefined ? undefined : account.incidents.get(id);
    if (source && !source.manual && source.alerts.length === 0 && source.mergedInto === undefined) {
      item.fault(`Source incident ${source.id} has no alerts.`);
    }
    return source ? [source] : [];
  });
  if (sources.length === 0) body.fault('source_incidents cannot be empty.');
  const alerts = sources.reduce((sum, one) => sum + one.alerts.length, target.alerts.length);
  if (alerts > 1000) body.fault('An incident has at most 1000 alerts.');
  body.check();
  merge(account, target, sources, { agent: { user: request.from?.id ?? '' }, channel: 'api' });
  return ok({ incident: incidentReference(target) });
}

function createStatusUpdate(request: ApiRequest): Answer {
  const { account } = request;
  const incident = incidentOf(request);
  const body = Body.read(request.body).only('message', 'subject', 'html_message').require('message');
  const [message, subject, htmlMessage] = [body.text('message'), body.text('subject'), body.text('html_message')];
  body.check();
  const user = request.from?.id ?? '';
  const update = addStatusUpdate(account, incident, { message: message ?? '', subject, htmlMessage, user });
  return ok({
    status_update: {
      id: update.id,
      message: update.message,
      sender: userReference(account, update.user),
      created_at: writeInstant(update.at),
      ...(subject === undefined ? {} : { subject }),
      ...(htmlMessage === undefined ? {} : { html_message: htmlMessage }),
    },
  });
}

/** The people behind a target: the user, or whoever is on call at the first level of the policy. */
function targetUsers(account: Account, target: Body): { id: string; type: string; users: string[] } {
  target.only('id', 'type').require('id', 'type');
  const type = target.choice('type', ['user_reference', 'user', 'escalation_policy_reference', 'escalation_policy']);
  const id = target.text('id') ?? '';
  const policy = type?.startsWith('escalation_policy') ? account.policies.get(id) : undefined;
  if (!policy && !account.users.has(id)) target.fault(`Responder request target ${id} is unknown.`);
  return { id, type: policy ? 'escalation_policy' : 'user', users: policy ? onCallAt(account, policy, 1) : [id] };
}

function createResponderRequest(request: ApiRequest): Answer {
  const { account } = request;
  const incident = incidentOf(request);
  const needed = ['requester_id', 'message', 'responder_request_targets'];
  const body = Body.read(request.body)
    .only(...needed)
    .require(...needed);
  const [requester, message] = [body.text('requester_id') ?? '', body.text('message') ?? ''];
  if (!account.users.has(requester)) body.fault('requester_id is unknown.');
  const targets = body
    .list('responder_request_targets')
    .map((item) =>
      targetUsers(
        account,
        item.only('responder_request_target').require('responder_request_target').object('responder_request_target'),
      ),
    );
  if (targets.length === 0) body.fault('responder_request_targets cannot be empty.');
  body.check();
  if (incident.status === 'resolved') throw incidentRefusal(1001);
  const users = [...new Set(targets.flatMap((target) => target.users))];
  const responders = requestResponders(account, incident, { requester, message, users });
  return ok({
    responder_request: {
      incident: incidentReference(incident),
      requester: userReference(account, requester),
      requested_at: writeInstant(account.now()),
      message,
      responder_request_targets: targets.map((target) => ({
        responder_request_target: {
          type: target.type,
          id: target.id,
          summary: null,
          incidents_responders: responders
            .filter((one) => target.users.includes(one.user))
            .map((one) => responderJson(account, incident, one)),
        },
      })),
    },
  });
}

export const incidentPartRoutes: readonly Route[] = [
  { method: 'POST', path: '/incidents', from: true, answer: createIncident },
  { method: 'PUT', path: '/incidents', query: paging, from: true, answer: updateIncidents },
  { method: 'PUT', path: '/incidents/{id}', from: true, answer: updateIncident },
  { method: 'PUT', path: '/incidents/{id}/merge', from: true, answer: mergeIncidents },
  { method: 'POST', path: '/incidents/{id}/snooze', from: true, answer: snoozeIncident },
  {
    method: 'GET',
    path: '/incidents/{id}/notes',
    answer: (request) =>
      ok({
        notes: incidentOf(request)
          .notes.toReversed()
          .map((note) => noteJson(request.account, note)),
      }),
  },
  { method: 'POST', path: '/incidents/{id}/notes', from: true, answer: createNote },
  { method: 'POST', path: '/incidents/{id}/status_updates', from: true, answer: createStatusUpdate },
  {
    method: 'POST',
    path: '/incidents/{id}/responder_requests',
    ability: 'coordinated_responding',
    answer: createResponderRequest,
  },
  {
    method: 'GET',
    path: '/incidents/{id}/alerts',
    query: [...paging, 'alert_key', 'statuses[]', 'sort_by', 'include[]'],
    includes: ['services', 'first_trigger_log_entries', 'incidents'],
    answer: (request) => {
      const { account, query } = request;
      const incident = incidentOf(request);
      const statuses = query.many('statuses[]', ['triggered', 'resolved']);
      const key = query.one('alert_key');
      const order = query.choice(
        'sort_by',
        ['created_at', 'resolved_at'].flatMap((field) => [field, `${field}:asc`, `${field}:desc`]),
      );
      const found = incident.alerts.filter(
        (alert) => (!statuses || statuses.includes(alert.status)) && (key === undefined || alert.key === key),
      );
      const inOrder = order?.endsWith(':desc') ? found.toReversed() : found;
      return ok(page(query, 'alerts', inOrder, (alert) => alertJson(account, incident, alert)));
    },
  },
];
