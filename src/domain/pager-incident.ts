/** PagerDuty's record of an incident, and the pure rule that turns two looks at it into events. */

import type { Responder } from './responder.ts';

export type PagerStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface PagerIncident {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly status: PagerStatus;
  readonly urgency: 'high' | 'low';
  readonly url: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly escalationPolicyId: string;
  readonly priority?: string;
  /** PagerDuty's `incident_key`: the dedup key of the alert that opened it. */
  readonly dedupKey?: string;
  readonly assignees: readonly Responder[];
  /** How the present assignees came to it; absent where this look does not tell. */
  readonly assignment?: Assignment;
  readonly acknowledgers: readonly Responder[];
  /** Who changed the status last; absent where PagerDuty itself or an integration did. */
  readonly lastChangedBy?: Responder;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms of the last change of status, of assignment or of anything else that PagerDuty dates. */
  readonly changedAt: number;
}

export interface Assignment {
  readonly how: 'escalated' | 'reassigned';
  /** Who did it; absent where PagerDuty did it by itself. */
  readonly by?: Responder;
}

/** What somebody wrote on an incident. */
export interface PagerNote {
  readonly id: string;
  readonly incidentId: string;
  readonly text: string;
  readonly by?: Responder;
  /** Epoch ms. */
  readonly at: number;
}

/** The same events whether a webhook or the poller saw the change (G-01). */
export type PagerIncidentEvent =
  | { readonly kind: 'triggered'; readonly incident: PagerIncident }
  | { readonly kind: 'acknowledged'; readonly incident: PagerIncident; readonly by?: Responder }
  | { readonly kind: 'unacknowledged'; readonly incident: PagerIncident }
  | {
      readonly kind: 'reassigned';
      readonly incident: PagerIncident;
      readonly from: readonly Responder[];
      readonly to: readonly Responder[];
    }
  | { readonly kind: 'resolved'; readonly incident: PagerIncident; readonly by?: Responder }
  | { readonly kind: 'reopened'; readonly incident: PagerIncident };

/** What happened between two looks at one incident; `before` is absent at the first look. */
export function incidentEvents(before: PagerIncident | undefined, after: PagerIncident): readonly PagerIncidentEvent[] {
  const events: PagerIncidentEvent[] = [];
  if (!before) events.push({ kind: 'triggered', incident: after });
  const status = before?.status ?? 'triggered';
  if (status === 'resolved' && after.status !== 'resolved') events.push({ kind: 'reopened', incident: after });
  if (status === 'acknowledged' && after.status === 'triggered') {
    events.push({ kind: 'unacknowledged', incident: after });
  }
  if (before && after.status === 'triggered' && !sameResponders(before.assignees, after.assignees)) {
    events.push({ kind: 'reassigned', incident: after, from: before.assignees, to: after.assignees });
  }
  if (status !== 'acknowledged' && after.status === 'acknowledged') {
    events.push({
      kind: 'acknowledged',
      incident: after,
      ...optionalBy(after.acknowledgers[0] ?? after.lastChangedBy),
    });
  }
  if (status !== 'resolved' && after.status === 'resolved') {
    events.push({ kind: 'resolved', incident: after, ...optionalBy(after.lastChangedBy) });
  }
  return events;
}

function optionalBy(by: Responder | undefined): { by?: Responder } {
  return by ? { by } : {};
}

function sameResponders(a: readonly Responder[], b: readonly Responder[]): boolean {
  const ids = new Set(a.map((responder) => responder.id));
  return a.length === b.length && b.every((responder) => ids.has(responder.id));
}

const RANK: Record<PagerStatus, number> = { triggered: 0, acknowledged: 1, resolved: 2 };

/**
 * Whether `next` is an older look than `before`. PagerDuty dates changes in whole seconds: within one second an
 * incident only moves towards its end.
 */
export function isOlder(next: PagerIncident, before: PagerIncident): boolean {
  if (before.changedAt !== next.changedAt) return next.changedAt < before.changedAt;
  return RANK[next.status] < RANK[before.status];
}
