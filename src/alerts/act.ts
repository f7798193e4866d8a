/** What a click on an alert does: in PagerDuty as the person who clicked, or nothing at all (A-03, E-06, E-08). */

import type { Alert } from '../domain/alert.ts';
import { PagerError } from '../ports/pager.ts';
import type { AlertDeps } from './deps.ts';
import { incidentOf } from './current-incident.ts';
import { followIncident } from './follow-incident.ts';
import { messages } from './messages.ts';
import { showAlert } from './show-alert.ts';
import { personText } from './views.ts';

/** `said` is a sentence for the person alone; nothing to say where the message itself shows it. */
export type Acted = { readonly kind: 'done' } | { readonly kind: 'said'; readonly text: string };

export const DONE: Acted = { kind: 'done' };
export const said = (text: string): Acted => ({ kind: 'said', text });

export async function acknowledgeAlert(alertId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return said(words.already.gone);
  if (alert.resolvedAt !== undefined && !alert.pagerIncidentId) return said(words.already.resolved);
  if (alert.acknowledgedAt !== undefined) return said(words.already.acknowledged(whoAcknowledged(alert, deps)));
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      // Acknowledging a resolved incident would reopen it, and call everybody again (PLATFORMS: PUT reopens).
      if (incident?.status === 'resolved') return said(words.already.resolved);
      if (incident?.status === 'acknowledged') {
        return said(words.already.acknowledged(whoAcknowledged((await deps.store.byId(alert.id)) ?? alert, deps)));
      }
      if (!incident) {
        const after = await deps.store.acknowledged(alert.id, deps.clock.now(), { slackId: userId, name: '' }, true);
        if (after) await showAlert(after, deps);
        return DONE;
      }
      const from = await deps.directory.pagerEmailOf(userId);
      if (!from) return said(words.noAccount);
      const changed = await deps.pager.acknowledge(incident.id, { from });
      const after = await deps.store.acknowledged(alert.id, deps.clock.now(), { slackId: userId, name: '' }, false);
      await deps.inTurn(() => followIncident(changed, deps));
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
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) return said(words.resolveNoIncident);
      if (incident.status === 'resolved') return said(words.already.resolved);
      const from = await deps.directory.pagerEmailOf(userId);
      if (!from) return said(words.noAccount);
      const changed = await deps.pager.resolve(incident.id, { from });
      await deps.inTurn(() => followIncident(changed, deps));
      return DONE;
    },
    alert,
  );
}

function whoAcknowledged(alert: Alert, deps: AlertDeps): string {
  return alert.acknowledgedBy ? personText(alert.acknowledgedBy) : messages[deps.style.locale].someone;
}

/** Runs a write; what PagerDuty refuses becomes a sentence, and what it did in the meantime is looked at. */
export async function inPagerDuty(deps: AlertDeps, run: () => Promise<Acted>, alert: Alert): Promise<Acted> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn({ err: error, alert: alert.id, code: error.code }, 'PagerDuty refused a click');
    deps.lookSoon();
    return said(sentenceFor(error, deps));
  }
}

export function sentenceFor(error: unknown, deps: AlertDeps): string {
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
