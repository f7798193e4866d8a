/** Looks at PagerDuty for the doctor: reads only, and turns every failure into an answer. */

import { z } from 'zod';
import { PagerError } from '../ports/pager.ts';
import type { Pager } from '../ports/pager.ts';
import type { PagerProbe, Probe } from '../ports/probes.ts';
import type { PagerDutyClient } from './client.ts';

const named = z.object({ name: z.string().nullish(), summary: z.string().nullish() });
const abilities = z.object({ abilities: z.array(z.string()) });
const schedule = z.object({ schedule: named });
const policy = z.object({
  escalation_policy: named.extend({
    escalation_rules: z.array(z.object({ targets: z.array(z.unknown()).nullish() })),
  }),
});
const service = z.object({
  service: named.extend({ escalation_policy: z.object({ id: z.string() }).nullish() }),
});

export function createPagerProbe(client: PagerDutyClient, pager: Pager): PagerProbe {
  const get = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    const result = schema.safeParse(await client.request('GET', path));
    if (result.success) return result.data;
    throw new PagerError('invalid', `PagerDuty: GET ${path}: the answer does not have its usual form.`);
  };
  /** By id: undefined where PagerDuty answers 404. */
  const find = <T>(look: () => Promise<T>): Promise<Probe<T | undefined>> =>
    probed(async () => {
      try {
        return await look();
      } catch (error) {
        if (error instanceof PagerError && error.code === 'not_found') return undefined;
        throw error;
      }
    });
  return {
    abilities: () => probed(async () => (await get('/abilities', abilities)).abilities),
    people: () => probed(() => pager.responders()),
    schedule: (id) =>
      find(async () => {
        const path = `/schedules/${encodeURIComponent(id)}`;
        try {
          return nameOf((await get(path, schedule)).schedule, id);
        } catch (error) {
          // Schedules made of shifts are known to the newer paths alone (PLATFORMS B2).
          if (!(error instanceof PagerError) || error.code !== 'not_found') throw error;
          return await get(`/v3${path}`, schedule).then(
            (body) => nameOf(body.schedule, id),
            (second: unknown) => {
              // It answers 400 for what it does not keep.
              if (second instanceof PagerError && second.code === 'invalid') throw error;
              throw second;
            },
          );
        }
      }),
    policy: (id) =>
      find(async () => {
        const { escalation_policy: found } = await get(`/escalation_policies/${encodeURIComponent(id)}`, policy);
        return {
          name: nameOf(found, id),
          targets: found.escalation_rules.map(({ targets }) => targets?.length ?? 0),
        };
      }),
    service: (id) =>
      find(async () => {
        const { service: found } = await get(`/services/${encodeURIComponent(id)}`, service);
        return { name: nameOf(found, id), policyId: found.escalation_policy?.id ?? '' };
      }),
    onCalls: (query) => probed(() => pager.onCalls(query)),
  };
}

function nameOf({ name, summary }: z.infer<typeof named>, id: string): string {
  return name ?? summary ?? id;
}

async function probed<T>(call: () => Promise<T>): Promise<Probe<T>> {
  try {
    return { kind: 'answered', value: await call() };
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    if (error.code === 'unavailable' || error.code === 'rate_limited') return { kind: 'silent', reason: error.code };
    const code = error.status === undefined ? error.code : String(error.status);
    return { kind: 'refused', code, detail: error.message };
  }
}
