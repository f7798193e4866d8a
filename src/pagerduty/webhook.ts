/** PagerDuty's V3 webhooks: is it really from PagerDuty, and what does it say. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { PagerIncident, PagerNote } from '../domain/pager-incident.ts';
import { PagerError } from '../ports/pager.ts';
import { incidentFromWebhook, noteFromWebhook } from './mapping.ts';

/**
 * Whether one of the signatures in `header` (`X-PagerDuty-Signature: v1=<hex>[,v1=<hex>…]`) is the HMAC-SHA256 of the
 * raw body by one of `secrets`: several of either stand while a secret is being rotated (webhooks/Verifying Signatures).
 * Takes the same time whichever of them fits.
 */
export function verifySignature(rawBody: Buffer, header: string | undefined, secrets: readonly string[]): boolean {
  const given = (header ?? '').split(',').flatMap((part) => {
    const hex = /^v1=([0-9a-f]{64})$/i.exec(part.trim())?.[1];
    return hex === undefined ? [] : [Buffer.from(hex, 'hex')];
  });
  let fits = false;
  for (const secret of secrets) {
    // An empty secret would let anybody sign.
    if (secret === '') continue;
    const expected = createHmac('sha256', secret).update(rawBody).digest();
    for (const signature of given) {
      if (timingSafeEqual(expected, signature)) fits = true;
    }
  }
  return fits;
}

export type WebhookEvent =
  | {
      readonly kind: 'incident';
      readonly eventId: string;
      readonly eventType: string;
      readonly incident: PagerIncident;
    }
  | { readonly kind: 'note'; readonly eventId: string; readonly note: PagerNote }
  | { readonly kind: 'ping' }
  /** A status update, a responder, …: worth a refresh. */
  | { readonly kind: 'other'; readonly eventType: string; readonly eventId: string }
  | { readonly kind: 'malformed'; readonly reason: string };

const envelope = z.object({
  event: z.object({
    id: z.string().min(1),
    event_type: z.string(),
    occurred_at: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not an instant'),
    agent: z.unknown().optional(),
    data: z.object({ type: z.string().nullish() }).loose().nullish(),
  }),
});

/** What a body says; never throws. Verify the signature first. */
export function readWebhook(rawBody: Buffer): WebhookEvent {
  let body: unknown;
  try {
    body = JSON.parse(rawBody.toString('utf8'));
  } catch {
    return { kind: 'malformed', reason: 'The body is not JSON.' };
  }
  const { data: parsed, error } = envelope.safeParse(body);
  if (!parsed) {
    const [issue] = error.issues;
    return { kind: 'malformed', reason: `Does not fit at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}.` };
  }
  const { id: eventId, event_type: eventType, occurred_at: occurredAt, agent, data } = parsed.event;
  if (eventType === 'pagey.ping') return { kind: 'ping' };
  const isNote = eventType === 'incident.annotated' && data?.type === 'incident_note';
  if (!eventType.startsWith('incident.') || (data?.type !== 'incident' && !isNote)) {
    return { kind: 'other', eventType, eventId };
  }
  if (isNote) {
    const note = noteFromWebhook(data, { eventType, occurredAt: Date.parse(occurredAt), agent });
    return note ? { kind: 'note', eventId, note } : { kind: 'other', eventType, eventId };
  }
  try {
    const context = { eventType, occurredAt: Date.parse(occurredAt), agent };
    return { kind: 'incident', eventId, eventType, incident: incidentFromWebhook(data, context) };
  } catch (fault) {
    if (fault instanceof PagerError) return { kind: 'malformed', reason: fault.message };
    throw fault;
  }
}
