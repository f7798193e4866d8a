/** toban.yml: its schema, and the reading of it with every fault at its path. */

import { z } from 'zod';
import { WEEKDAYS } from '../domain/local-day.ts';
import { didYouMean, type Fault, showPath, showValue } from './fault.ts';
import { faultsAcross } from './file-faults.ts';
import {
  channel,
  channelPrefix,
  dayRange,
  durationBetween,
  flag,
  label,
  oneOf,
  pagerdutyId,
  slackAppId,
  slackGroupId,
  slackUserId,
  timeOfDay,
  timezone,
  webAddress,
  wholeNumber,
} from './values.ts';
import { parseYaml } from './yaml-source.ts';

const apps = z.unknown().transform((raw, context): 'any' | readonly string[] => {
  if (raw === 'any') return raw;
  if (!Array.isArray(raw)) {
    const message = `${showValue(raw)} is not any or a list of app or bot ids; write any, or a list such as [A012AB3CD]`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
  const list = z.array(slackAppId).safeParse(raw);
  if (list.success) return list.data;
  for (const { path, message } of list.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

/** More reminders than these are noise: PagerDuty has escalated long since. */
const MOST_REMINDERS = 10;

const remindAfter = z
  .array(durationBetween('1s', '1d'))
  .max(MOST_REMINDERS, { message: `has too many; expected ${MOST_REMINDERS} durations at the most; remove some` })
  .refine((list) => list.every((ms, index) => ms > (list[index - 1] ?? 0)), {
    message: 'is not ascending; expected each duration longer than the one before; sort it: [1m, 3m, 5m]',
  });

const alertChannel = z.strictObject({
  channel,
  mention: oneOf(['always', 'offhours']).default('always'),
  apps: apps.default('any'),
  ignore_apps: z.array(slackAppId).default([]),
  features: z.strictObject({ mentions: flag.default(true), runbooks: flag.default(true) }).prefault({}),
  remind_after: remindAfter.optional(),
});

const team = z.strictObject({
  name: label.optional(),
  schedule: pagerdutyId.optional(),
  escalation_policy: pagerdutyId.optional(),
  service: pagerdutyId.optional(),
  user_group: slackGroupId.optional(),
  oncall_group: slackGroupId.optional(),
  topic_channel: channel.optional(),
  handover: z.strictObject({ channel: channel.optional(), at: timeOfDay.optional() }).optional(),
  alert_channels: z.array(alertChannel).default([]),
});

const serviceNotes = z.strictObject({
  aliases: z.array(label).default([]),
  first_checks: z.array(label).default([]),
  links: z.array(z.strictObject({ title: label, url: webAddress })).default([]),
});

const tobanFile = z.strictObject({
  locale: oneOf(['ja', 'en']).default('ja'),
  timezone: timezone.default('Asia/Tokyo'),
  admins: z.array(slackUserId).default([]),
  people: z.record(z.string(), slackUserId).default({}),
  business_hours: z
    .strictObject({
      days: z.array(oneOf(WEEKDAYS)).default(['mon', 'tue', 'wed', 'thu', 'fri']),
      from: timeOfDay.default(10 * 60),
      to: timeOfDay.default(19 * 60),
    })
    .refine(({ from, to }) => from < to, {
      path: ['to'],
      message: 'is not after business_hours.from; expected a later time of the same day; correct one of the two',
    })
    .prefault({}),
  holidays: z
    .strictObject({
      country: oneOf(['jp', 'none']).default('jp'),
      add: z.array(dayRange).default([]),
      remove: z.array(dayRange).default([]),
    })
    .prefault({}),
  features: z
    .strictObject({
      handover: flag.default(true),
      mentions: flag.default(true),
      runbooks: flag.default(true),
      incidents: flag.default(true),
    })
    .prefault({}),
  handover: z
    .strictObject({
      channel: channel.optional(),
      at: timeOfDay.default(10 * 60),
      days: oneOf(['daily', 'business_days']).default('daily'),
      rules_url: webAddress.optional(),
    })
    .prefault({}),
  teams: z.record(z.string(), team),
  alerts: z
    .strictObject({
      remind_after: remindAfter.default([60_000, 180_000, 300_000]),
      exhausted_after: durationBetween('1m', '1d').default(900_000),
      remind_within: durationBetween('1m', '1d').default(3_600_000),
      mention_budget: z
        .strictObject({ channel: wholeNumber(1, 100_000).default(8), person: wholeNumber(1, 100_000).default(16) })
        .prefault({}),
    })
    .prefault({}),
  pagerduty: z.strictObject({ poll: durationBetween('5s', '1d').default(30_000) }).prefault({}),
  ical: z.strictObject({ url: webAddress.optional() }).prefault({}),
  runbooks: z.strictObject({ dir: label.default('runbooks') }).prefault({}),
  changes: z
    .strictObject({
      window: durationBetween('1m', '7d').default(2 * 3_600_000),
      channels: z.array(channel).default([]),
    })
    .prefault({}),
  services: z.record(z.string(), serviceNotes).default({}),
  incidents: z
    .strictObject({
      channel_prefix: channelPrefix.default('inc'),
      announce_channel: channel.optional(),
      postmortem_template: label.optional(),
      canvas: flag.default(false),
      ask_commander_after: durationBetween('30s', '1d').default(5 * 60_000),
      idle_after: durationBetween('1m', '14d').default(24 * 3_600_000),
      archive_after: durationBetween('1d', '90d').default(10 * 24 * 3_600_000),
      announce_locale: oneOf(['ja', 'en']).optional(),
      stakeholders: z
        .strictObject({
          SEV1: z.array(slackGroupId).optional(),
          SEV2: z.array(slackGroupId).optional(),
          SEV3: z.array(slackGroupId).optional(),
          SEV4: z.array(slackGroupId).optional(),
        })
        .prefault({}),
      update_after: durationBetween('1m', '1d').default(30 * 60_000),
      timeline_reaction: label.default('pushpin'),
    })
    .prefault({}),
});

/** The file after validation: its own key names, its values read. */
export type TobanFile = z.output<typeof tobanFile>;

/** Every key that the file knows: `teams.*.alert_channels[].mention`. */
export const tobanFileKeys: readonly string[] = keysOf(tobanFile, '');

function keysOf(schema: z.core.$ZodType, prefix: string): readonly string[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return keysOf(schema.def.innerType, prefix);
  }
  if (schema instanceof z.ZodArray) return keysOf(schema.element, `${prefix}[]`);
  if (schema instanceof z.ZodRecord) return keysOf(schema.valueType, `${prefix}.*`);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([key, inner]) => {
    const path = prefix ? `${prefix}.${key}` : key;
    return [path, ...keysOf(inner, path)];
  });
}

export type TobanFileReading =
  /** `raw` is the file as it was written, before defaults. */
  | { readonly kind: 'read'; readonly file: TobanFile; readonly raw: unknown }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

/** `path` only names the file in syntax faults. */
export function readTobanFile(source: string, path: string): TobanFileReading {
  const parsed = parseYaml(source, path);
  if (parsed.kind === 'refused') return parsed;
  const raw = parsed.raw ?? {};
  const result = tobanFile.safeParse(raw, { reportInput: true });
  const faults = [...(result.error?.issues ?? []).flatMap(faultsOf), ...faultsAcross(raw)];
  if (!result.success || faults.length > 0) return { kind: 'refused', faults };
  return { kind: 'read', file: result.data, raw };
}

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  const where = showPath(issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key));
  if (issue.code !== 'invalid_type') return [{ where: where || 'toban.yml', message: issue.message }];
  const expected = issue.expected === 'array' ? 'a list' : 'a block of keys';
  const next = 'write it as in toban.example.yml';
  if (issue.input === undefined) {
    const what = where === 'teams' ? 'at least one team under it' : expected;
    return [{ where, message: `is missing; expected ${what}; ${next}` }];
  }
  const found = issue.input === null ? 'is empty' : `${showValue(issue.input)} is not ${expected}`;
  return [{ where: where || 'toban.yml', message: `${found}; expected ${expected}; ${next}, or remove the key` }];
}

function unknownKey(path: readonly PropertyKey[], key: string): Fault {
  const parent = patternOf(path);
  const known = tobanFileKeys
    .filter((candidate) => candidate.replace(/\.?[^.]+$/, '') === parent)
    .map((candidate) => candidate.replace(/^.*\./, ''));
  const elsewhere = tobanFileKeys.filter((candidate) => candidate === key || candidate.endsWith(`.${key}`));
  const hint = didYouMean(key, known) || (elsewhere.length > 0 ? ` (it belongs at ${elsewhere.join(' or ')})` : '');
  const expected = `expected one of ${known.join(', ')}`;
  return { where: showPath([...path, key]), message: `is an unknown key${hint}; ${expected}; correct or remove it` };
}

/** `teams.sre.alert_channels[0]` → `teams.*.alert_channels[]`. */
function patternOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>((pattern, step, index) => {
    if (typeof step === 'number') return `${pattern}[]`;
    if (index === 1 && (path[0] === 'teams' || path[0] === 'services')) return `${pattern}.*`;
    return pattern ? `${pattern}.${String(step)}` : String(step);
  }, '');
}
