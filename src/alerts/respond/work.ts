/** The rest of the work on an alert from its message: take, reassign, snooze, note, each as the person who pressed (E-08). */

import { clip, escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { Alert } from '../../domain/alert.ts';
import { timeFrom } from '../../domain/local-time.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Responder } from '../../domain/responder.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { DONE, inPagerDuty, said } from '../act.ts';
import type { Acted } from '../act.ts';
import { incidentOf } from '../current-incident.ts';
import { threadOf } from '../deps.ts';
import type { AlertDeps } from '../deps.ts';
import { followIncident } from '../follow-incident.ts';
import { messages } from '../messages.ts';
import { guarded, handTo, isOnly } from './escalate.ts';
import { respondMessages } from './messages.ts';

interface Ready {
  readonly alert: Alert;
  readonly incident: PagerIncident;
  readonly me: Responder;
  readonly from: string;
}

/** Runs `act` on the alert's open incident for somebody with an account; else says why not. */
async function onIncident(
  alertId: string,
  userId: string,
  deps: AlertDeps,
  act: (ready: Ready) => Promise<Acted>,
): Promise<Acted> {
  const words = messages[deps.style.locale];
  const alert = await deps.store.byId(alertId);
  if (!alert) return said(words.already.gone);
  return inPagerDuty(
    deps,
    async () => {
      const incident = await incidentOf(alert, deps);
      if (!incident) return said(respondMessages[deps.style.locale].noIncident);
      if (incident.status === 'resolved') return said(words.already.resolved);
      const me = await deps.directory.responderOf(userId);
      if (!me?.email) return said(words.noAccount);
      return act({ alert, incident, me, from: me.email });
    },
    alert,
  );
}

/** Makes the person who pressed the assignee, and acknowledges for them. */
export function takeAlert(alertId: string, userId: string, deps: AlertDeps): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  return onIncident(alertId, userId, deps, async ({ alert, incident, me, from }) => {
    const mine = isOnly(incident, me);
    if (mine && incident.acknowledgers.some(({ id }) => id === me.id)) return said(words.takenAlready);
    await guarded(alert, deps, async () => {
      if (!mine) await deps.pager.reassign(incident.id, [me.id], { from });
      return deps.pager.acknowledge(incident.id, { from });
    });
    await say(alert, `taken:${alert.id}:${me.id}:${incident.changedAt}`, words.taken(`<@${userId}>`), deps);
    return DONE;
  });
}

export function reassignAlert(alertId: string, userId: string, to: string, deps: AlertDeps): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  return onIncident(alertId, userId, deps, ({ alert, incident, from }) =>
    handTo(alert, incident, to, from, deps, (target) => words.reassigned(target, `<@${userId}>`)),
  );
}

export function snoozeAlert(alertId: string, userId: string, seconds: number, deps: AlertDeps): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  return onIncident(alertId, userId, deps, async ({ alert, incident, from }) => {
    // PagerDuty snoozes what is acknowledged only (1012).
    if (incident.status === 'triggered') await deps.pager.acknowledge(incident.id, { from });
    const changed = await deps.pager.snooze(incident.id, seconds, { from });
    await deps.inTurn(() => followIncident(changed, deps));
    const now = deps.clock.now();
    const until = timeFrom(now, now + seconds * 1000, deps.style);
    await say(alert, `snoozed:${alert.id}:${deps.clock.now()}`, words.snoozed(`<@${userId}>`, until), deps);
    return DONE;
  });
}

export function noteOnAlert(alertId: string, userId: string, text: string, deps: AlertDeps): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  return onIncident(alertId, userId, deps, async ({ alert, incident, from }) => {
    const id = await deps.pager.addNote(incident.id, text, { from });
    const shown = escapeMrkdwn(clip(text.replaceAll('*', '∗'), 2000));
    await say(alert, `note:${alert.id}:${id}`, words.noted(`<@${userId}>`, shown), deps);
    return DONE;
  });
}

async function say(alert: Alert, key: string, text: string, deps: AlertDeps): Promise<void> {
  const threadTs = await threadOf(alert, deps);
  if (!threadTs) return;
  await deps.outbox.post({ key, channel: alert.channel, threadTs, priority: PRIORITY.state, content: { text } });
}
