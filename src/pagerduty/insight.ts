/** The PagerInsight port on PagerDuty's REST API; what the account's plan lacks is silence, not an error (G-03). */

import { z } from 'zod';
import type { Clock } from '../ports/clock.ts';
import { PagerError } from '../ports/pager.ts';
import type { PagerInsight } from '../ports/pager-insight.ts';
import type { PagerDutyClient } from './client.ts';

/** A plan may change; until then each alert would be refused anew. */
const ASK_AGAIN_MS = 24 * 3_600_000;

const changeEvents = z.object({
  change_events: z.array(
    z.object({
      summary: z.string().nullish(),
      timestamp: z.string(),
      links: z.array(z.object({ href: z.string() })).nullish(),
    }),
  ),
});

const pastIncidents = z.object({
  past_incidents: z.array(
    z.object({
      incident: z.object({
        id: z.string(),
        title: z.string().nullish(),
        self: z.string().nullish(),
        html_url: z.string().nullish(),
        created_at: z.string(),
      }),
    }),
  ),
});

export function createPagerInsight(client: PagerDutyClient, clock: Clock): PagerInsight {
  const lacking = new Map<string, number>();
  /** Undefined where PagerDuty gave no answer; `none` where the account has no such thing. */
  const ask = async (ability: string, path: string, query: Readonly<Record<string, string>>): Promise<unknown> => {
    if ((lacking.get(ability) ?? 0) > clock.now()) return 'none';
    try {
      return await client.request('GET', path, { query });
    } catch (error) {
      if (!(error instanceof PagerError)) throw error;
      if (error.code === 'unavailable' || error.code === 'rate_limited') return undefined;
      if (error.code === 'not_found') return 'none';
      lacking.set(ability, clock.now() + ASK_AGAIN_MS);
      client.log?.info({ ability, code: error.code }, 'PagerDuty account lacks an ability; Toban does without');
      return 'none';
    }
  };
  return {
    changes: async ({ since, until, service }) => {
      const path = service ? `/services/${encodeURIComponent(service)}/change_events` : '/change_events';
      const body = await ask('change_events', path, {
        since: new Date(since).toISOString(),
        until: new Date(until).toISOString(),
        limit: '25',
      });
      if (body === undefined) return undefined;
      const read = changeEvents.safeParse(body);
      if (!read.success) return [];
      return read.data.change_events
        .map(({ summary, timestamp, links }) => {
          const url = links?.[0]?.href;
          return { at: Date.parse(timestamp), summary: summary ?? '', ...(url ? { url } : {}) };
        })
        .filter(({ at, summary }) => Number.isFinite(at) && summary !== '')
        .toSorted((a, b) => b.at - a.at);
    },
    pastIncidents: async (incidentId) => {
      const path = `/incidents/${encodeURIComponent(incidentId)}/past_incidents`;
      const read = pastIncidents.safeParse(await ask('past_incidents', path, { limit: '5' }));
      if (!read.success) return [];
      return read.data.past_incidents.map(({ incident }) => ({
        id: incident.id,
        title: incident.title ?? incident.id,
        url: incident.html_url ?? '',
        createdAt: Date.parse(incident.created_at),
      }));
    },
  };
}
