/** Pages the on-call or chosen people without an alert, as the person who asked for it (E-04, E-08). */

import type { Mention, MentionTarget } from '../../domain/alert.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Responder } from '../../domain/responder.ts';
import type { Team } from '../../domain/team.ts';
import { escapeMrkdwn, linkTo } from '../../blockkit/mrkdwn.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { PagerError } from '../../ports/pager.ts';
import { sentenceFor } from '../act.ts';
import { buildAlert, mentionDraft } from '../build-alert.ts';
import { callees } from '../call-in-thread.ts';
import type { AlertDeps } from '../deps.ts';
import { followIncident, readingOf } from '../follow-incident.ts';
import { messages } from '../messages.ts';
import { planAfterMention } from '../reminders/remind.ts';
import { pagingMessages } from './messages.ts';
import { failedContent, phoneList } from './views.ts';

export interface PageOrder {
  readonly userId: string;
  readonly team: Team;
  readonly text: string;
  /** Slack ids; empty = the on-call. */
  readonly people: readonly string[];
  /** Unique to the form: it pages once, however often it is sent. */
  readonly key: string;
}

/** Gives the sentence for whoever asked. */
export async function pageSomebody(order: PageOrder, deps: AlertDeps): Promise<string> {
  const words = pagingMessages[deps.style.locale];
  try {
    const me = await deps.directory.responderOf(order.userId);
    if (!me?.email) return messages[deps.style.locale].noAccount;
    const { service } = order.team;
    if (!service) return words.noService;
    const chosen: Responder[] = [];
    for (const slackId of order.people) {
      const responder = await deps.directory.responderOf(slackId);
      if (!responder) return words.noPerson(`<@${slackId}>`);
      chosen.push(responder);
    }
    const { incident, missed } = await open(order, service, me, chosen, deps);
    await deps.inTurn(() => show(order, incident, deps));
    const paged = words.paged(linkTo(incident.url, `PagerDuty #${incident.number}`));
    if (missed.length === 0) return paged;
    const names = (people: readonly Responder[]) => people.map(({ name }) => escapeMrkdwn(name)).join(words.and);
    return `${paged}\n${words.partly(names(chosen.slice(0, 1)), names(missed))}`;
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.error({ err: error, team: order.team.key, code: error.code }, 'people could not be paged by hand');
    // Whoever asked may not page: nothing else has failed.
    if (error.code === 'requester_unknown' || error.code === 'requester_refused') return sentenceFor(error, deps);
    await sayLoudly(order, deps);
    return phoneList(deps.roster.levels(order.team.key, deps.clock.now()), deps.style);
  }
}

async function open(
  { text, key }: PageOrder,
  service: string,
  me: Responder,
  chosen: readonly Responder[],
  deps: AlertDeps,
): Promise<{ readonly incident: PagerIncident; readonly missed: readonly Responder[] }> {
  const from = me.email ?? '';
  const [first] = chosen;
  const details = pagingMessages[deps.style.locale].details(me.name);
  const wanted = { title: text, service, key, details, urgency: 'high' as const };
  let incident: PagerIncident;
  try {
    incident = await deps.pager.open({ ...wanted, ...(first ? { assignee: first.id } : {}) }, { from });
  } catch (error) {
    // The answer may have been lost, and the people called.
    const found = await deps.pager.openByKey(service, key).catch(() => undefined);
    if (!found) throw error;
    incident = found;
  }
  if (chosen.length < 2) return { incident, missed: [] };
  const ids = chosen.map(({ id }) => id);
  try {
    return { incident: await deps.pager.reassign(incident.id, ids, { from }), missed: [] };
  } catch (error) {
    if (!(error instanceof PagerError)) throw error;
    deps.log.warn({ err: error, incident: incident.id }, 'only the first of the chosen people was paged');
    return { incident, missed: chosen.slice(1) };
  }
}

/** The alert of the incident stands in the team's channel, as any other: with its mention and its buttons. */
async function show(order: PageOrder, incident: PagerIncident, deps: AlertDeps): Promise<void> {
  const channel = deps.watch.home(order.team.key);
  if (channel && (await deps.store.byIncident(incident.id)).length === 0) {
    const built = buildAlert({
      id: `pagerduty:${incident.id}`,
      team: order.team.key,
      channel,
      reading: { ...readingOf(incident), calledBy: order.userId },
      firedAt: incident.createdAt,
      pagerIncidentId: incident.id,
      joinedBy: 'link',
      incident,
      deps,
    });
    const targets = targetsOf(order.people);
    const alert = targets.length > 0 ? { ...built, mention: { targets, level: 1, passedOver: [] }, level: 1 } : built;
    await planAfterMention(alert, deps);
    const recorded = await deps.store.record(alert, undefined, [mentionDraft(alert, deps, false, incident)]);
    if (recorded.kind === 'recorded') deps.outbox.takeUp(recorded.rows);
  }
  await followIncident(incident, deps);
}

function targetsOf(people: readonly string[]): readonly MentionTarget[] {
  return people.map((slackId) => ({ kind: 'person', slackId, name: '' }));
}

/** PagerDuty does not answer: Slack is the way that is left. */
async function sayLoudly({ team, key, userId, text, people }: PageOrder, deps: AlertDeps): Promise<void> {
  const channel = deps.watch.home(team.key) ?? deps.loudChannel(team.key);
  if (!channel) return;
  const chosen: Mention = { targets: targetsOf(people), level: 0, passedOver: [] };
  const mention = people.length > 0 ? chosen : callees({ team: team.key }, deps, undefined);
  const content = failedContent(mention, userId, text, deps.style);
  await deps.outbox.post({ key: `page-failed:${key}`, channel, priority: PRIORITY.mention, content });
}
