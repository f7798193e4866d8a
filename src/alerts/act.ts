/** What a click on an alert does: in PagerDuty as the person who clicked, or nothing at all (A-03, E-03, E-06, E-08). */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import { PagerError } from '../ports/pager.ts';
import { levelOf } from './choose-mention.ts';
import type { AlertDeps } from './deps.ts';
import { tellEscalation } from './call-in-thread.ts';
import { followIncident } from './follow-incident.ts';
import { joinReason } from './join.ts';
import { messages } from './messages.ts';
import { showAlert } from './show-alert.ts';
import { personText } from './views.ts';

/** `said` is a sentence for the person alone; nothing to say where the message itself shows it. */
export type Acted = { readonly kind: 'done' } | { readonly kind: 'said'; readonly text: string };

const DONE: Acted = { kind: 'done' };
const said = (text: string): Acted => ({ kind: 'said', text });

export async function acknowledgeAlert(alertId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return said(words.already.gone);
  if (alert.resolvedAt !== undefined) return said(words.already.resolved);
  if (alert.acknowledgedAt !== undefined) {
    const who = alert.acknowledgedBy ? personText(alert.acknowledgedBy) : words.someone;
    return said(words.already.acknowledged(who));
  }
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) {
        const after = await deps.store.acknowledged(alert.id, deps.clock.now(), { slackId: userId, name: '' }, true);
        if (after) await showAlert(after, deps);
        return DONE;
      }
      const from = await deps.directory.pagerEmailOf(userId);
      if (!from) return said(words.noAccount);
      const changed = await deps.pager.acknowledge(incident.id, { from });
      const after = await deps.store.acknowledged(alert.id, deps.clock.now(), { slackId: userId, name: '' }, false);
      await followIncident(changed, deps);
      if (after) await showAlert(after, deps, changed);
      return DONE;
    },
    alert,
  );
}

export async function resolveFromSlack(alertId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return said(words.already.gone);
  if (alert.resolvedAt !== undefined) return said(words.already.resolved);
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) return said(words.escalateModal.noIncident);
      const from = await deps.directory.pagerEmailOf(userId);
      if (!from) return said(words.noAccount);
      await followIncident(await deps.pager.resolve(incident.id, { from }), deps);
      return DONE;
    },
    alert,
  );
}

export type NextLevel =
  | { readonly kind: 'ready'; readonly alert: Alert; readonly level: number; readonly names: readonly string[] }
  | { readonly kind: 'refused'; readonly why: string };

/** The level that an escalation would call; refused, with the reason, where there is none. */
export async function nextLevel(alertId: string, userId: string, deps: AlertDeps): Promise<NextLevel> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return { kind: 'refused', why: words.already.gone };
  if (alert.resolvedAt !== undefined) return { kind: 'refused', why: words.escalateModal.over };
  try {
    const incident = await incidentOf(alert, deps);
    if (!incident) return { kind: 'refused', why: words.escalateModal.noIncident };
    if (!(await deps.directory.pagerEmailOf(userId))) return { kind: 'refused', why: words.noAccount };
    const levels = deps.roster.levels(alert.team, deps.clock.now());
    const now = levelNow(alert, incident, deps);
    const next = levels.find(({ level }) => level > now);
    if (!next) return { kind: 'refused', why: words.escalateModal.top };
    return { kind: 'ready', alert, level: next.level, names: next.shifts.map(({ responder }) => responder.name) };
  } catch (error) {
    return { kind: 'refused', why: sentenceFor(error, deps) };
  }
}

export async function escalateAlert(
  order: { alertId: string; level: number; userId: string; reason?: string },
  deps: AlertDeps,
): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(order.alertId);
  if (!alert) return said(words.already.gone);
  if (alert.resolvedAt !== undefined) return said(words.already.resolved);
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) return said(words.escalateModal.noIncident);
      const from = await deps.directory.pagerEmailOf(order.userId);
      if (!from) return said(words.noAccount);
      const level = levelNow(alert, incident, deps);
      // Somebody, or PagerDuty itself, was there first.
      if (level >= order.level) return said(words.already.running);
      deps.escalating.add(alert.id);
      try {
        const changed = await deps.pager.escalate(incident.id, order.level, { from });
        const by = { slackId: order.userId, name: '' };
        const { reason } = order;
        await tellEscalation(alert, order.level, deps, { from: level, by, ...(reason ? { reason } : {}) });
        await followIncident(changed, deps);
      } finally {
        deps.escalating.delete(alert.id);
      }
      const note = order.reason ? words.escalateModal.note(order.reason) : words.escalateModal.noteNoReason;
      await deps.pager.addNote(incident.id, note, { from }).catch((error: unknown) => {
        deps.log.warn({ err: error, incident: incident.id }, 'reason of an escalation was not noted in PagerDuty');
      });
      return DONE;
    },
    alert,
  );
}

/** Where PagerDuty stands; Toban may have mentioned a higher level already, for want of somebody in Slack. */
function levelNow(alert: Alert, incident: PagerIncident, deps: AlertDeps): number {
  const levels = deps.roster.levels(alert.team, deps.clock.now());
  return levelOf(levels, incident.assignees) ?? Math.max(1, alert.level);
}

/** The incident as PagerDuty has it now; looks for one where the alert is not joined yet. */
async function incidentOf(alert: Alert, deps: AlertDeps): Promise<PagerIncident | undefined> {
  if (alert.pagerIncidentId) {
    const incident = await deps.pager.incident(alert.pagerIncidentId);
    if (incident) await followIncident(incident, deps);
    return incident;
  }
  const team = deps.watch.team(alert.team);
  const open = await deps.pager.openIncidents(team?.service ? [team.service] : []);
  for (const incident of open) {
    if (deps.watch.teamOf(incident)?.key !== alert.team) continue;
    if (!joinReason(alert.reading, alert.firedAt, incident)) continue;
    await followIncident(incident, deps);
    const after = await deps.store.byId(alert.id);
    if (after?.pagerIncidentId === incident.id) return incident;
  }
  return undefined;
}

/** Runs a write; what PagerDuty refuses becomes a sentence, and what it did in the meantime is looked at. */
async function inPagerDuty(deps: AlertDeps, run: () => Promise<Acted>, alert: Alert): Promise<Acted> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn({ err: error, alert: alert.id, code: error.code }, 'PagerDuty refused a click');
    deps.lookSoon();
    return said(sentenceFor(error, deps));
  }
}

function sentenceFor(error: unknown, deps: AlertDeps): string {
  const words = messages[deps.style.locale];
  if (!(error instanceof PagerError)) throw error;
  switch (error.code) {
    case 'requester_unknown':
      return words.noAccount;
    case 'requester_refused':
    case 'unauthorized':
    case 'ability_missing':
      return words.refused;
    case 'already_resolved':
      return words.already.resolved;
    case 'already_acknowledged':
      return words.already.acknowledged(words.someone);
    case 'cannot_escalate':
      return words.cannotEscalate;
    case 'not_found':
      return words.already.gone;
    case 'unavailable':
    case 'rate_limited':
    case 'invalid':
      return words.unavailable;
  }
}
