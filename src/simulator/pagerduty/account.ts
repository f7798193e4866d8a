/** One PagerDuty account: its records, its clock, its ids, and the news it tells to whoever listens. */
import type { SimulatedClock } from '../clock.ts';
import { notFound } from './api-error.ts';
import type {
  Agent,
  ChangeEventRecord,
  EscalationPolicyRecord,
  IncidentRecord,
  LogEntryRecord,
  PriorityRecord,
  ScheduleRecord,
  ServiceRecord,
  UserRecord,
} from './records.ts';

export const apiHome = 'https://api.pagerduty.com';
export const webHome = 'https://acme.pagerduty.com';

/** Something a V3 webhook would report. */
export interface Occurrence {
  readonly type: string;
  readonly incident: string;
  readonly agent: Agent;
  readonly at: number;
  readonly data: Record<string, unknown>;
}

export const defaultAbilities: readonly string[] = [
  'sso',
  'advanced_reports',
  'teams',
  'read_only_users',
  'team_responders',
  'urgencies',
  'manage_schedules',
  'manage_api_keys',
  'coordinated_responding',
  'event_rules',
  'extensions',
  'event_intelligence',
  'permissions_service',
];

export class Account {
  readonly clock: SimulatedClock;
  readonly abilities: ReadonlySet<string>;
  readonly users = new Map<string, UserRecord>();
  readonly schedules = new Map<string, ScheduleRecord>();
  readonly policies = new Map<string, EscalationPolicyRecord>();
  readonly services = new Map<string, ServiceRecord>();
  /** In order of severity, the most severe first. */
  readonly priorities = new Map<string, PriorityRecord>();
  readonly changeEvents: ChangeEventRecord[] = [];
  readonly incidents = new Map<string, IncidentRecord>();
  readonly logEntries: LogEntryRecord[] = [];
  onOccurrence: (occurrence: Occurrence) => void = () => {};
  onLog: (entry: LogEntryRecord) => void = () => {};
  #serial = 0;

  constructor(clock: SimulatedClock, abilities: readonly string[] = defaultAbilities) {
    this.clock = clock;
    this.abilities = new Set(abilities);
  }

  now(): number {
    return this.clock.now();
  }

  /** The same ids in the same order on every run; scrambled, so that nobody sorts by them. */
  nextId(): string {
    this.#serial += 1;
    const scrambled = Math.imul(this.#serial, 0x9e3779b1) >>> 0;
    return `Q${scrambled.toString(36).toUpperCase().padStart(7, '0')}${this.#serial.toString(36).toUpperCase().padStart(3, '0')}`;
  }

  user(id: string): UserRecord {
    return found(this.users.get(id));
  }

  userByEmail(email: string): UserRecord | undefined {
    const wanted = email.trim().toLowerCase();
    return [...this.users.values()].find((user) => user.email.toLowerCase() === wanted);
  }

  schedule(id: string): ScheduleRecord {
    return found(this.schedules.get(id));
  }

  policy(id: string): EscalationPolicyRecord {
    return found(this.policies.get(id));
  }

  service(id: string): ServiceRecord {
    return found(this.services.get(id));
  }

  priority(id: string): PriorityRecord {
    return found(this.priorities.get(id));
  }

  /** By id, or by incident number, which the API accepts in the same place. */
  incident(idOrNumber: string): IncidentRecord {
    const byId = this.incidents.get(idOrNumber);
    if (byId) return byId;
    return found([...this.incidents.values()].find((incident) => String(incident.number) === idOrNumber));
  }
}

function found<T>(record: T | undefined): T {
  if (record === undefined) throw notFound();
  return record;
}
