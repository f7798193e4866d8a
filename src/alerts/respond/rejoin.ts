/** Corrects which PagerDuty incident an alert belongs to; PagerDuty itself is not changed. */

import { linkTo } from '../../blockkit/mrkdwn.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Press } from '../../ports/chat.ts';
import { DONE, said } from '../act.ts';
import type { Acted } from '../act.ts';
import { threadOf } from '../deps.ts';
import type { AlertDeps } from '../deps.ts';
import { followIncident } from '../follow-incident.ts';
import { messages } from '../messages.ts';
import { showAlert } from '../show-alert.ts';
import { respondMessages } from './messages.ts';
import { NO_INCIDENT, rejoinModal } from './views.ts';

/** Offers the team's open incidents as they were last seen. */
export async function askWhichIncident(alertId: string, press: Press, deps: AlertDeps): Promise<void> {
  const alert = await deps.store.byId(alertId);
  if (!alert) return deps.chat.whisper(press, { text: messages[deps.style.locale].already.gone });
  const open = (await deps.incidents.open()).filter((one) => deps.watch.teamOf(one)?.key === alert.team);
  await deps.chat.openModal(press.triggerId, rejoinModal(alertId, open, alert.pagerIncidentId, deps.style));
}

export async function rejoinAlert(alertId: string, userId: string, chosen: string, deps: AlertDeps): Promise<Acted> {
  const words = respondMessages[deps.style.locale];
  const next = chosen === NO_INCIDENT ? undefined : await deps.incidents.byId(chosen);
  if (chosen !== NO_INCIDENT && !next) return said(messages[deps.style.locale].already.gone);
  const alert = await deps.inTurn(() => tie(alertId, next, deps));
  if (!alert) return said(messages[deps.style.locale].already.gone);
  const threadTs = await threadOf(alert, deps);
  const who = `<@${userId}>`;
  if (threadTs) {
    await deps.outbox.post({
      key: `rejoined:${alert.id}:${deps.clock.now()}`,
      channel: alert.channel,
      threadTs,
      priority: PRIORITY.state,
      content: { text: next ? words.rejoined(who, linkTo(next.url, `#${next.number}`)) : words.unjoined(who) },
    });
  }
  return DONE;
}

async function tie(alertId: string, next: PagerIncident | undefined, deps: AlertDeps) {
  const tied = await deps.store.tiedByHand(alertId, next?.id);
  if (!tied) return undefined;
  await showAlert(tied, deps, next);
  if (next) await followIncident(next, deps);
  return tied;
}
