/** Joins Slack to declarations: the message shortcut, /oncall declare, an alert's buttons, the form. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { escapeMrkdwn, linkTo } from '../../blockkit/mrkdwn.ts';
import { SEVERITIES } from '../../domain/incident.ts';
import type { PagerIncident } from '../../domain/pager-incident.ts';
import type { Team } from '../../domain/team.ts';
import { ChatError } from '../../ports/chat.ts';
import type { ChatListeners, Press, Submission } from '../../ports/chat.ts';
import { wait } from '../../ports/clock.ts';
import type { IncidentDeps } from '../deps.ts';
import { shownTitle } from '../status/views.ts';
import { readImpact } from '../words.ts';
import { declare, openWarRoom } from './declare.ts';
import type { Outcome } from './declare.ts';
import { declareMessages } from './messages.ts';
import { lookAround } from './origin.ts';
import type { FormFacts, Origin, Surroundings } from './origin.ts';
import { alreadyText, declareModal } from './views.ts';

/** A form that goes on loading helps nobody: what PagerDuty has not said by then is said after the declaration. */
const FORM_WITHIN_MS = 2_500;

export function registerDeclare(listeners: ChatListeners, deps: IncidentDeps): void {
  const { style } = deps;
  const words = declareMessages[style.locale];

  listeners.onShortcut('declare_incident', async (shortcut) => {
    const { channel, messageTs: ts, threadTs, text: title, userId } = shortcut;
    await openForm({ channel, ts, ...(threadTs ? { threadTs } : {}), title }, shortcut.triggerId, userId, deps);
  });

  listeners.onCommand(
    ['declare', '宣言'],
    async ({ channel, rest, triggerId, userId }) => {
      await openForm({ channel, title: rest }, triggerId, userId, deps);
      return { text: words.opened };
    },
    { ja: declareMessages.ja.help, en: declareMessages.en.help },
  );

  listeners.onPress(ACTION.declareIncident, async (press) => {
    await openForm(originOf(press), press.triggerId, press.userId, deps);
  });

  const opening = new Map<string, Promise<Outcome>>();
  listeners.onPress(ACTION.openWarRoom, async (press) => {
    // Two who press at once open one room (I-05).
    const running = opening.get(press.value);
    const run = running ?? openWarRoom(originOf(press), press.userId, deps);
    opening.set(press.value, run);
    try {
      const outcome = await run;
      const text = running && outcome.kind === 'declared' ? alreadyText(outcome.incident, style) : said(outcome, deps);
      await tell(press.userId, press.channel, text, deps, press.threadTs ?? press.messageTs);
    } finally {
      opening.delete(press.value);
    }
  });

  listeners.onSubmit(
    CALLBACK.declareIncident,
    async (submission) => {
      const facts = JSON.parse(submission.privateMetadata) as FormFacts;
      const outcome = await declare(orderOf(submission, facts), deps);
      const thread = facts.source && facts.source.channel === facts.channel ? facts.source : undefined;
      const threadTs = thread?.threadTs ?? thread?.ts;
      await tell(submission.userId, facts.channel, said(outcome, deps), deps, threadTs);
    },
    ({ values }) => (values['title']?.trim() ? undefined : { title: words.titleEmpty }),
  );
}

function originOf(press: Press): Origin {
  const { channel, messageTs: ts, threadTs, value } = press;
  return { channel, ...(ts ? { ts } : {}), ...(threadTs ? { threadTs } : {}), ...(value ? { alertId: value } : {}) };
}

function orderOf({ values, userId, viewId }: Submission, facts: FormFacts) {
  const options = new Set((values['options'] ?? '').split(','));
  const drill = options.has('drill');
  const team = values['team'] ?? facts.team;
  return {
    facts: { ...facts, ...(team ? { team } : {}) },
    title: (values['title'] ?? '').trim(),
    severity: SEVERITIES.find((one) => one === values['severity']) ?? 'SEV2',
    impact: readImpact(values['impact']),
    room: options.has('room'),
    private: options.has('private'),
    drill,
    page: !drill || options.has('call'),
    by: userId,
    form: viewId,
  };
}

async function openForm(origin: Origin, triggerId: string, userId: string, deps: IncidentDeps): Promise<void> {
  const { style } = deps;
  const viewId = await deps.chat.openModal(triggerId, declareModal({ kind: 'loading' }, style));
  const around = await lookAround(origin, deps);
  for (const key of around.keys) {
    const incident = await deps.store.byKey(key);
    if (incident) return deps.chat.updateModal(viewId, declareModal({ kind: 'known', incident }, style));
  }
  const unsure = wait(deps.clock, FORM_WITHIN_MS).then(() => declareMessages[style.locale].pager.unsure);
  const pager = await Promise.race([pagerLine(around, userId, deps), unsure]);
  const teams = around.team ? [] : deps.teams;
  await deps.chat.updateModal(
    viewId,
    declareModal({ kind: 'ready', facts: around.facts, title: around.title, teams, pager }, style),
  );
}

/** What will become of PagerDuty; never throws: whatever is not known must not keep anybody from declaring. */
async function pagerLine({ alert, team }: Surroundings, userId: string, deps: IncidentDeps): Promise<string> {
  const words = declareMessages[deps.style.locale].pager;
  try {
    const found: PagerIncident | undefined = alert && (await deps.alerts.pagerIncidentOf(alert));
    if (found && found.status !== 'resolved') return words.linked(linkTo(found.url, `PagerDuty #${found.number}`));
    if (!(await deps.directory.pagerEmailOf(userId))) return words.noAccount;
    if (team && !team.service) return words.noService;
    return words.creates(whoIsPaged(team, deps));
  } catch (error) {
    deps.log.warn({ err: error }, 'PagerDuty was not known while a form was opened');
    return words.unsure;
  }
}

function whoIsPaged(team: Team | undefined, deps: IncidentDeps): string {
  const first = team && deps.roster.levels(team.key, deps.clock.now())[0];
  const names = first?.shifts.map(({ responder }) => escapeMrkdwn(responder.name)) ?? [];
  return names.length > 0 ? names.join(', ') : declareMessages[deps.style.locale].onCall;
}

function said(outcome: Outcome, deps: IncidentDeps): string {
  if (outcome.kind === 'refused') return outcome.why;
  if (outcome.kind === 'known') return alreadyText(outcome.incident, deps.style);
  return declareMessages[deps.style.locale].declared(shownTitle(outcome.incident, deps.style));
}

/** A person who is told nothing sees the room all the same: they are invited. */
async function tell(
  userId: string,
  channel: string,
  text: string,
  deps: IncidentDeps,
  threadTs: string | undefined,
): Promise<void> {
  try {
    await deps.chat.whisper({ userId, channel, ...(threadTs ? { threadTs } : {}) }, { text });
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    deps.log.warn({ code: error.code }, 'declarer could not be answered where they were');
  }
}
