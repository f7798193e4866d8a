/** PagerDuty's JSON → the bot's nouns; lenient about what is missing, strict about what is needed. */

import { z } from 'zod';
import type { Assignment, PagerIncident, PagerNote } from '../domain/pager-incident.ts';
import type { Responder } from '../domain/responder.ts';
import { PagerError, type OnCallEntry } from '../ports/pager.ts';

const reference = z.object({
  id: z.string(),
  type: z.string().nullish(),
  summary: z.string().nullish(),
  name: z.string().nullish(),
  email: z.string().nullish(),
});
type Reference = z.infer<typeof reference>;
/** A priority or an agent: not worth refusing an incident for. */
const anyReference = reference.extend({ id: z.string().nullish() });

/** Any ISO 8601 instant, with Z or an offset → epoch ms. */
const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'not an instant')
  .transform((text) => Date.parse(text));

/** What REST and webhooks name alike. */
const incidentBase = {
  id: z.string(),
  title: z.string().nullish(),
  summary: z.string().nullish(),
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  urgency: z.enum(['high', 'low']).nullish(),
  html_url: z.string().nullish(),
  incident_key: z.string().nullish(),
  created_at: instant,
  service: reference.nullish(),
  escalation_policy: reference.nullish(),
  priority: anyReference.nullish(),
};

const restIncident = z.object({
  ...incidentBase,
  incident_number: z.number(),
  updated_at: instant.nullish(),
  last_status_change_at: instant.nullish(),
  last_status_change_by: anyReference.nullish(),
  assignments: z.array(z.object({ assignee: reference.nullish() })).nullish(),
  acknowledgements: z.array(z.object({ acknowledger: reference.nullish() })).nullish(),
});

const webhookIncident = z.object({
  ...incidentBase,
  number: z.number(),
  assignees: z.array(reference.nullable()).nullish(),
});

const onCallEntry = z.object({
  user: reference,
  schedule: reference.nullish(),
  escalation_policy: reference,
  escalation_level: z.number().int(),
  start: instant.nullish(),
  end: instant.nullish(),
});

const logEntry = z.object({ type: z.string(), agent: anyReference.nullish() });
const restNote = z.object({ id: z.string(), content: z.string(), user: anyReference.nullish(), created_at: instant });
const webhookNote = z.object({ id: z.string(), content: z.string().nullish(), incident: z.object({ id: z.string() }) });

/** An incident as the REST API gives it. Throws PagerError('invalid') naming the field that does not fit. */
export function incidentFromRest(body: unknown): PagerIncident {
  const raw = fit(restIncident, body, 'incident');
  return {
    ...shared(raw),
    number: raw.incident_number,
    assignees: people((raw.assignments ?? []).map(({ assignee }) => assignee)),
    acknowledgers: people((raw.acknowledgements ?? []).map(({ acknowledger }) => acknowledger)),
    ...optional('lastChangedBy', person(raw.last_status_change_by)),
    changedAt: wholeSecond(Math.max(raw.last_status_change_at ?? 0, raw.updated_at ?? 0, raw.created_at)),
  };
}

/** The envelope around a webhook's incident. */
export interface WebhookContext {
  readonly eventType: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  readonly agent: unknown;
}

const changesStatus = new Set([
  'incident.triggered',
  'incident.acknowledged',
  'incident.unacknowledged',
  'incident.reopened',
  'incident.resolved',
]);

/** An incident as a V3 webhook gives it. Throws PagerError('invalid') naming the field that does not fit. */
export function incidentFromWebhook(data: unknown, { eventType, occurredAt, agent }: WebhookContext): PagerIncident {
  const raw = fit(webhookIncident, data, 'incident');
  const { data: who } = anyReference.safeParse(agent);
  const by = changesStatus.has(eventType) ? person(who) : undefined;
  return {
    ...shared(raw),
    number: raw.number,
    assignees: people(raw.assignees ?? []),
    // The event does not list them: only who acknowledged just now is known.
    acknowledgers: eventType === 'incident.acknowledged' && by ? [by] : [],
    ...optional('lastChangedBy', by),
    ...optional('assignment', assignmentOf(eventType, person(who))),
    changedAt: wholeSecond(occurredAt),
  };
}

