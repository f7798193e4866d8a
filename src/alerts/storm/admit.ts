/** Decides whether a new alert gets a mention of its own or is gathered into a storm. */

import type { Alert } from '../../domain/alert.ts';
import { calleesOf, severityRank } from '../../domain/alert.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Storm } from '../../ports/storm-store.ts';
import type { AlertDeps } from '../deps.ts';
import { stormKey } from './storm-key.ts';
import { stormContent } from './views.ts';

/** The budget of mentions is counted over so long. */
export const BUDGET_WINDOW_MS = 60_000;

export type Admission =
  | { readonly kind: 'own' }
  /** Listed in a storm, whose message calls the people of the alert. */
  | { readonly kind: 'gathered'; readonly storm: Storm };

/**
 * While the people whom it calls have been called seldom enough, an alert is mentioned itself; so is one that is graver
 * than all of the storm. The storm and its mention are kept before the alert: a process that dies in between meets the
 * alert again, and the storm then goes on.
 */
export async function admit(alert: Alert, deps: AlertDeps): Promise<Admission> {
  const { store, budget } = deps.storms;
  const callees = calleesOf(alert.mention);
  const burst = await store.burst(callees, alert.channel, alert.mentionedAt - BUDGET_WINDOW_MS);
  if (burst.inChannel < budget.channel && burst.everywhere < budget.person) return { kind: 'own' };
  const running = await store.running(alert.channel, callees);
  const rank = severityRank(alert.reading.severity);
  if (rank > Math.max(burst.severity, running?.severity ?? -1)) {
    if (running) await store.raise(running.id, rank);
    return { kind: 'own' };
  }
  return { kind: 'gathered', storm: running ?? (await open(alert, Math.max(rank, burst.severity), deps)) };
}

async function open(alert: Alert, severity: number, deps: AlertDeps): Promise<Storm> {
  const storm: Storm = {
    id: alert.id,
    team: alert.team,
    channel: alert.channel,
    mention: alert.mention,
    severity,
    beganAt: alert.mentionedAt,
  };
  const rows = await deps.storms.store.open(storm, {
    key: stormKey(storm.id),
    channel: storm.channel,
    priority: PRIORITY.mention,
    content: stormContent({ storm, members: [alert] }, deps.style),
  });
  deps.outbox.takeUp(rows);
  deps.log.warn({ storm: storm.id, channel: storm.channel }, 'alerts came too fast; gathered in one message');
  deps.storms.opened(storm);
  return storm;
}
