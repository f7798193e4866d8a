/** The PagerSchedules port on PagerDuty's REST API: layer-based schedules (v2) and shift-based ones (v3). */

import { z } from 'zod';
import { PagerError } from '../ports/pager.ts';
import type { OverrideOutcome, PagerSchedules, RenderedSchedule, RenderedShift } from '../ports/pager-schedules.ts';
import type { PagerDutyClient } from './client.ts';
import { policyOf } from './policy.ts';

const instant = z.string().transform((text) => Date.parse(text));
const layerEntry = z.object({ start: instant, end: instant, user: z.object({ id: z.string() }).nullish() });
const layerSchedule = z.object({
  schedule: z.object({ final_schedule: z.object({ rendered_schedule_entries: z.array(layerEntry) }) }),
});
const shiftEntry = z.object({
  start_time: instant,
  end_time: instant,
  member: z.object({ user_id: z.string().nullish() }),
  source: z.object({ rotation_id: z.string().nullish(), shift_id: z.string().nullish() }),
});
const shiftSchedule = z.object({
  schedule: z.object({ final_schedule: z.object({ computed_shift_assignments: z.array(shiftEntry) }) }),
});
/** PagerDuty's example answers a bare list, its upgrade guide a list under a name, older accounts one object. */
const layerResult = z.object({
  status: z.number().nullish(),
  errors: z.array(z.string()).nullish(),
  override: z.object({ id: z.string().nullish() }).nullish(),
});
const layerResults = z.union([
  z.array(layerResult),
  z.object({ overrides: z.array(layerResult) }).transform(({ overrides }) => overrides),
  layerResult.transform((result) => [result]),
]);
const shiftResults = z.object({ overrides: z.array(z.object({ id: z.string() })) });

/** Of either kind: each has its own names. */
const overrideList = z.object({
  overrides: z.array(
    z.object({
      id: z.string().nullish(),
      start: instant.nullish(),
      end: instant.nullish(),
      user: z.object({ id: z.string() }).nullish(),
      start_time: instant.nullish(),
      end_time: instant.nullish(),
      overriding_member: z.object({ user_id: z.string().nullish() }).nullish(),
    }),
  ),
});

/** The answers of an account or of a schedule without the v3 endpoints. */
const NOT_SHIFT_BASED: readonly number[] = [400, 402, 403, 404];

export function createPagerSchedules(client: PagerDutyClient): PagerSchedules {
  const rendered: PagerSchedules['rendered'] = async (id, since, until) => {
    const window = { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
    try {
      const query = { ...window, 'include[]': ['final_schedule'] };
      const body = await client.request('GET', `/v3${pathOf(id)}`, { query });
      return {
        id,
        kind: 'shifts',
        shifts: fit(shiftSchedule, body).schedule.final_schedule.computed_shift_assignments.flatMap(shiftOf),
      };
    } catch (error) {
      if (!(error instanceof PagerError) || !NOT_SHIFT_BASED.includes(error.status ?? 0)) throw error;
    }
    const body = await client.request('GET', pathOf(id), { query: window });
    const entries = fit(layerSchedule, body).schedule.final_schedule.rendered_schedule_entries;
    const shifts = entries.flatMap(({ user, start, end }) => (user ? [{ responderId: user.id, start, end }] : []));
    return { id, kind: 'layers', shifts };
  };
  return {
    policies: async () => {
      const found = await client.pages('/escalation_policies', 'escalation_policies', { 'include[]': ['targets'] });
      return found.flatMap((body) => policyOf(body) ?? []);
    },
    rendered,
    override: async (schedule, changes, { from }) => {
      const path = `${schedule.kind === 'shifts' ? '/v3' : ''}${pathOf(schedule.id)}/overrides`;
      if (schedule.kind === 'layers') {
        const overrides = changes.map(({ start, end, to }) => ({
          start: new Date(start).toISOString(),
          end: new Date(end).toISOString(),
          user: { id: to.id, type: 'user_reference' },
        }));
        const results = fit(layerResults, await client.request('POST', path, { body: { overrides }, from }));
        return changes.map((_change, index): OverrideOutcome => {
          const { status, override, errors } = results[index] ?? {};
          if (override?.id && (status ?? 201) < 300)
            return { kind: 'made', override: { id: override.id, schedule: 'layers' } };
          return { kind: 'refused', reason: errors?.join('; ') ?? `status ${status ?? 'unknown'}` };
        });
      }
      const overrides = changes.map(({ start, end, from: overridden, to }) => ({
        type: 'override_shift',
        ...sourceOf(schedule, overridden.id, start),
        start_time: new Date(start).toISOString(),
        end_time: new Date(end).toISOString(),
        overridden_member: { type: 'user_member', user_id: overridden.id },
        overriding_member: { type: 'user_member', user_id: to.id },
      }));
      const made = fit(shiftResults, await client.request('POST', path, { body: { overrides }, from })).overrides;
      return changes.map((_change, index): OverrideOutcome => {
        const id = made[index]?.id;
        return id === undefined
          ? { kind: 'refused', reason: 'PagerDuty did not confirm it' }
          : { kind: 'made', override: { id, schedule: 'shifts' } };
      });
    },
    standing: async ({ id, kind }, { start, end, to }) => {
      const path = `${kind === 'shifts' ? '/v3' : ''}${pathOf(id)}/overrides`;
      const window = { since: new Date(start).toISOString(), until: new Date(end).toISOString() };
      // Without `editable` the layer-based ones come without their ids.
      const query = kind === 'shifts' ? window : { ...window, editable: 'true' };
      const { overrides } = fit(overrideList, await client.request('GET', path, { query }));
      const found = overrides.find(
        (one) =>
          (one.user?.id ?? one.overriding_member?.user_id) === to.id &&
          Math.abs((one.start ?? one.start_time ?? 0) - start) < 1000 &&
          Math.abs((one.end ?? one.end_time ?? 0) - end) < 1000,
      );
      return found?.id ? { id: found.id, schedule: kind } : undefined;
    },
    removeOverride: async (scheduleId, { id, schedule }, { from }) => {
      const path = `${schedule === 'shifts' ? '/v3' : ''}${pathOf(scheduleId)}/overrides/${encodeURIComponent(id)}`;
      try {
        await client.request('DELETE', path, { from });
        return 'removed';
      } catch (error) {
        if (error instanceof PagerError && error.code === 'not_found') return 'gone';
        throw error;
      }
    },
  };
}

function shiftOf({
  start_time: start,
  end_time: end,
  member,
  source,
}: z.infer<typeof shiftEntry>): readonly RenderedShift[] {
  // A gap is a member without a user.
  if (!member.user_id) return [];
  const place = source.shift_id
    ? { custom_shift_id: source.shift_id }
    : source.rotation_id
      ? { rotation_id: source.rotation_id }
      : undefined;
  return [{ responderId: member.user_id, start, end, ...(place ? { source: place } : {}) }];
}

function sourceOf(schedule: RenderedSchedule, responderId: string, at: number): object {
  const shift = schedule.shifts.find((one) => one.responderId === responderId && one.start <= at && one.end > at);
  if (shift?.source) return shift.source;
  throw new PagerError('invalid', `PagerDuty's schedule ${schedule.id} names no rotation for the shift to override.`);
}

function pathOf(id: string): string {
  return `/schedules/${encodeURIComponent(id)}`;
}

function fit<T>(schema: z.ZodType<T>, body: unknown): T {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  throw new PagerError('invalid', `PagerDuty's schedule does not fit at "${error.issues[0]?.path.join('.') ?? ''}".`);
}
