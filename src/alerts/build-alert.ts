/** Makes an alert of what was read, with whom it calls, and the message that calls them. */

import type { Alert, AlertReading, JoinReason } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Draft } from '../ports/chat.ts';
import { PRIORITY } from '../ports/chat.ts';
import { chooseMention } from './choose-mention.ts';
import { mentionKey } from './deps.ts';
import type { AlertDeps } from './deps.ts';
import { alertContent } from './views.ts';
import { featuresIn } from './watch.ts';

/** How an alert is tied to its incident, where it is. */
export interface Joined {
  readonly pagerIncidentId?: string;
  readonly joinedBy?: JoinReason;
}

interface NewAlert extends Joined {
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  readonly ts?: string;
  readonly reading: AlertReading;
  readonly firedAt: number;
  readonly userGroup: string | undefined;
  readonly deps: AlertDeps;
}

export function buildAlert({ deps, userGroup, ...alert }: NewAlert): Alert {
  const now = deps.clock.now();
  const mention = chooseMention({
    levels: deps.roster.levels(alert.team, now),
    slackIdOf: (responder) => deps.directory.slackIdOf(responder),
    ...(userGroup ? { userGroup } : {}),
  });
  return {
    ...alert,
    refires: 0,
    lastFiredAt: alert.firedAt,
    mention,
    level: mention.level,
    mentionedAt: now,
  };
}

export function mentionDraft(alert: Alert, deps: AlertDeps, mayStand: boolean, incident?: PagerIncident): Draft {
  const { runbooks } = featuresIn(alert.channel, deps);
  const { incidentButtons } = deps;
  const view = { alert, incident, mentionedAt: alert.mentionedAt, runbooks, incidentButtons };
  return {
    key: mentionKey(alert.id),
    channel: alert.channel,
    ...(alert.ts ? { threadTs: alert.ts } : {}),
    priority: PRIORITY.mention,
    content: alertContent(view, deps.style),
    mayStand,
  };
}
