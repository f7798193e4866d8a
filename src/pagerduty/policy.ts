/** PagerDuty's escalation policy → the bot's noun. */

import { z } from 'zod';
import type { EscalationPolicy } from '../domain/escalation-policy.ts';

const target = z.object({
  id: z.string(),
  type: z.string(),
  summary: z.string().nullish(),
  name: z.string().nullish(),
});
const policy = z.object({
  id: z.string(),
  name: z.string().nullish(),
  summary: z.string().nullish(),
  num_loops: z.number().nullish(),
  escalation_rules: z
    .array(z.object({ escalation_delay_in_minutes: z.number(), targets: z.array(target).nullish() }))
    .nullish(),
});

/** Undefined for what cannot be read: one strange policy of the account must not hide the others. */
export function policyOf(body: unknown): EscalationPolicy | undefined {
  const { data } = policy.safeParse(body);
  if (!data) return undefined;
  return {
    id: data.id,
    name: data.name ?? data.summary ?? data.id,
    repeats: data.num_loops ?? 0,
    levels: (data.escalation_rules ?? []).map((rule, index) => ({
      level: index + 1,
      timeoutMinutes: rule.escalation_delay_in_minutes,
      targets: (rule.targets ?? []).map(({ id, type, name, summary }) => ({
        kind: type.startsWith('user') ? 'person' : 'schedule',
        id,
        name: name ?? summary ?? id,
      })),
    })),
  };
}