const ASSIGNMENTS: Readonly<Record<string, Assignment['how']>> = {
  'incident.escalated': 'escalated',
  'incident.reassigned': 'reassigned',
  'incident.delegated': 'reassigned',
  escalate_log_entry: 'escalated',
  assign_log_entry: 'reassigned',
  delegate_log_entry: 'reassigned',
};

function assignmentOf(type: string, by: Responder | undefined): Assignment | undefined {
  const how = ASSIGNMENTS[type];
  return how && { how, ...optional('by', by) };
}

/** How an incident was assigned last, from its log entries, newest first; undefined where they do not tell. */
export function assignmentFromLog(entries: readonly unknown[]): Assignment | undefined {
  for (const entry of entries) {
    const { data } = logEntry.safeParse(entry);
    const found = data && assignmentOf(data.type, person(data.agent));
    if (found) return found;
  }
  return undefined;
}

/** One entry of GET /incidents/{id}/notes. Throws PagerError('invalid') naming the field that does not fit. */
export function noteFromRest(incidentId: string, body: unknown): PagerNote {
  const raw = fit(restNote, body, 'note');
  return { id: raw.id, incidentId, text: raw.content, ...optional('by', person(raw.user)), at: raw.created_at };
}

/** The data of an `incident.annotated` webhook; undefined where it does not fit: a look at the incident tells the note. */
export function noteFromWebhook(data: unknown, { occurredAt, agent }: WebhookContext): PagerNote | undefined {
  const { data: raw } = webhookNote.safeParse(data);
  if (!raw) return undefined;
  const { data: who } = anyReference.safeParse(agent);
  return {
    id: raw.id,
    incidentId: raw.incident.id,
    text: raw.content ?? '',
    ...optional('by', person(who)),
    at: occurredAt,
  };
}

/** One entry of GET /oncalls. Throws PagerError('invalid') naming the field that does not fit. */
export function onCallFromRest(body: unknown): OnCallEntry {
  const raw = fit(onCallEntry, body, 'on-call entry');
  return {
    responder: responderOf(raw.user),
    level: raw.escalation_level,
    escalationPolicyId: raw.escalation_policy.id,
    scheduleId: raw.schedule?.id ?? null,
    start: raw.start ?? null,
    end: raw.end ?? null,
  };
}

/** One entry of GET /users. Throws PagerError('invalid') naming the field that does not fit. */
export function responderFromRest(body: unknown): Responder {
  return responderOf(fit(reference, body, 'user'));
}

function shared(
  raw: z.infer<z.ZodObject<typeof incidentBase>>,
): Omit<PagerIncident, 'number' | 'assignees' | 'acknowledgers' | 'changedAt'> {
  return {
    id: raw.id,
    title: raw.title ?? raw.summary ?? '',
    status: raw.status,
    urgency: raw.urgency ?? 'high',
    url: raw.html_url ?? '',
    serviceId: raw.service?.id ?? '',
    serviceName: raw.service?.summary ?? raw.service?.name ?? '',
    escalationPolicyId: raw.escalation_policy?.id ?? '',
    ...optional('priority', raw.priority?.summary ?? raw.priority?.name ?? undefined),
    ...optional('dedupKey', raw.incident_key ?? undefined),
    createdAt: raw.created_at,
  };
}

function responderOf({ id, name, summary, email }: Reference): Responder {
  return { id, name: name ?? summary ?? id, ...optional('email', email ?? undefined) };
}

/** Only people: services and integrations stand in the same fields (`service_reference`, …). */
function person(raw: z.infer<typeof anyReference> | null | undefined): Responder | undefined {
  if (!raw?.id || (raw.type !== 'user_reference' && raw.type !== 'user')) return undefined;
  return responderOf({ ...raw, id: raw.id });
}

function people(references: readonly (Reference | null | undefined)[]): readonly Responder[] {
  return references.flatMap((raw) => person(raw) ?? []);
}

/** REST dates in whole seconds, webhooks in milliseconds; the coarser makes both doors comparable. */
function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function fit<T>(schema: z.ZodType<T>, body: unknown, what: string): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new PagerError('invalid', `PagerDuty's ${what} does not fit at "${place}": ${issue?.message ?? 'unknown'}.`);
}
