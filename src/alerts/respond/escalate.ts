/** Escalates an alert from Slack, to a level or to a person, as the person who pressed (E-03, E-08). */

import type { Alert, MentionTarget } from '../../domain/alert.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Responder } from '../../domain/responder.ts';
import { PagerError } from '../../ports/pager.ts';
import { DONE, inPagerDuty, said, sentenceFor } from '../act.ts';
import type { Acted } from '../act.ts';
import { tellEscalation, threadDraft } from '../call-in-thread.ts';
import { incidentOf, levelNow } from '../current-incident.ts';
import type { AlertDeps } from '../deps.ts';
import { followIncident } from '../follow-incident.ts';
import { mentionText } from '../mention-text.ts';
import { messages } from '../messages.ts';
import { reasonText } from '../views.ts';
import { respondMessages } from './messages.ts';

interface FormLevel {
  readonly level: number;
  readonly names: readonly string[];
}

export type EscalationForm =
  /** `levels` above where the alert stands, lowest first; empty at the top. */
  | { readonly kind: 'ready'; readonly alertId: string; readonly levels: readonly FormLevel[] }
  | { readonly kind: 'refused'; readonly why: string };

/** What an escalation may choose from; refused, with the reason, where there is nothing. */
export async function escalationForm(alertId: string, userId: string, deps: AlertDeps): Promise<EscalationForm> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return { kind: 'refused', why: words.already.gone };
  try {
    const incident = await incidentOf(alert, deps);
    if (!incident) return { kind: 'refused', why: words.escalateModal.noIncident };
    if (incident.status === 'resolved') return { kind: 'refused', why: words.escalateModal.over };
    if (!(await deps.directory.responderOf(userId))) return { kind: 'refused', why: words.noAccount };
    const now = await levelNow(alert.id, incident, deps);
    const levels = deps.roster
      .levels(alert.team, deps.clock.now())
      .filter(({ level }) => level > now)
      .map(({ level, shifts }) => ({ level, names: shifts.map(({ responder }) => responder.name) }));
    return { kind: 'ready', alertId, levels };
  } catch (error) {
    // Whatever it is: a modal that goes on loading says nothing.
    if (!(error instanceof PagerError))
      deps.log.error({ err: error, alert: alert.id }, 'escalation could not be prepared');
    return { kind: 'refused', why: error instanceof PagerError ? sentenceFor(error, deps) : words.unavailable };
  }
}

export interface EscalationOrder {
  readonly alertId: string;
  readonly userId: string;
  /** A Slack id; goes before the level. */
  readonly person?: string;
  readonly level?: number;
  readonly reason?: string;
}

export async function escalateAlert(order: EscalationOrder, deps: AlertDeps): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(order.alertId);
  if (!alert) return said(words.already.gone);
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) return said(words.escalateModal.noIncident);
      if (incident.status === 'resolved') return said(words.already.resolved);
      const me = await deps.directory.responderOf(order.userId);
      if (!me?.email) return said(words.noAccount);
      const acted = order.person
        ? await toPerson(alert, incident, order.person, order, me.email, deps)
        : await toLevel(alert, incident, order, me.email, deps);
      if (acted.kind === 'said') return acted;
      const note = order.reason ? words.escalateModal.note(order.reason) : words.escalateModal.noteNoReason;
      await deps.pager.addNote(incident.id, note, { from: me.email }).catch((error: unknown) => {
        deps.log.warn({ err: error, incident: incident.id }, 'reason of an escalation was not noted in PagerDuty');
      });
      return DONE;
    },
    alert,
  );
}

async function toLevel(
  alert: Alert,
  incident: PagerIncident,
  { level: wanted = 0, userId, reason }: EscalationOrder,
  from: string,
  deps: AlertDeps,
): Promise<Acted> {
  const level = await levelNow(alert.id, incident, deps);
  // Somebody, or PagerDuty itself, was there first.
  if (level >= wanted) return said(messages[deps.style.locale].already.running);
  await guarded(alert, deps, async () => {
    const changed = await deps.pager.escalate(incident.id, wanted, { from });
    const by = { slackId: userId, name: '' };
    await tellEscalation(alert, wanted, deps, { from: level, by, ...(reason ? { reason } : {}) });
    return changed;
  });
  return DONE;
}

async function toPerson(
  alert: Alert,
  incident: PagerIncident,
  slackId: string,
  { userId, reason }: EscalationOrder,
  from: string,
  deps: AlertDeps,
): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  return handTo(
    alert,
    incident,
    slackId,
    from,
    deps,
    (target) => `${words.escalated(target, `<@${userId}>`)}${reason ? reasonText(reason, deps.style) : ''}`,
  );
}

/** Gives the incident to one person and calls them in the thread; `tell` says it with the person's mention in. */
export async function handTo(
  alert: Alert,
  incident: PagerIncident,
  slackId: string,
  from: string,
  deps: AlertDeps,
  tell: (target: string) => string,
): Promise<Acted> {
  const person = await deps.directory.responderOf(slackId);
  if (!person) return said(respondMessages[deps.style.locale].personNoAccount);
  if (isOnly(incident, person)) return said(messages[deps.style.locale].already.running);
  await guarded(alert, deps, async () => {
    const changed = await deps.pager.reassign(incident.id, [person.id], { from });
    const target: MentionTarget = { kind: 'person', slackId, name: person.name };
    const key = `handed:${alert.id}:${person.id}:${incident.changedAt}`;
    const draft = await threadDraft(alert, key, { text: tell(mentionText([target])) }, deps);
    if (draft) await deps.outbox.post(draft);
    await deps.care.told(alert.id, deps.clock.now());
    return changed;
  });
  return DONE;
}

export function isOnly({ assignees }: PagerIncident, person: Responder): boolean {
  return assignees.length === 1 && assignees[0]?.id === person.id;
}

/** While it runs, the mirror of PagerDuty says nothing of its own: this click knows who did it and why. */
export async function guarded(alert: Alert, deps: AlertDeps, run: () => Promise<PagerIncident>): Promise<void> {
  deps.escalating.add(alert.id);
  try {
    const changed = await run();
    await deps.inTurn(() => followIncident(changed, deps));
  } finally {
    deps.escalating.delete(alert.id);
  }
}
