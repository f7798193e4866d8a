/** Acknowledges every open alert of a storm with one click, as the person who clicked (A-03, A-04, E-08). */

import type { Alert } from '../../domain/alert.ts';
import { PagerError } from '../../ports/pager.ts';
import { acknowledgeAlert, said } from '../act.ts';
import type { Acted } from '../act.ts';
import type { AlertDeps } from '../deps.ts';
import { followIncident } from '../follow-incident.ts';
import { showAlert } from '../show-alert.ts';
import { STORM_WORDS } from './messages.ts';
import { isUntaken } from './untaken.ts';

export async function acknowledgeStorm(stormId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = STORM_WORDS[deps.style.locale];
  const untaken = async () => (await deps.storms.store.members(stormId)).filter(isUntaken);
  if ((await untaken()).length === 0) return said(words.nothingOpen);
  const looked = await joinAll(deps);
  const from = await deps.directory.pagerEmailOf(userId);
  const wanted = await untaken();
  const noAccount = from ? [] : wanted.filter(({ pagerIncidentId }) => pagerIncidentId !== undefined);
  for (const alert of wanted) {
    if (!looked) break;
    if (!alert.pagerIncidentId) await recordHere(alert, userId, deps);
    // An incident of several alerts is acknowledged with the first of them.
    else if (from && (await isStillUntaken(alert, deps))) await acknowledgeAlert(alert.id, userId, deps);
  }
  deps.storms.touched(stormId);
  const left = (await untaken()).filter(({ id }) => wanted.some((alert) => alert.id === id)).length;
  const failed = left - noAccount.length;
  return said(
    [
      words.taken(wanted.length - left),
      ...(noAccount.length > 0 ? [words.noAccount(noAccount.length)] : []),
      ...(failed > 0 ? [words.notTaken(failed)] : []),
    ].join('\n'),
  );
}

/** One look for all of them: an alert without an incident may have one by now. False where PagerDuty does not answer. */
async function joinAll(deps: AlertDeps): Promise<boolean> {
  try {
    for (const incident of await deps.pager.openIncidents(deps.watch.services())) {
      await deps.inTurn(() => followIncident(incident, deps));
    }
    return true;
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn({ err: error, code: error.code }, 'PagerDuty did not show its incidents for a storm');
    return false;
  }
}

async function recordHere(alert: Alert, userId: string, deps: AlertDeps): Promise<void> {
  const by = { slackId: userId, name: '' };
  const after = await deps.store.acknowledged(alert.id, deps.clock.now(), by, true);
  if (after) await showAlert(after, deps);
}

async function isStillUntaken({ id }: Alert, deps: AlertDeps): Promise<boolean> {
  const alert = await deps.store.byId(id);
  return alert !== undefined && isUntaken(alert);
}
