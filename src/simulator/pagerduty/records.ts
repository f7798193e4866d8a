/** What the simulated PagerDuty remembers: plain records, instants as epoch milliseconds. */

export type Urgency = 'high' | 'low';
export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface UserRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly timeZone: string;
}

export interface OverrideRecord {
  readonly id: string;
  readonly user: string;
  readonly start: number;
  readonly end: number;
  /** Shift-based only: whom it replaces (anyone when absent) and in which rotation or custom shift. */
  readonly replaces?: string | undefined;
  readonly rotation?: string | undefined;
  readonly customShift?: string | undefined;
}

export interface CustomShiftRecord {
  readonly id: string;
  readonly user: string;
  readonly start: number;
  readonly end: number;
}

export interface RotationRecord {
  readonly id: string;
  readonly users: readonly string[];
  readonly handoff: number;
  readonly everySeconds: number;
}

export interface ScheduleRecord {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly kind: 'layers' | 'shifts';
  readonly rotation: RotationRecord | undefined;
  /** Fixed shifts: the entries given by the scenario, and custom shifts made through the API. */
  shifts: CustomShiftRecord[];
  overrides: OverrideRecord[];
}

export type TargetRecord = { readonly user: string } | { readonly schedule: string };

export interface LevelRecord {
  readonly id: string;
  readonly timeoutMinutes: number;
  readonly targets: readonly TargetRecord[];
}

export interface EscalationPolicyRecord {
  readonly id: string;
  readonly name: string;
  readonly levels: readonly LevelRecord[];
  readonly repeat: number;
}

export interface ServiceRecord {
  readonly id: string;
  readonly name: string;
  readonly escalationPolicy: string;
  readonly description: string;
  readonly createdAt: number;
}

export interface PriorityRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface ChangeEventRecord {
  readonly id: string;
  readonly summary: string;
  readonly source: string;
  readonly at: number;
  readonly services: readonly string[];
  readonly links: readonly { readonly href: string; readonly text: string }[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** Who did something: a person, a service (monitoring), or nobody (PagerDuty itself). */
export type Agent = { readonly user: string } | { readonly service: string } | undefined;

export interface NoteRecord {
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly at: number;
}

export interface AlertRecord {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly service: string;
  readonly severity: string;
  readonly details: unknown;
  readonly at: number;
  status: 'triggered' | 'resolved';
}

export type ResponderState = 'pending' | 'joined' | 'declined' | 'user_cancelled';

export interface ResponderRecord {
  readonly user: string;
  readonly requester: string;
  readonly message: string;
  readonly requestedAt: number;
  updatedAt: number;
  state: ResponderState;
}

export interface StatusUpdateRecord {
  readonly id: string;
  readonly message: string;
  readonly subject: string | undefined;
  readonly htmlMessage: string | undefined;
  readonly user: string;
  readonly at: number;
}

export interface IncidentRecord {
  readonly id: string;
  readonly number: number;
  readonly key: string;
  readonly createdAt: number;
  /** Made by a person (REST) rather than by monitoring. */
  readonly manual: boolean;
  title: string;
  service: string;
  policy: string;
  status: IncidentStatus;
  urgency: Urgency;
  updatedAt: number;
  resolvedAt: number | undefined;
  reopenedAt: number | undefined;
  lastStatusChangeAt: number;
  lastStatusChangeBy: Agent;
  assignments: { readonly user: string; readonly at: number }[];
  assignedVia: 'escalation_policy' | 'direct_assignment';
  acknowledgements: { readonly user: string; readonly at: number }[];
  priority: string | undefined;
  level: number;
  loop: number;
  details: string | undefined;
  type: string;
  bridge: { readonly number: string | undefined; readonly url: string | undefined } | undefined;
  mergedInto: string | undefined;
  snoozedUntil: number | undefined;
  notes: NoteRecord[];
  alerts: AlertRecord[];
  responders: ResponderRecord[];
  statusUpdates: StatusUpdateRecord[];
  /** Stops the escalation or the end of a snooze that is being waited for. */
  cancelTimer: (() => void) | undefined;
}

export type LogEntryKind =
  | 'trigger'
  | 'acknowledge'
  | 'unacknowledge'
  | 'annotate'
  | 'assign'
  | 'delegate'
  | 'escalate'
  | 'exhaust_escalation_path'
  | 'notify'
  | 'repeat_escalation_path'
  | 'resolve'
  | 'snooze'
  | 'urgency_change'
  | 'priority_change'
  | 'responder_request'
  | 'status_update'
  | 'merge'
  | 'field_value_change';

export interface LogEntryRecord {
  readonly id: string;
  readonly incident: string;
  readonly kind: LogEntryKind;
  readonly at: number;
  readonly agent: Agent;
  readonly channel: Readonly<Record<string, unknown>>;
  readonly summary: string;
  /** The people concerned: new assignees, or the one who was notified. */
  readonly users: readonly string[];
  readonly extra: Readonly<Record<string, unknown>>;
}
