/** PagerDuty gave an incident to other people: they are called in the alert's thread, once a change (A-11, E-02). */

import { escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import type { Alert, MentionTarget } from '../../domain/alert.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Responder } from '../../domain/responder.ts';
import { tellEscalation, threadDraft } from '../call-in-thread.ts';
import { levelOf } from '../choose-mention.ts';
import type { AlertDeps } from '../deps.ts';
import { mentionText } from '../mention-text.ts';
import { wereCalled } from '../reminders/whom.ts';
import { callInStorm } from '../storm/call-in-storm.ts';
import { callsFor } from '../watch.ts';
import { MIRROR_WORDS } from './messages.ts';

/** `before` is absent at the first look, when the mention itself has called the people of the first level. */
export async function followAssignment(
  alert: Alert,
  incident: PagerIncident,
  before: PagerIncident | undefined,
  deps: AlertDeps,
): Promise<void> {
  // PagerDuty's webhook may be faster than its answer to the click, which knows who did it and why.
  if (deps.escalating.has(alert.id)) return;
  // Paged by hand: its own message has called them, whatever level they stand on.
  if (alert.reading.calledBy && [incident, before].every((look) => wereCalled(alert, look?.assignees ?? [], deps)))
    return;
  // Given to somebody by name, who may stand on a higher level: nobody else is called for that.
  const byName = before !== undefined && incident.assignment?.how === 'reassigned';
  const level = byName ? undefined : levelOf(deps.roster.levels(alert.team, deps.clock.now()), incident.assignees);
  if (level !== undefined && level > Math.max(1, alert.level)) {
    const { assignment } = incident;
    const by = assignment?.by && personOf(assignment.by, deps);
    const automatic = assignment?.how === 'escalated' && !by;
    return tellEscalation(alert, level, deps, { automatic, ...(by ? { by } : {}) });
  }
  // Nobody was assigned: the alert's own mention has called them.
  if (before && before.assignees.length > 0) await tellReassignment(alert, incident, before, deps);
}

async function tellReassignment(
  alert: Alert,
  incident: PagerIncident,
  before: PagerIncident,
  deps: AlertDeps,
): Promise<void> {
  const had = new Set(before.assignees.map(({ id }) => id));
  const added = incident.assignees.filter(({ id }) => !had.has(id));
  if (added.length === 0 || !callsFor(alert, deps)) return;
  const words = MIRROR_WORDS[deps.style.locale];
  const targets = added.flatMap((responder): MentionTarget[] => {
    const slackId = deps.directory.slackIdOf(responder);
    return slackId ? [{ kind: 'person', slackId, name: responder.name }] : [];
  });
  const by = incident.assignment?.by ? words.by(escapeMrkdwn(incident.assignment.by.name)) : '';
  const names = added.map(({ name }) => escapeMrkdwn(name)).join(words.and);
  const text = targets.length > 0 ? words.reassigned(mentionText(targets)) : words.reassignedNobody(names);
  const content = { text: `${text}${by}` };
  const ids = added.map(({ id }) => id).toSorted();
  // The look before the change is kept after it was told: whoever tells it again comes to the same key.
  const what = `assigned:${ids.join('+')}`;
  if ((await callInStorm(alert, what, content, deps)) === 'apart') {
    const draft = await threadDraft(alert, `${what}:${alert.id}:${before.changedAt}`, content, deps);
    if (draft) await deps.outbox.post(draft);
  }
  if (targets.length > 0) await deps.care.told(alert.id, deps.clock.now());
}

export function personOf(responder: Responder, deps: AlertDeps): { slackId?: string; name: string } {
  const slackId = deps.directory.slackIdOf(responder);
  return { name: responder.name, ...(slackId ? { slackId } : {}) };
}
