/** Whom a reminder calls: whoever has the alert in PagerDuty, else the people of its level. */

import type { Alert, MentionTarget } from '../../domain/alert.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import { callees } from '../call-in-thread.ts';
import type { AlertDeps } from '../deps.ts';

export function whomToRemind(alert: Alert, incident: PagerIncident | undefined, deps: AlertDeps): Alert['mention'] {
  const ofLevel = callees(alert, deps, alert.level > 0 ? alert.level : undefined);
  const assignees = incident?.assignees ?? [];
  // Whoever was paged by hand goes on being called, though PagerDuty has no more than the first of them.
  if (alert.reading.calledBy && wereCalled(alert, assignees, deps)) return alert.mention;
  if (assignees.length === 0 || isLevel(alert, assignees, deps)) return ofLevel;
  const targets = assignees.flatMap((responder): MentionTarget[] => {
    const slackId = deps.directory.slackIdOf(responder);
    return slackId ? [{ kind: 'person', slackId, name: responder.name }] : [];
  });
  return targets.length > 0 ? { targets, level: ofLevel.level, passedOver: [] } : ofLevel;
}

/** Whether the alert's own mention called each of them by name. */
export function wereCalled(
  { mention }: Pick<Alert, 'mention'>,
  responders: PagerIncident['assignees'],
  deps: AlertDeps,
): boolean {
  const called = new Set(mention.targets.map((target) => (target.kind === 'person' ? target.slackId : undefined)));
  return responders.every((responder) => {
    const slackId = deps.directory.slackIdOf(responder);
    return slackId !== undefined && called.has(slackId);
  });
}

function isLevel(alert: Alert, assignees: PagerIncident['assignees'], deps: AlertDeps): boolean {
  const levels = deps.roster.levels(alert.team, deps.clock.now());
  const shifts = levels.find(({ level }) => level === Math.max(1, alert.level))?.shifts ?? [];
  const ids = new Set(shifts.map(({ responder }) => responder.id));
  return ids.size === assignees.length && assignees.every(({ id }) => ids.has(id));
}
