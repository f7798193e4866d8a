/** Makes an alert of what was read, with whom it calls, and the message that calls them. */

import type { Alert, AlertReading, JoinReason, Mention } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Draft } from '../ports/chat.ts';
import { PRIORITY } from '../ports/chat.ts';
import { chooseMention } from './choose-mention.ts';
import { coverageOf, urgencyOf } from './coverage.ts';
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
  /** What PagerDuty says of it, where that is known. */
  readonly incident: PagerIncident | undefined;
  readonly deps: AlertDeps;
}

export function buildAlert({ deps, incident, ...alert }: NewAlert): Alert {
  const now = deps.clock.now();
  const mention = mentionFor({ ...alert, urgency: urgencyOf(alert.reading, incident) }, deps);
  return {
    ...alert,
    refires: 0,
    lastFiredAt: alert.firedAt,
    mention,
    level: mention.level,
    mentionedAt: now,
  };
}

/** Whom the alert calls at this hour. */
export function mentionFor(
  alert: Pick<Alert, 'team' | 'channel' | 'ts'> & { readonly urgency: 'high' | 'low' },
  deps: AlertDeps,
): Mention {
  const now = deps.clock.now();
  const userGroup = deps.watch.team(alert.team)?.userGroup;
  const coverage = coverageOf({
    rule: deps.watch.channel(alert.channel)?.mention ?? 'always',
    urgency: alert.urgency,
    businessTime: deps.calendar.isBusinessTime(now),
    hasGroup: userGroup !== undefined,
  });
  const group: Mention['targets'] = userGroup ? [{ kind: 'group', groupId: userGroup }] : [];
  if (coverage === 'team') return { targets: group, level: 0, passedOver: [] };
  if (coverage === 'team-low') return { targets: group, level: 0, passedOver: [], hush: 'low' };
  // There is no message to put a reaction on where Toban posts the alert itself.
  if (coverage !== 'person') {
    return { targets: [], level: 0, passedOver: [], hush: coverage === 'quiet' && alert.ts ? 'quiet' : 'low' };
  }
  return chooseMention({
    levels: deps.roster.levels(alert.team, now),
    slackIdOf: (responder) => deps.directory.slackIdOf(responder),
    ...(userGroup ? { userGroup } : {}),
  });
}

export function mentionDraft(alert: Alert, deps: AlertDeps, mayStand: boolean, incident?: PagerIncident): Draft {
  const { runbooks } = featuresIn(alert.channel, deps);
  const { incidentButtons } = deps;
  const view = { alert, incident, mentionedAt: alert.mentionedAt, runbooks, incidentButtons };
  return {
    key: mentionKey(alert.id),
    channel: alert.channel,
    ...(alert.ts ? { threadTs: alert.ts } : {}),
    priority: alert.mention.hush ? PRIORITY.state : PRIORITY.mention,
    content: alertContent(view, deps.style),
    mayStand,
  };
}
