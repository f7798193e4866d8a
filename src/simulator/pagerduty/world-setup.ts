/** What a scenario furnishes an account with, and how that becomes records. */
import type { Account } from './account.ts';
import { instantOf } from './instants.ts';
import type { OverrideRecord, ScheduleRecord, TargetRecord } from './records.ts';
import { known } from './snapshot.ts';

export interface UserSetup {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** `user`, `admin`, `owner`, `limited_user`, `read_only_user`, … */
  readonly role?: string;
  readonly timeZone?: string;
}

/** Either an ISO 8601 text or epoch milliseconds. */
export type Moment = string | number;

export interface SpanSetup {
  readonly user: string;
  readonly start: Moment;
  readonly end: Moment;
}

interface ScheduleBase {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Layer-based (v2) or shift-based (v3). */
  readonly kind: 'layers' | 'shifts';
}

export type ScheduleSetup = ScheduleBase &
  (
    | {
        readonly rotation: {
          readonly users: readonly string[];
          readonly handoff: Moment;
          readonly everySeconds: number;
        };
      }
    | { readonly entries: readonly SpanSetup[] }
  );

export interface EscalationPolicySetup {
  readonly id: string;
  readonly name: string;
  readonly levels: readonly { readonly timeoutMinutes: number; readonly targets: readonly TargetRecord[] }[];
  /** How often it starts again from the first level. */
  readonly repeat?: number;
}

export interface ServiceSetup {
  readonly id: string;
  readonly name: string;
  readonly escalationPolicy: string;
  readonly description?: string;
}

export interface ChangeEventSetup {
  readonly id?: string;
  readonly summary: string;
  /** One service or several. */
  readonly service?: string;
  readonly services?: readonly string[];
  readonly source?: string;
  readonly at?: Moment;
  readonly links?: readonly { readonly href: string; readonly text: string }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

const user = (account: Account, id: string): string => known('user', id, () => account.user(id)).id;

export function addSchedule(account: Account, setup: ScheduleSetup): void {
  const { id, name, timeZone, kind } = setup;
  const schedule: ScheduleRecord = {
    id,
    name,
    timeZone,
    kind,
    rotation:
      'rotation' in setup
        ? {
            id: `${id}ROTATION`,
            users: setup.rotation.users.map((one) => user(account, one)),
            handoff: instantOf(setup.rotation.handoff),
            everySeconds: setup.rotation.everySeconds,
          }
        : undefined,
    shifts: [],
    overrides: [],
  };
  if ('entries' in setup) {
    schedule.shifts = setup.entries.map((entry) => ({
      id: account.nextId(),
      user: user(account, entry.user),
      start: instantOf(entry.start),
      end: instantOf(entry.end),
    }));
  }
  account.schedules.set(id, schedule);
}

export function addOverride(account: Account, scheduleId: string, span: SpanSetup): OverrideRecord {
  const schedule = known('schedule', scheduleId, () => account.schedule(scheduleId));
  const [start, end] = [instantOf(span.start), instantOf(span.end)];
  if (end <= start) throw new Error('An override must end after its start');
  const override: OverrideRecord = { id: account.nextId(), user: user(account, span.user), start, end };
  schedule.overrides.push(override);
  return override;
}

export function addEscalationPolicy(account: Account, setup: EscalationPolicySetup): void {
  const { id, name, repeat = 0 } = setup;
  const levels = setup.levels.map(({ timeoutMinutes, targets }, index) => {
    for (const target of targets) {
      if ('user' in target) user(account, target.user);
      else known('schedule', target.schedule, () => account.schedule(target.schedule));
    }
    return { id: `${id}L${index + 1}`, timeoutMinutes, targets };
  });
  account.policies.set(id, { id, name, levels, repeat });
}

export function addService(account: Account, setup: ServiceSetup): void {
  const { id, name, escalationPolicy, description = '' } = setup;
  known('escalation policy', escalationPolicy, () => account.policy(escalationPolicy));
  account.services.set(id, { id, name, escalationPolicy, description, createdAt: account.now() });
}

export function addChangeEvent(account: Account, setup: ChangeEventSetup): string {
  const { summary, service, services = [], source = 'simulator', links = [], details = {} } = setup;
  const id = setup.id ?? account.nextId();
  const at = setup.at === undefined ? account.now() : instantOf(setup.at);
  const all = service === undefined ? services : [service, ...services];
  account.changeEvents.push({ id, summary, source, at, services: all, links, details });
  account.changeEvents.sort((a, b) => a.at - b.at);
  return id;
}
