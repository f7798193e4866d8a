/** A local PagerDuty that speaks the wire: a scenario furnishes it and acts in it, a bot talks to it over HTTP. */
import type { SimulatedClock } from '../clock.ts';
import { Account } from './account.ts';
import { Faults } from './faults.ts';
import { Front, type Call } from './front.ts';
import * as actions from './incident-actions.ts';
import * as edits from './incident-edits.ts';
import { incidentJson } from './incident-json.ts';
import { triggerFromEvent, type Trigger } from './incident-opening.ts';
import { onCallAt, onCallEntries, type OnCallEntry } from './oncall-entries.ts';
import { RateLimit } from './rate-limit.ts';
import type { EscalationPolicyRecord, IncidentRecord, ServiceRecord, UserRecord } from './records.ts';
import { removeOverride } from './schedule-routes.ts';
import * as snapshots from './snapshot.ts';
import { Webhooks, type WebhookDelivery } from './webhooks.ts';
import * as setup from './world-setup.ts';

export interface PagerDutyWorldOptions {
  readonly clock: SimulatedClock;
  readonly token?: string;
  /** Tokens of single users: token → user id. Only they may ask for /users/me. */
  readonly userTokens?: Readonly<Record<string, string>>;
  readonly port?: number;
  readonly webhookUrl?: string;
  readonly webhookSecret?: string;
  readonly requestsPerMinute?: number;
  readonly abilities?: readonly string[];
}

export type WorldEvent =
  | { readonly kind: 'incident'; readonly type: string; readonly incident: string }
  | { readonly kind: 'log'; readonly entry: snapshots.LogEntrySnapshot }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'webhook'; readonly webhook: WebhookDelivery };

const pollEvery = 5;

export class PagerDutyWorld {
  readonly token: string;
  readonly faults = new Faults();
  readonly #account: Account;
  readonly #front: Front;
  readonly #webhooks: Webhooks;
  readonly #listeners = new Set<(event: WorldEvent) => void>();
  #calls: Call[] = [];
  #down = false;
  #port = 0;

