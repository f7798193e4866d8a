/** The Pager port on PagerDuty's REST API. */

import type { PagerIncident } from '../domain/pager-incident.ts';
import { silentLog, type Log } from '../ports/log.ts';
import { PagerError, type Acting, type OnCallEntry, type OnCallQuery, type Pager } from '../ports/pager.ts';
import type { PagerDutyClient } from './client.ts';
import { assignmentFromLog, incidentFromRest, noteFromRest, onCallFromRest, responderFromRest } from './mapping.ts';

/** Full people instead of references, for their e-mails. */
const withPeople = { 'include[]': ['acknowledgers', 'agents', 'assignees'] };

/** How many distinct faults are remembered as told. */
const toldAtMost = 1000;

/** Every method throws PagerError. What does not fit in a list is left out of it and told to the client's log. */
export function createPager(client: PagerDutyClient): Pager {
  const fitting = createSieve(client.log ?? silentLog);

  const update = async (incidentId: string, change: object, { from }: Acting): Promise<PagerIncident> => {
    const body = { incident: { type: 'incident_reference', ...change } };
    return incidentOf(await client.request('PUT', incidentPath(incidentId), { body, from }));
  };

  return {
    onCalls: async (query) => {
      const { escalationPolicies, schedules } = query;
      if (escalationPolicies.length === 0 && schedules.length === 0) {
        throw new PagerError('invalid', 'No escalation policy and no schedule was named: name one in toban.yml.');
      }
      // Both filters in one call would narrow each other; a schedule may stand in policies that nobody named.
      const byPolicy = await listOnCalls(client, query, 'escalation_policy_ids[]', escalationPolicies);
      const bySchedule = await listOnCalls(client, query, 'schedule_ids[]', schedules);
      return unique([...fitting(byPolicy, onCallFromRest), ...fitting(bySchedule, onCallFromRest)], keyOf);
    },
    responders: async () => {
      const users = await client.pages('/users', 'users');
      return unique(fitting(users, responderFromRest), ({ id }) => id);
    },
    openIncidents: async (services) => {
      // Without date_range=all PagerDuty lists the last month only.
      const query = {
        'statuses[]': ['triggered', 'acknowledged'],
        date_range: 'all',
        ...(services.length === 0 ? {} : { 'service_ids[]': services }),
        ...withPeople,
      };
      const incidents = await client.pages('/incidents', 'incidents', query);
      return unique(fitting(incidents, incidentFromRest), ({ id }) => id);
    },
    endedIncidents: async (services, since) => {
      const query = {
        'statuses[]': ['resolved'],
        since: new Date(since).toISOString(),
        ...(services.length === 0 ? {} : { 'service_ids[]': services }),
        ...withPeople,
      };
      const incidents = await client.pages('/incidents', 'incidents', query);
      return unique(fitting(incidents, incidentFromRest), ({ id }) => id);
    },
    incident: async (idOrNumber) => {
      try {
        return incidentOf(await client.request('GET', incidentPath(idOrNumber), { query: withPeople }));
      } catch (error) {
        if (error instanceof PagerError && error.code === 'not_found') return undefined;
        throw error;
      }
    },
    acknowledge: (incidentId, acting) => update(incidentId, { status: 'acknowledged' }, acting),
    resolve: (incidentId, acting) => update(incidentId, { status: 'resolved' }, acting),
    escalate: (incidentId, level, acting) => update(incidentId, { escalation_level: level }, acting),
    open: async ({ title, service, key, details, urgency, assignee }, { from }) => {
      const incident = {
        type: 'incident',
        title,
        service: { id: service, type: 'service_reference' },
        incident_key: key,
        urgency,
        body: { type: 'incident_body', details },
        ...(assignee ? { assignments: [{ assignee: { id: assignee, type: 'user_reference' } }] } : {}),
      };
      return incidentOf(await client.request('POST', '/incidents', { body: { incident }, from }));
    },
    openByKey: async (service, key) => {
      const query = {
        'statuses[]': ['triggered', 'acknowledged'],
        date_range: 'all',
        'service_ids[]': [service],
        incident_key: key,
        ...withPeople,
      };
      const [found] = fitting(await client.pages('/incidents', 'incidents', query), incidentFromRest);
      return found;
    },
    lastAssignment: async (incidentId) => {
      const query = { is_overview: 'true', limit: '25' };
      const body = await client.request('GET', `${incidentPath(incidentId)}/log_entries`, { query });
      return assignmentFromLog(listIn(body, 'log_entries'));
    },
    notes: async (incidentId) => {
      const body = await client.request('GET', `${incidentPath(incidentId)}/notes`, {});
      return fitting(listIn(body, 'notes'), (note) => noteFromRest(incidentId, note));
    },
    reassign: (incidentId, responderIds, acting) => {
      const assignments = responderIds.map((id) => ({ assignee: { id, type: 'user_reference' } }));
      return update(incidentId, { assignments }, acting);
    },
    snooze: async (incidentId, seconds, { from }) => {
      const path = `${incidentPath(incidentId)}/snooze`;
      return incidentOf(await client.request('POST', path, { body: { duration: seconds }, from }));
    },
    requestResponders: async (incidentId, { requesterId, responderIds, message }) => {
      const targets = responderIds.map((id) => ({ responder_request_target: { id, type: 'user_reference' } }));
      const body = { requester_id: requesterId, message, responder_request_targets: targets };
      await client.request('POST', `${incidentPath(incidentId)}/responder_requests`, { body });
    },
    addNote: async (incidentId, text, { from }) => {
      const body = { note: { content: text } };
      const answer = await client.request('POST', `${incidentPath(incidentId)}/notes`, { body, from });
      return (answer as { note?: { id?: string } } | null | undefined)?.note?.id ?? '';
    },
  };
}

