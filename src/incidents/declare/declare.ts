/** Declares an incident: kept first, then Slack and PagerDuty follow (I-01 to I-05, I-14, I-17). */

import type { Incident, Severity } from '../../domain/incident.ts';
import type { Alert, AlertSeverity } from '../../domain/alert.ts';
import type { Impact } from '../../domain/incident.ts';
import { onCallIds } from '../deps.ts';
import type { IncidentDeps } from '../deps.ts';
import { UNWANTED } from '../room/fall-back.ts';
import { declareMessages } from './messages.ts';
import { keysOf, lookAround } from './origin.ts';
import type { FormFacts, Origin } from './origin.ts';

export interface Order {
  readonly facts: FormFacts;
  readonly title: string;
  readonly severity: Severity;
  readonly impact: Impact;
  readonly room: boolean;
  readonly private: boolean;
  readonly drill: boolean;
  /** Page in PagerDuty; a drill does so only when asked. */
  readonly page: boolean;
  readonly by: string;
  /** The form that was sent: sent twice, it counts once. */
  readonly form?: string;
}

export type Outcome =
  | { readonly kind: 'declared'; readonly incident: Incident }
  | { readonly kind: 'known'; readonly incident: Incident }
  | { readonly kind: 'refused'; readonly why: string };

export async function declare(order: Order, deps: IncidentDeps): Promise<Outcome> {
  const { facts } = order;
  const team = deps.teams.find(({ key }) => key === facts.team) ?? deps.teams[0];
  if (!team) return { kind: 'refused', why: declareMessages[deps.style.locale].noTeam };
  const alert = facts.alertId ? await deps.alerts.byId(facts.alertId) : undefined;
  const at = deps.clock.now();
  const form = order.form ? [`form:${order.form}`] : [];
  // A private incident and a public one about the same alert are two.
  const keys = [...form, ...(order.private || order.drill ? [] : keysOf(facts.source, alert))];
  const declared = await deps.store.declare(
    {
      title: order.title,
      severity: order.severity,
      state: 'detected',
      impact: order.impact,
      team: team.key,
      drill: order.drill,
      private: order.private,
      declaredBy: order.by,
      declaredAt: at,
      declaredIn: facts.channel,
      ...(facts.source ? { source: facts.source } : {}),
      ...(facts.alertId && !order.drill ? { alertId: facts.alertId } : {}),
      room: roomFor(order),
      pager: order.page ? { kind: 'wanted', by: order.by } : { kind: 'none' },
      roles: {},
      tasks: [],
      onCall: onCallIds(team.key, 1, deps),
    },
    keys,
  );
  if (declared.kind === 'known') return declared;
  const { incident } = declared;
  deps.log.info(
    { incident: incident.id, number: incident.number, severity: incident.severity, drill: incident.drill },
    'incident was declared',
  );
  if (!order.room && !order.private && !facts.source) {
    await deps.store.saveProgress({ ...(await deps.store.progress(incident.id)), refusedCode: UNWANTED });
  }
  deps.advance(incident.id);
  return declared;
}

/** Without a room the source's own thread is the place; without a source one is made. */
function roomFor({ facts, room, private: isPrivate }: Order): Incident['room'] {
  if (room || isPrivate || !facts.source) return { kind: 'opening' };
  const { channel, ts, threadTs } = facts.source;
  return { kind: 'thread', channel, threadTs: threadTs ?? ts };
}

/** One click, no form: the alert says what is wrong, and how bad it may be (I-04, I-05). */
export async function openWarRoom(origin: Origin, by: string, deps: IncidentDeps): Promise<Outcome> {
  const { facts, alert, title, keys } = await lookAround(origin, deps);
  for (const key of keys) {
    const known = await deps.store.byKey(key);
    if (known) return { kind: 'known', incident: await withChannel(known, by, deps) };
  }
  return declare(
    {
      facts,
      title: title === '' ? declareMessages[deps.style.locale].untitled : title,
      severity: severityOf(alert),
      impact: 'unknown',
      room: true,
      private: false,
      drill: false,
      page: true,
      by,
    },
    deps,
  );
}

/** An incident that was talked of in a thread gets its channel when somebody asks for one. */
async function withChannel(incident: Incident, by: string, deps: IncidentDeps): Promise<Incident> {
  if (incident.room.kind !== 'thread') return incident;
  const { refusedCode, ...progress } = await deps.store.progress(incident.id);
  if (refusedCode !== undefined && refusedCode !== UNWANTED) return incident;
  await deps.store.saveProgress(progress);
  const event = { at: deps.clock.now(), by, change: { kind: 'room_changed', room: { kind: 'opening' } } } as const;
  const after = await deps.store.append(incident.id, event, { guard: ({ room }) => room.kind === 'thread' });
  deps.advance(incident.id);
  return after.incident;
}

/** When unsure the higher one (I-07): people lower it with one click. */
const SEVERITY: Readonly<Record<AlertSeverity, Severity>> = {
  critical: 'SEV2',
  error: 'SEV2',
  unknown: 'SEV2',
  warning: 'SEV3',
  info: 'SEV4',
};

function severityOf(alert: Alert | undefined): Severity {
  return SEVERITY[alert?.reading.severity ?? 'unknown'];
}