  private constructor(options: PagerDutyWorldOptions) {
    this.token = options.token ?? 'pd-simulator-token';
    const account = new Account(options.clock, options.abilities);
    this.#account = account;
    this.#webhooks = new Webhooks({ account, onChange: (webhook) => this.#tell({ kind: 'webhook', webhook }) });
    this.#webhooks.deliverTo(options.webhookUrl, options.webhookSecret);
    account.onLog = (entry) => this.#tell({ kind: 'log', entry: snapshots.logEntrySnapshot(entry) });
    account.onOccurrence = (occurrence) => {
      this.#webhooks.report(occurrence);
      this.#tell({ kind: 'incident', type: occurrence.type, incident: occurrence.incident });
    };
    this.#front = new Front({
      account,
      keys: { account: this.token, users: new Map(Object.entries(options.userTokens ?? {})) },
      faults: this.faults,
      rate: new RateLimit(options.clock, options.requestsPerMinute ?? 960),
      isDown: () => this.#down,
      onCall: (call) => {
        this.#calls.push(call);
        this.#tell({ kind: 'call', call });
      },
    });
  }

  static async start(options: PagerDutyWorldOptions): Promise<PagerDutyWorld> {
    const world = new PagerDutyWorld(options);
    world.#port = await world.#front.listen(options.port ?? 0);
    return world;
  }

  get apiUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  addUser({ role = 'user', timeZone = 'Etc/UTC', ...user }: setup.UserSetup): void {
    this.#account.users.set(user.id, { ...user, role, timeZone });
  }

  addSchedule(schedule: setup.ScheduleSetup): void {
    setup.addSchedule(this.#account, schedule);
  }

  addOverride(scheduleId: string, span: setup.SpanSetup): string {
    return setup.addOverride(this.#account, scheduleId, span).id;
  }

  removeOverride(scheduleId: string, overrideId: string): void {
    removeOverride(this.#account, this.#account.schedule(scheduleId), overrideId);
  }

  addEscalationPolicy(policy: setup.EscalationPolicySetup): void {
    setup.addEscalationPolicy(this.#account, policy);
  }

  addService(service: setup.ServiceSetup): void {
    setup.addService(this.#account, service);
  }

  /** From the most severe to the least. */
  addPriority({ id, name, description = '' }: { id: string; name: string; description?: string }): void {
    this.#account.priorities.set(id, { id, name, description });
  }

  addChangeEvent(event: setup.ChangeEventSetup): string {
    return setup.addChangeEvent(this.#account, event);
  }

  /** As monitoring would, through the Events API. Returns the incident's id, also when it was open already. */
  trigger(trigger: Trigger): string {
    snapshots.known('service', trigger.service, () => this.#account.service(trigger.service));
    return triggerFromEvent(this.#account, trigger).incident.id;
  }

  /** On the phone. */
  acknowledge(incidentId: string, userId: string): void {
    actions.acknowledge(this.#account, this.#incident(incidentId), userId, 'mobile');
  }

  /** Without a user it is monitoring that says all is well. */
  resolve(incidentId: string, userId?: string): void {
    actions.resolve(this.#account, this.#incident(incidentId), this.#hand(userId, incidentId));
  }

  escalate(incidentId: string, level: number, userId?: string): void {
    actions.escalate(this.#account, this.#incident(incidentId), level, this.#hand(userId, incidentId));
  }

  reassign(incidentId: string, userId: string, byId?: string): void {
    actions.reassign(this.#account, this.#incident(incidentId), [userId], this.#hand(byId, incidentId));
  }

  /** Hands it to another escalation policy. */
  delegate(incidentId: string, policyId: string, byId?: string): void {
    actions.delegate(this.#account, this.#incident(incidentId), policyId, this.#hand(byId, incidentId));
  }

  reopen(incidentId: string, userId?: string): void {
    actions.reopen(this.#account, this.#incident(incidentId), this.#hand(userId, incidentId));
  }

  snooze(incidentId: string, seconds: number, userId: string): void {
    actions.snooze(this.#account, this.#incident(incidentId), seconds, this.#hand(userId, incidentId));
  }

  merge(targetId: string, sourceIds: readonly string[], userId: string): void {
    const sources = sourceIds.map((id) => this.#incident(id));
    actions.merge(this.#account, this.#incident(targetId), sources, this.#hand(userId, targetId));
  }

  note(incidentId: string, userId: string, text: string): string {
    return edits.addNote(this.#account, this.#incident(incidentId), userId, text).id;
  }

  statusUpdate(incidentId: string, userId: string, message: string): string {
    const update = { user: userId, message, subject: undefined, htmlMessage: undefined };
    return edits.addStatusUpdate(this.#account, this.#incident(incidentId), update).id;
  }

  setPriority(incidentId: string, priorityId: string | undefined, userId?: string): void {
    edits.setPriority(this.#account, this.#incident(incidentId), priorityId, this.#hand(userId, incidentId));
  }

  setUrgency(incidentId: string, urgency: 'high' | 'low', userId?: string): void {
    edits.setUrgency(this.#account, this.#incident(incidentId), urgency, this.#hand(userId, incidentId));
  }

  /** A person who was asked to help answers. */
  respond(incidentId: string, userId: string, answer: 'joined' | 'declined'): void {
    edits.answerRequest(this.#account, this.#incident(incidentId), userId, answer);
  }

  /** Throws for an unknown id; takes the incident number too. */
  incident(idOrNumber: string): snapshots.IncidentSnapshot {
    return snapshots.incidentSnapshot(this.#incident(idOrNumber));
  }

  get incidents(): readonly snapshots.IncidentSnapshot[] {
    return [...this.#account.incidents.values()].map(snapshots.incidentSnapshot);
  }

  /** As the REST API shows it. */
  incidentJson(idOrNumber: string): Record<string, unknown> {
    return incidentJson(this.#account, this.#incident(idOrNumber));
  }

  logEntries(incidentId?: string): readonly snapshots.LogEntrySnapshot[] {
    const id = incidentId === undefined ? undefined : this.#incident(incidentId).id;
    const entries = this.#account.logEntries.filter((entry) => id === undefined || entry.incident === id);
    return entries.map(snapshots.logEntrySnapshot);
  }

  /** The ids of the people on call now at one level, from 1. */
  onCallNow(policyId: string, level: number): string[] {
    const policy = snapshots.known('escalation policy', policyId, () => this.#account.policy(policyId));
    return onCallAt(this.#account, policy, level);
  }

  get users(): readonly UserRecord[] {
    return [...this.#account.users.values()];
  }

  get services(): readonly ServiceRecord[] {
    return [...this.#account.services.values()];
  }

  get policies(): readonly EscalationPolicyRecord[] {
    return [...this.#account.policies.values()];
  }

  /** Who is on call at `instant`, at every level of every policy, with the ends of their shifts. */
  onCallsAt(instant: number): readonly OnCallEntry[] {
    return onCallEntries(this.#account, { since: instant, until: instant + 1 });
  }

  get calls(): readonly Call[] {
    return this.#calls;
  }

  clearCalls(): void {
    this.#calls = [];
  }

  /** Whether something is under way between this PagerDuty and whoever talks to it. */
  get busy(): boolean {
    return this.#front.open > 0 || this.#webhooks.underWay > 0;
  }

  /** While down, every request is answered 503. */
  down(on: boolean): void {
    this.#down = on;
  }

  get webhooks(): readonly WebhookDelivery[] {
    return this.#webhooks.all;
  }

  deliverTo(url: string | undefined, secret?: string | readonly string[]): void {
    this.#webhooks.deliverTo(url, secret);
  }

  /** After three drops in a row PagerDuty stops delivering for a day; this starts it again. */
  enableWebhooks(): void {
    this.#webhooks.enable();
  }

  loseWebhooks(on: boolean): void {
    this.#webhooks.lose = on;
  }

  duplicateWebhooks(on: boolean): void {
    this.#webhooks.duplicate = on;
  }

  shuffleWebhooks(on: boolean): void {
    this.#webhooks.shuffle(on);
  }

  sendWebhook(event: Readonly<Record<string, unknown>>, options: { readonly secret?: string } = {}): WebhookDelivery {
    return this.#webhooks.send(event, options.secret);
  }

  redeliverWebhook(id: string): void {
    this.#webhooks.redeliver(id);
  }

  on(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Waits in real time; looked at again on each event of this world and every few milliseconds. */
  async until(
    predicate: () => boolean | Promise<boolean>,
    what: string,
    options: { readonly timeoutMs?: number } = {},
  ): Promise<void> {
    const { timeoutMs = 15_000 } = options;
    const deadline = performance.now() + timeoutMs;
    while (!(await predicate())) {
      if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(done, pollEvery);
        const off = this.on(done);
        function done(): void {
          clearTimeout(timer);
          off();
          resolve();
        }
      });
    }
  }

  async close(): Promise<void> {
    this.#webhooks.close();
    for (const incident of this.#account.incidents.values()) incident.cancelTimer?.();
    await this.#front.close();
  }

  #incident(idOrNumber: string): IncidentRecord {
    return snapshots.knownIncident(this.#account, idOrNumber);
  }

  #hand(userId: string | undefined, incidentId: string): actions.Hand {
    if (userId === undefined) return { agent: { service: this.#incident(incidentId).service }, channel: 'api' };
    return { agent: { user: userId }, channel: 'mobile' };
  }

  #tell(event: WorldEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

export async function startPagerDuty(options: PagerDutyWorldOptions): Promise<PagerDutyWorld> {
  return PagerDutyWorld.start(options);
}
