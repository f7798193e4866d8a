/** Joins the runbook library with the alerts: suggestions, what stands around an alert, and the buttons under both. */

import type { Alert } from './domain/alert.ts';
import type { PagerInsight } from './ports/pager-insight.ts';
import type { ThreadStore } from './ports/thread-store.ts';
import type { Timers } from './ports/timers.ts';
import { threadOf } from './alerts/deps.ts';
import type { AlertDeps } from './alerts/deps.ts';
import { featuresIn } from './alerts/watch.ts';
import type { Config } from './config/config.ts';
import type { FeedbackStore } from './ports/stores.ts';
import type { ChatListeners, ChatPost } from './ports/chat.ts';
import type { GrowthDeps } from './runbooks/growth/deps.ts';
import { refreshPasted } from './runbooks/growth/search.ts';
import { planWeekly, postWeekly, WEEKLY } from './runbooks/growth/weekly.ts';
import type { LibraryStore } from './ports/library-store.ts';
import { createLibrary } from './runbooks/library.ts';
import type { StartableLibrary } from './runbooks/library.ts';
import { registerRunbooks } from './runbooks/listeners.ts';
import { followLibrary } from './runbooks/matcher.ts';
import { refreshSuggestion, runbookOf, suggestRunbook } from './runbooks/suggest.ts';
import type { RunbookDeps } from './runbooks/suggest.ts';
import { RUNBOOK_WORDS } from './runbooks/messages.ts';
import { stepsOf } from './runbooks/thread/checklist.ts';
import {
  checksOf,
  forgetOldChanges,
  keepChange,
  LOOK_AGAIN,
  refreshSurroundings,
  showSurroundings,
} from './runbooks/thread/show-surroundings.ts';
import type { TickDeps } from './runbooks/thread/tick-item.ts';

/** A runbook for an older alert helps nobody any more. */
const SUGGEST_FOR_MS = 24 * 3_600_000;

export interface RunbookShelf {
  readonly library: StartableLibrary;
  /** Works out the suggestions of alerts that have none yet; returns at once. */
  finishSuggestions(): void;
  /** What a deploy channel said while nobody listened. */
  keepChanges(posts: readonly ChatPost[]): Promise<void>;
  /** Plans the weekly list; at every start. */
  begin(): Promise<void>;
  /** Forgets what nobody asks for any more. */
  tidy(): Promise<void>;
}

export interface ShelfDeps {
  readonly config: Config;
  readonly alerts: AlertDeps;
  readonly feedback: FeedbackStore;
  readonly thread: ThreadStore;
  readonly kept: LibraryStore;
  readonly insight: PagerInsight;
  readonly timers: Timers;
  readonly idOf: (channel: string) => string | undefined;
  readonly listeners: ChatListeners;
  /** What became of an alert that was an incident, safe for mrkdwn. */
  readonly incidentOf?: (alert: Alert) => Promise<string | undefined>;
}

export function createRunbookShelf(deps: ShelfDeps): RunbookShelf {
  const { config, alerts, thread, feedback } = deps;
  const { clock, outbox, chat, metrics, style, store } = alerts;
  const log = alerts.log.child({ part: 'runbooks' });
  const library = createLibrary({ dir: config.runbooksDir, clock, log });
  const threadOfAlert = (alert: Alert) => threadOf(alert, alerts);
  const runbookDeps: RunbookDeps = {
    library,
    matcher: followLibrary(library),
    alerts: store,
    feedback,
    thread,
    kept: deps.kept,
    outbox,
    chat,
    clock,
    metrics,
    style,
    threadOf: threadOfAlert,
  };
  const tickDeps: TickDeps = {
    alerts: store,
    thread,
    feedback,
    insight: deps.insight,
    outbox,
    chat,
    timers: deps.timers,
    clock,
    log,
    style,
    services: config.services,
    changeWindowMs: config.changes.windowMs,
    runbooks: () => library.runbooks(),
    best: (alert) => runbookOf(alert, runbookDeps),
    threadOf: threadOfAlert,
    serviceOf: async (alert) => {
      const incident = alert.pagerIncidentId ? await alerts.incidents.byId(alert.pagerIncidentId) : undefined;
      return incident?.serviceId || alerts.watch.team(alert.team)?.service;
    },
    isDeployChannel: (channel) => config.changes.channels.some((one) => deps.idOf(one) === channel),
    refreshSteps: async (alert, path) => {
      await refreshSuggestion(alert, runbookDeps);
      await refreshPasted(alert, path, growth);
    },
    ...(deps.incidentOf ? { incidentOf: deps.incidentOf } : {}),
    stepsOf: (path) => {
      const page = library.runbooks().find((one) => one.path === path);
      return (page && stepsOf(page, RUNBOOK_WORDS[style.locale].firstChecks)) ?? { items: [] };
    },
  };
  deps.timers.on(LOOK_AGAIN, ({ payload }) => refreshSurroundings(payload, tickDeps));
  const growth: GrowthDeps = {
    ...runbookDeps,
    dir: config.runbooksDir,
    checksOf: (alert) => checksOf(alert, tickDeps),
    weeklyChannel: () => {
      const channel = config.handover.channel ?? config.teams[0]?.alertChannels[0]?.channel;
      return channel === undefined ? undefined : deps.idOf(channel);
    },
  };
  deps.timers.on(WEEKLY, (timer) => postWeekly(timer, deps.timers, growth));
  registerRunbooks(deps.listeners, runbookDeps, tickDeps, growth);

  /** After a new alert, after a stop, once a thread stands. */
  let suggesting = false;
  let again = false;
  const work = async (): Promise<void> => {
    await library.loaded;
    while (again) {
      again = false;
      for (const alert of await store.withoutSuggestion(clock.now() - SUGGEST_FOR_MS, 50)) {
        if (!featuresIn(alert.channel, alerts).runbooks) await store.suggested(alert.id);
        else if ((await suggestRunbook(alert, runbookDeps)) !== 'waits') await showSurroundings(alert, tickDeps);
      }
    }
  };
  return {
    library,
    finishSuggestions: () => {
      again = true;
      if (suggesting) return;
      suggesting = true;
      // After the present turn: the mention is on its way before the library is searched.
      clock.setTimer(0, () => {
        void work()
          .catch((error: unknown) => log.error({ err: error }, 'runbooks could not be suggested'))
          .finally(() => {
            suggesting = false;
          });
      });
    },
    keepChanges: async (posts) => {
      for (const post of posts) await keepChange(post, tickDeps);
    },
    begin: () => planWeekly(deps.timers, growth),
    tidy: () => forgetOldChanges(tickDeps),
  };
}
