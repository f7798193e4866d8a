/** Asks the next level to lend a hand; whoever is on duty stays on it, and no reason is asked for (E-05). */

import type { Alert } from '../../domain/alert.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Responder } from '../../domain/responder.ts';
import { PagerError } from '../../ports/pager.ts';
import { DONE, inPagerDuty, said } from '../act.ts';
import type { Acted } from '../act.ts';
import { callees, threadDraft } from '../call-in-thread.ts';
import { incidentOf } from '../current-incident.ts';
import type { AlertDeps } from '../deps.ts';
import { mentionText } from '../mention-text.ts';
import { messages } from '../messages.ts';
import { respondMessages } from './messages.ts';

export async function askForHelp(alertId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return said(words.already.gone);
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      const me = await deps.directory.responderOf(userId);
      if (incident && !me) return said(words.noAccount);
      return ask(alert, incident, me, userId, deps);
    },
    alert,
  );
}

async function ask(
  alert: Alert,
  incident: PagerIncident | undefined,
  me: Responder | undefined,
  userId: string,
  deps: AlertDeps,
): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  const now = Math.max(1, alert.level);
  const next = deps.roster.levels(alert.team, deps.clock.now()).find(({ level }) => level > now);
  const mention = next && callees(alert, deps, next.level);
  if (!next || !mention || mention.targets.length === 0) return said(words.helpNobody);
  const text = words.helpAsked(mentionText(mention.targets), `<@${userId}>`);
  const draft = await threadDraft(alert, `help:${alert.id}:${next.level}:${alert.lastFiredAt}`, { text }, deps);
  if (!draft || (await deps.outbox.post(draft)) === 'known') {
    return said(messages[deps.style.locale].already.running);
  }
  if (!incident || !me || incident.status === 'resolved') return DONE;
  const assigned = new Set(incident.assignees.map(({ id }) => id));
  const responderIds = next.shifts.map(({ responder }) => responder.id).filter((id) => !assigned.has(id));
  if (responderIds.length === 0) return DONE;
  try {
    const message = words.helpMessage(alert.reading.title.slice(0, 200));
    await deps.pager.requestResponders(incident.id, { requesterId: me.id, responderIds, message });
    return DONE;
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn(
      { err: error, incident: incident.id, code: error.code },
      'responders were not requested in PagerDuty',
    );
    return said(words.helpNotPaged);
  }
}