async function listOnCalls(
  client: PagerDutyClient,
  { since, until }: OnCallQuery,
  filter: 'escalation_policy_ids[]' | 'schedule_ids[]',
  ids: readonly string[],
): Promise<readonly unknown[]> {
  if (ids.length === 0) return [];
  const query = {
    [filter]: ids,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
    'include[]': ['users'],
  };
  return client.pages('/oncalls', 'oncalls', query);
}

type Sieve = <T>(elements: readonly unknown[], read: (element: unknown) => T) => readonly T[];

/** Keeps what `read` can read, warns once of each other; throws where there are elements and none can be read. */
function createSieve(log: Log): Sieve {
  const told = new Set<string>();
  return (elements, read) => {
    const faults: { readonly id: string; readonly error: PagerError }[] = [];
    const found = elements.flatMap((element) => {
      try {
        return [read(element)];
      } catch (error) {
        if (!(error instanceof PagerError)) throw error;
        faults.push({ id: idOf(element), error });
        return [];
      }
    });
    const [first] = faults;
    if (first && found.length === 0) throw first.error;
    for (const { id, error } of faults) {
      const key = JSON.stringify([error.message, id]);
      if (told.has(key)) continue;
      // Rather told twice than remembered for ever.
      if (told.size >= toldAtMost) told.clear();
      told.add(key);
      log.warn({ id, reason: error.message }, 'PagerDuty listed something that could not be read; it was left out');
    }
    return found;
  };
}

/** An on-call entry has no id of its own: the schedule or the policy says where to look. */
function idOf(element: unknown): string {
  const fields = (element ?? {}) as Readonly<Record<string, unknown>>;
  for (const named of [fields, fields['schedule'], fields['escalation_policy']]) {
    const id = (named as { id?: unknown } | null | undefined)?.id;
    if (typeof id === 'string') return id;
  }
  return '';
}

function incidentPath(idOrNumber: string): string {
  return `/incidents/${encodeURIComponent(idOrNumber)}`;
}

function incidentOf(body: unknown): PagerIncident {
  return incidentFromRest((body as { incident?: unknown } | null | undefined)?.incident);
}

function listIn(body: unknown, name: string): readonly unknown[] {
  const list = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return Array.isArray(list) ? list : [];
}

function keyOf({ escalationPolicyId, level, responder, scheduleId, start, end }: OnCallEntry): string {
  return JSON.stringify([escalationPolicyId, level, responder.id, scheduleId, start, end]);
}

/** An element that slid onto the next page while the pages were read comes twice. */
function unique<T>(elements: readonly T[], key: (element: T) => string): readonly T[] {
  return [...new Map(elements.map((element) => [key(element), element])).values()];
}
