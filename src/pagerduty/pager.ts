/** The Pager port on PagerDuty's REST API. */

import type { PagerIncident } from '../domain/pager-incident.ts';
import { PagerError, type Acting, type OnCallEntry, type OnCallQuery, type Pager } from '../ports/pager.ts';
import type { PagerDutyClient } from './client.ts';
import { incidentFromRest, onCallFromRest, responderFromRest } from './mapping.ts';

/** Full people instead of references, for their e-mails. */
const withPeople = { 'include[]': ['acknowledgers', 'agents', 'assignees'] };

/** Every method throws PagerError. */
export function createPager(client: PagerDutyClient): Pager {
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
      return unique([...byPolicy, ...bySchedule], keyOf);
    },
    responders: async () => {
      const users = await client.pages('/users', 'users');
      return unique(users.map(responderFromRest), ({ id }) => id);
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
      return unique(incidents.map(incidentFromRest), ({ id }) => id);
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
    addNote: async (incidentId, text, { from }) => {
      await client.request('POST', `${incidentPath(incidentId)}/notes`, { body: { note: { content: text } }, from });
    },
  };
}

async function listOnCalls(
  client: PagerDutyClient,
  { since, until }: OnCallQuery,
  filter: 'escalation_policy_ids[]' | 'schedule_ids[]',
  ids: readonly string[],
): Promise<readonly OnCallEntry[]> {
  if (ids.length === 0) return [];
  const query = {
    [filter]: ids,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
    'include[]': ['users'],
  };
  return (await client.pages('/oncalls', 'oncalls', query)).map(onCallFromRest);
}

function incidentPath(idOrNumber: string): string {
  return `/incidents/${encodeURIComponent(idOrNumber)}`;
}

function incidentOf(body: unknown): PagerIncident {
  return incidentFromRest((body as { incident?: unknown } | null | undefined)?.incident);
}

function keyOf({ escalationPolicyId, level, responder, scheduleId, start, end }: OnCallEntry): string {
  return JSON.stringify([escalationPolicyId, level, responder.id, scheduleId, start, end]);
}

/** An element that slid onto the next page while the pages were read comes twice. */
function unique<T>(elements: readonly T[], key: (element: T) => string): readonly T[] {
  return [...new Map(elements.map((element) => [key(element), element])).values()];
}
