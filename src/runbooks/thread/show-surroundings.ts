/** Puts first checks, changes, links and alerts like it into an alert's thread, and keeps them true. */

import type { Alert } from '../../domain/alert.ts';
import type { TimeStyle } from '../../domain/local-time.ts';
import type { Runbook } from '../../domain/runbook.ts';
import type { AlertStore } from '../../ports/alert-store.ts';
import type { Chat, ChatPost, Content } from '../../ports/chat.ts';
import { PRIORITY } from '../../ports/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Outbox } from '../../ports/outbox.ts';
import type { PagerInsight } from '../../ports/pager-insight.ts';
import type { FeedbackStore } from '../../ports/stores.ts';
import type { ThreadStore } from '../../ports/thread-store.ts';
import type { Timers } from '../../ports/timers.ts';
import { checklistOf } from './checklist.ts';
import type { Checklist } from './checklist.ts';
import { firstChecksOf } from './first-checks.ts';
import type { FirstChecks, ServiceNotes } from './first-checks.ts';
import { THREAD_WORDS } from './messages.ts';
import type { Ending } from './views.ts';
import { surroundingsContent } from './views.ts';

const SIMILAR_WITHIN_MS = 180 * 24 * 3_600_000;
const MOST_SIMILAR = 3;
/** By then the alert is joined with its PagerDuty incident, if there is one. */
const AGAIN_AFTER_MS = 15_000;
/** A deploy that follows an alert may be its mending: it is shown too. */
const CHANGE_KEPT_MS = 7 * 24 * 3_600_000;

export interface ThreadDeps {
  readonly alerts: AlertStore;
  readonly thread: ThreadStore;
  readonly feedback: FeedbackStore;
  readonly insight: PagerInsight;
  readonly outbox: Outbox;
  readonly chat: Chat;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  readonly services: readonly ServiceNotes[];
  /** How far back changes are looked for, in ms. */
  readonly changeWindowMs: number;
  readonly runbooks: () => readonly Runbook[];
  /** The runbook that is shown for the alert. */
  readonly best: (alert: Alert) => Promise<Runbook | undefined>;
  readonly threadOf: (alert: Alert) => Promise<string | undefined>;
  /** PagerDuty's service of the alert's team, whose change events count. */
  readonly serviceOf: (alert: Alert) => Promise<string | undefined>;
  /** The channels in which deploys are told. */
  readonly isDeployChannel: (channel: string) => boolean;
  /** What became of an alert that was an incident: its room and what was done, safe for mrkdwn. */
  readonly incidentOf?: (alert: Alert) => Promise<string | undefined>;
}

export const LOOK_AGAIN = 'runbook.look_again';

/** Posts it, and looks again a little later, when PagerDuty knows more. */
export async function showSurroundings(alert: Alert, deps: ThreadDeps): Promise<void> {
  const threadTs = await deps.threadOf(alert);
  if (!threadTs) return;
  const taken = await deps.outbox.post({
    key: keyOf(alert.id),
    channel: alert.channel,
    threadTs,
    priority: PRIORITY.cosmetic,
    content: await contentOf(alert, deps),
  });
  if (taken === 'known') return;
  const dueAt = deps.clock.now() + AGAIN_AFTER_MS;
  await deps.timers.set({ key: `runbook:${alert.id}:again`, kind: LOOK_AGAIN, dueAt, payload: alert.id });
}

/** Makes what stands in the thread true again; does nothing where nothing changed. */
export async function refreshSurroundings(alertId: string, deps: ThreadDeps): Promise<void> {
  const alert = await deps.alerts.byId(alertId);
  if (alert) await deps.outbox.edit(keyOf(alertId), await contentOf(alert, deps));
}

/** Keeps what a deploy channel says. */
export async function keepChange(post: ChatPost, deps: ThreadDeps): Promise<void> {
  if (post.author.kind === 'self' || post.threadTs !== undefined || !deps.isDeployChannel(post.channel)) return;
  const summary = [post.text, ...post.parts.flatMap(({ title, text }) => [title ?? '', text])]
    .map((line) => line.split('\n')[0]?.trim() ?? '')
    .find((line) => line !== '');
  if (!summary) return;
  const at = Math.round(Number(post.ts) * 1000);
  const url = post.links[0]?.url;
  await deps.thread.keepChange(post.channel, post.ts, { at, summary, ...(url ? { url } : {}) });
}

export async function forgetOldChanges(deps: ThreadDeps): Promise<void> {
  await deps.thread.forgetChanges(deps.clock.now() - Math.max(CHANGE_KEPT_MS, 2 * deps.changeWindowMs));
}

/** The first checks that stand under the alert. */
export async function checksOf(alert: Alert, deps: ThreadDeps): Promise<Checklist> {
  return checklistOf((await firstOf(alert, deps)).checks);
}

async function firstOf(alert: Alert, deps: ThreadDeps): Promise<FirstChecks> {
  const known = { services: deps.services, runbooks: deps.runbooks() };
  return firstChecksOf(alert, await deps.best(alert), known, THREAD_WORDS[deps.style.locale].usualChecks);
}

async function contentOf(alert: Alert, deps: ThreadDeps): Promise<Content> {
  const since = alert.firedAt - deps.changeWindowMs;
  const now = deps.clock.now();
  const service = await deps.serviceOf(alert);
  const [first, ticks, told, events, endings, past] = await Promise.all([
    firstOf(alert, deps),
    deps.thread.ticks(alert.id),
    deps.thread.changes(since, now, 10),
    deps.insight.changes({ since, until: now, ...(service ? { service } : {}) }),
    endingsOf(alert, deps),
    alert.pagerIncidentId ? deps.insight.pastIncidents(alert.pagerIncidentId) : [],
  ]);
  const changes = [...told, ...(events ?? [])].toSorted((a, b) => b.at - a.at);
  return surroundingsContent(
    {
      alert,
      first,
      ticks,
      changes: events === undefined && told.length === 0 ? undefined : changes,
      window: deps.changeWindowMs,
      endings,
      past,
      now,
    },
    deps.style,
  );
}

async function endingsOf(alert: Alert, deps: ThreadDeps): Promise<readonly Ending[]> {
  const found = await deps.thread.similar(alert, alert.firedAt - SIMILAR_WITHIN_MS, MOST_SIMILAR);
  return Promise.all(
    found.map(async (one): Promise<Ending> => {
      const [url, helpful, incident] = await Promise.all([
        one.ts ? deps.chat.permalink(one.channel, one.ts).catch(() => undefined) : undefined,
        deps.feedback.helpfulFor(one.id),
        deps.incidentOf?.(one),
      ]);
      const helped = deps.runbooks().find(({ path }) => helpful.has(path))?.title;
      return { alert: one, ...(url ? { url } : {}), ...(helped ? { helped } : {}), ...(incident ? { incident } : {}) };
    }),
  );
}

function keyOf(alertId: string): string {
  return `checks:${alertId}`;
}
