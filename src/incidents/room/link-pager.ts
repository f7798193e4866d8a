/** Ties an incident to its PagerDuty incident: the alert's own, or one opened as the person who asked; never two (I-03, E-08). */

import { escapeMrkdwn } from '../../blockkit/mrkdwn.ts';
import { isOpen, OWN_DEDUP_KEY } from '../../domain/incident.ts';
import type { Incident, PagerRefusal } from '../../domain/incident.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import { ChatError, PRIORITY } from '../../ports/chat.ts';
import { PagerError } from '../../ports/pager.ts';
import { teamOf } from '../deps.ts';
import type { IncidentDeps } from '../deps.ts';
import { record } from '../record.ts';
import { shownTitle } from '../status/views.ts';
import { incidentWords } from '../words.ts';
import { incidentKey } from './keys.ts';
import { roomMessages } from './messages.ts';

export type PagerStep =
  | { readonly kind: 'settled' }
  /** PagerDuty does not answer: to be tried again. */
  | { readonly kind: 'again' };

const SETTLED: PagerStep = { kind: 'settled' };

/** `last`: nobody will try again, so a PagerDuty that does not answer is told to the room. */
export async function linkPager(incidentId: number, deps: IncidentDeps, last: boolean): Promise<PagerStep> {
  const incident = await deps.store.byId(incidentId);
  if (!incident || incident.pager.kind !== 'wanted') return SETTLED;
  // What is over pages nobody any more, and what is private goes nowhere before its room stands.
  if (!isOpen(incident) || (incident.private && incident.room.kind === 'failed')) {
    await record(incident, { kind: 'pager_linked', pager: { kind: 'none' } }, deps);
    return SETTLED;
  }
  if (incident.private && incident.room.kind === 'opening') return SETTLED;
  const { by } = incident.pager;
  try {
    const existing = await alertsIncident(incident, deps);
    if (existing) return await link(incident, existing, false, deps);
    const from = await deps.directory.pagerEmailOf(by);
    if (!from) return await refuse(incident, by, 'no_account', deps);
    const service = teamOf(incident, deps)?.service;
    if (!service) return await refuse(incident, by, 'no_service', deps);
    return await link(incident, await open(incident, service, from, deps), true, deps);
  } catch (error) {
    const why = whyNot(error);
    if (why === 'no_answer' && !last) {
      deps.log.warn(
        { err: error, incident: incident.id },
        'PagerDuty did not answer for an incident; it is tried again',
      );
      return { kind: 'again' };
    }
    deps.log.error({ err: error, incident: incident.id }, 'PagerDuty incident was not opened');
    return refuse(incident, by, why, deps);
  }
}

async function alertsIncident(incident: Incident, deps: IncidentDeps): Promise<PagerIncident | undefined> {
  const alert = incident.alertId ? await deps.alerts.byId(incident.alertId) : undefined;
  const found = alert && (await deps.alerts.pagerIncidentOf(alert));
  return found?.status === 'resolved' ? undefined : found;
}

/** Opens it once: after a lost answer it is looked for by its key before it is asked for again. */
async function open(incident: Incident, service: string, from: string, deps: IncidentDeps): Promise<PagerIncident> {
  const asked = `pager-asked:${incident.id}`;
  const key = `${OWN_DEDUP_KEY}${incident.id}:${incident.declaredAt}`;
  if (await deps.store.byKey(asked)) {
    const found = await deps.pager.openByKey(service, key);
    if (found) return found;
  } else await deps.store.claimKey(incident.id, asked);
  const words = roomMessages[deps.style.locale];
  const name = `#${incident.number}`;
  const link = incident.private ? '' : (incident.source?.permalink ?? '');
  return deps.pager.open(
    {
      title: incident.private ? words.pagerTitlePrivate(name) : plainTitle(incident, deps),
      service,
      key,
      details: words.pagerDetails(from, link).trim(),
      urgency: incident.severity === 'SEV4' ? 'low' : 'high',
    },
    { from },
  );
}

/** PagerDuty knows no mrkdwn: the title as it was typed. */
function plainTitle(incident: Incident, deps: IncidentDeps): string {
  const drill = incident.drill ? shownTitle({ title: '', drill: true }, deps.style) : '';
  return `${drill}${incident.title}`;
}

async function link(
  incident: Incident,
  found: PagerIncident,
  created: boolean,
  deps: IncidentDeps,
): Promise<PagerStep> {
  const { id, number, url } = found;
  if ((await deps.store.claimKey(incident.id, `pager:${id}`)) === 'taken') {
    deps.log.warn({ incident: incident.id, pager: id }, 'two incidents share one PagerDuty incident');
  }
  if (created && incident.alertId) await deps.alerts.joined(incident.alertId, found);
  const pager = { kind: 'linked', id, number, url, created } as const;
  await record(incident, { kind: 'pager_linked', pager }, deps, {
    ...(incident.pager.kind === 'wanted' ? { by: incident.pager.by } : {}),
    guard: (now) => now.pager.kind === 'wanted',
  });
  return SETTLED;
}

/** Says to whoever asked, alone, what was not done and who can do it. */
async function refuse(incident: Incident, by: string, why: PagerRefusal, deps: IncidentDeps): Promise<PagerStep> {
  const levels = deps.roster.levels(incident.team, deps.clock.now()).slice(0, 2);
  const names = levels.flatMap(({ shifts }) => shifts.map(({ responder }) => escapeMrkdwn(responder.name)));
  const words = roomMessages[deps.style.locale];
  const text = words.pagerRefused[why]([...new Set(names)].slice(0, 5).join(incidentWords[deps.style.locale].and));
  try {
    // Whoever tries again later is told again.
    const minute = Math.floor(deps.clock.now() / 60_000);
    const key = incidentKey(incident.id, `pager:${by}:${why}:${minute}`);
    const channel = await deps.chat.directChannel(by);
    const content = { text: `⚠️ ${shownTitle(incident, deps.style)}\n${text}` };
    await deps.outbox.post({ key, channel, priority: PRIORITY.mention, content });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.warn({ err: error, incident: incident.id }, 'declarer could not be told that nobody was paged');
  }
  await record(incident, { kind: 'pager_linked', pager: { kind: 'refused', why } }, deps, {
    by,
    guard: (now) => now.pager.kind === 'wanted',
  });
  return SETTLED;
}

function whyNot(error: unknown): PagerRefusal {
  // Slack may be silent about who it is: like PagerDuty, it is asked again.
  if (!(error instanceof PagerError)) return 'no_answer';
  switch (error.code) {
    case 'requester_unknown':
      return 'no_account';
    case 'requester_refused':
    case 'unauthorized':
    case 'ability_missing':
      return 'not_allowed';
    case 'unavailable':
    case 'rate_limited':
      return 'no_answer';
    case 'already_resolved':
    case 'already_acknowledged':
    case 'cannot_escalate':
    case 'not_found':
    case 'invalid':
      return 'refused';
  }
}
