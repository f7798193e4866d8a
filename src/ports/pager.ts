/** What the features ask of PagerDuty. */

import type { Assignment, PagerIncident, PagerNote } from '../domain/pager-incident.ts';
import type { Responder } from '../domain/responder.ts';

export interface OnCallEntry {
  readonly responder: Responder;
  readonly level: number;
  readonly escalationPolicyId: string;
  readonly scheduleId: string | null;
  /** Epoch ms; null = permanent. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface OnCallQuery {
  /** Both lists may be empty, not both at once. */
  readonly escalationPolicies: readonly string[];
  readonly schedules: readonly string[];
  /** Epoch ms. */
  readonly since: number;
  readonly until: number;
}

/** A write names the person who clicked; nobody else's name is ever used (E-08). */
export interface Acting {
  /** The e-mail of the acting person's own PagerDuty account. */
  readonly from: string;
}

export interface NewPagerIncident {
  readonly title: string;
  readonly service: string;
  /** Dedup key: one open incident a key. */
  readonly key: string;
  readonly details: string;
  readonly urgency: 'high' | 'low';
  /** PagerDuty id of the one person to page; absent = whoever is on call. */
  readonly assignee?: string;
}

/** PagerDuty ids. */
export interface ResponderRequest {
  readonly requesterId: string;
  readonly responderIds: readonly string[];
  readonly message: string;
}

export interface Pager {
  /** Who is on call in the window, one call for everything that `query` names, its pages followed. */
  onCalls(query: OnCallQuery): Promise<readonly OnCallEntry[]>;
  /** The account's people, every page. */
  responders(): Promise<readonly Responder[]>;
  /** Triggered and acknowledged incidents of the given services and, where it names none, of the account. */
  openIncidents(services: readonly string[]): Promise<readonly PagerIncident[]>;
  /** Incidents that were opened at `since` (epoch ms) or later and are over already. */
  endedIncidents(services: readonly string[], since: number): Promise<readonly PagerIncident[]>;
  /** By id or by number; undefined where PagerDuty has none. */
  incident(idOrNumber: string): Promise<PagerIncident | undefined>;
  acknowledge(incidentId: string, acting: Acting): Promise<PagerIncident>;
  resolve(incidentId: string, acting: Acting): Promise<PagerIncident>;
  escalate(incidentId: string, level: number, acting: Acting): Promise<PagerIncident>;
  /** Opens an incident, which pages whoever is on call for the service. Refused as `invalid` while the key is open there. */
  open(order: NewPagerIncident, acting: Acting): Promise<PagerIncident>;
  /** The open incident of that service and dedup key. */
  openByKey(service: string, key: string): Promise<PagerIncident | undefined>;
  /** How the incident was assigned last; undefined where PagerDuty does not tell. */
  lastAssignment(incidentId: string): Promise<Assignment | undefined>;
  notes(incidentId: string): Promise<readonly PagerNote[]>;
  /** Gives it to these people alone, PagerDuty ids; it is triggered for them. */
  reassign(incidentId: string, responderIds: readonly string[], acting: Acting): Promise<PagerIncident>;
  /** Keeps an acknowledged one quiet. */
  snooze(incidentId: string, seconds: number, acting: Acting): Promise<PagerIncident>;
  /** Calls further people; whoever is assigned stays so. */
  requestResponders(incidentId: string, request: ResponderRequest): Promise<void>;
  /** Gives the note's id. */
  addNote(incidentId: string, text: string, acting: Acting): Promise<string>;
}

export type PagerErrorCode =
  /** PagerDuty did not answer, or with 5xx. */
  | 'unavailable'
  | 'rate_limited'
  /** The token is wrong or lacks the right. */
  | 'unauthorized'
  | 'not_found'
  /** The `From` address is no user of the account (PagerDuty 1008). */
  | 'requester_unknown'
  /** The acting user may not (PagerDuty 1018). */
  | 'requester_refused'
  | 'already_resolved'
  | 'already_acknowledged'
  | 'cannot_escalate'
  /** The account's plan lacks the ability (402). */
  | 'ability_missing'
  | 'invalid';

/** A call that PagerDuty did not carry out; `message` says what and what to do next. */
export class PagerError extends Error {
  readonly code: PagerErrorCode;
  readonly status: number | undefined;
  constructor(code: PagerErrorCode, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PagerError';
    this.code = code;
    this.status = options.status;
  }
}
