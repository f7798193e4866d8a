/** Changes the state, the severity or the impact of an incident; each is an event (I-06, I-07). */

import { isOpen } from '../../domain/incident.ts';
import type { Impact, Incident, IncidentState, Mitigation, Severity } from '../../domain/incident.ts';
import type { IncidentDeps } from '../deps.ts';
import { record } from '../record.ts';

export type Changed =
  | { readonly kind: 'changed'; readonly incident: Incident }
  | { readonly kind: 'same'; readonly incident: Incident }
  /** Only the commander or the declarer says that it is over. */
  | { readonly kind: 'refused'; readonly incident: Incident };

export async function changeState(
  incident: Incident,
  to: { readonly state: IncidentState; readonly mitigation?: Mitigation },
  by: string,
  deps: IncidentDeps,
): Promise<Changed> {
  const { state, mitigation } = to;
  const ends = isOpen(incident) && (state === 'cleared' || state === 'completed');
  if (ends && !mayClear(incident, by)) return { kind: 'refused', incident };
  if (ends) await deps.clearing(incident.id);
  const change = {
    kind: 'state_changed',
    from: incident.state,
    to: state,
    ...(mitigation ? { mitigation } : {}),
  } as const;
  const differs = (now: Incident) => now.state !== state || (mitigation !== undefined && now.mitigation !== mitigation);
  const appended = await record(incident, change, deps, { by, guard: differs });
  if (appended.kind === 'unchanged') return { kind: 'same', incident: appended.incident };
  // Where the change took long, the first word came too early and found it open.
  if (ends) await deps.clearing(incident.id);
  await followState(appended.incident, deps);
  return { kind: 'changed', incident: appended.incident };
}

export function mayClear(incident: Incident, userId: string): boolean {
  return incident.roles.commander === userId || incident.declaredBy === userId;
}

/** An incident that is over is asked about no more, and its room is put away some days later (I-15). */
async function followState(incident: Incident, deps: IncidentDeps): Promise<void> {
  const prefix = `incident:${incident.id}:`;
  if (isOpen(incident)) {
    await deps.timers.cancel(`${prefix}archive`);
    return;
  }
  await deps.timers.cancel(`${prefix}commander`);
  await deps.timers.cancel(`${prefix}idle`);
  if (incident.room.kind !== 'channel') return;
  await deps.timers.set({
    key: `${prefix}archive`,
    kind: 'incident.archive',
    dueAt: (incident.clearedAt ?? deps.clock.now()) + deps.settings.archiveAfterMs,
    payload: JSON.stringify({ incidentId: incident.id, asked: 0 }),
  });
}

export async function changeSeverity(
  incident: Incident,
  to: Severity,
  by: string,
  deps: IncidentDeps,
): Promise<Changed> {
  const change = { kind: 'severity_changed', from: incident.severity, to } as const;
  const appended = await record(incident, change, deps, { by, guard: ({ severity }) => severity !== to });
  return { kind: appended.kind === 'unchanged' ? 'same' : 'changed', incident: appended.incident };
}

export async function changeImpact(
  incident: Incident,
  to: { readonly impact: Impact; readonly text?: string },
  by: string,
  deps: IncidentDeps,
): Promise<Changed> {
  const { impact, text } = to;
  const differs = (now: Incident) => now.impact !== impact || (text !== undefined && text !== (now.impactText ?? ''));
  const change = { kind: 'impact_changed', impact, ...(text === undefined ? {} : { text }) } as const;
  const appended = await record(incident, change, deps, { by, guard: differs });
  return { kind: appended.kind === 'unchanged' ? 'same' : 'changed', incident: appended.incident };
}
