/** The roof: builds every adapter, and hands each feature what it needs. */

import type { PagerIncident, PagerNote } from './domain/pager-incident.ts';
import { catchUp } from './alerts/catch-up.ts';
import type { AlertDeps } from './alerts/deps.ts';
import { followIncident, resumeIncidents } from './alerts/follow-incident.ts';
import { missedSince } from './alerts/mirror/missed-since.ts';
import { tellNote } from './alerts/mirror/tell-note.ts';
import { createStormKeeper } from './alerts/storm/keep-shown.ts';
import { registerAlerts } from './alerts/listeners.ts';
import { companyCalendar } from './company-calendar.ts';
import { closeIncidents } from './closing-incidents.ts';
import { registerAlertTimers } from './alerts/alert-timers.ts';
import type { Config } from './config/config.ts';
import { answerDoctor } from './examining.ts';
import { handOver, handoverChannels } from './handing-over.ts';
import { createPrometheus } from './http/prometheus.ts';
import { startHttpServer } from './http/server.ts';
import { tellDelay } from './alerts/show-alert.ts';
import { createTurns } from './in-turn.ts';
import { callingRules, createWatch, teamOf } from './team-watch.ts';
import { boltLogger } from './logging/pino-log.ts';
import { RosterKeeper } from './oncall/roster-keeper.ts';
import { createPagerDutyClient } from './pagerduty/client.ts';
import { createPagerInsight } from './pagerduty/insight.ts';
import { createPager } from './pagerduty/pager.ts';
import { createPoller } from './pagerduty/poller.ts';
import { createWebhookRoute } from './pagerduty/webhook-route.ts';
import { wait } from './ports/clock.ts';
import { createRunbookShelf } from './runbook-shelf.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import { connectSlack } from './slack/workspace.ts';
import { createAlertStore } from './store/alert-store.ts';
import { createCareStore } from './store/care-store.ts';
import { openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { createPagerIncidentStore } from './store/pager-incident-store.ts';
import { createOutboxStore } from './store/outbox-store.ts';
import { createStormStore } from './store/storm-store.ts';
import {
  createCursorStore,
  createFeedbackStore,
  createLookupStore,
  createRosterStore,
  createSeenStore,
} from './store/small-stores.ts';
import { ownerName } from './slack/process-owner.ts';
import { createLibraryStore } from './store/library-store.ts';
import { createThreadStore } from './store/thread-store.ts';
import { createAdmins } from './telling-admins.ts';
import { createTimerStore } from './store/timer-store.ts';
import { planShifts, topicChannels } from './planning-shifts.ts';
import { watchItself } from './watching-itself.ts';
import type { EveryMinute } from './timing/minute-tick.ts';
import { createTimerRunner } from './timing/timer-runner.ts';
import { incidentButtons, openWarRooms } from './war-rooms.ts';

/** After a new alert PagerDuty is asked soon, and not for each alert of a storm by itself. */
const LOOK_AFTER_MS = 1_500;
/** A mention is to stand within 5 s. */
const ROSTER_WITHIN_MS = 3_000;
/** Three such parts, and what Slack's line itself takes, stay below the ten seconds of a stop. */
const STOP_PART_WITHIN_MS = 1_500;
const SEEN_FOR_MS = 3 * 24 * 3_600_000;

export interface AppOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly everyMinute: EveryMinute;
  /** Told of the open database, for tests that fill it. */
  readonly onDatabase?: (database: Database) => void;
  /** Real milliseconds until a call to Slack without an answer is given up; default 10 s. */
  readonly slackTimeoutMs?: number;
}

export interface RunningApp {
  /** The port of the HTTP routes. */
  readonly port: number;
  /** Finishes what was begun and closes everything; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the bot; resolves once it listens to Slack. Rejects where Slack refuses a token, the database cannot be
 * opened or the port is taken; PagerDuty may be down.
 */
export async function startApp(options: AppOptions): Promise<RunningApp> {
  const { config, clock, log } = options;
  const metrics = createPrometheus();
  const style = { locale: config.locale, timezone: config.timezone };
  const database = await openDatabase(config.databaseUrl);
  options.onDatabase?.(database);
  const seen = createSeenStore(database);
  const alertStore = createAlertStore(database, clock);
  const incidents = createPagerIncidentStore(database);
  const lookups = createLookupStore(database);
  const inTurn = createTurns();
  const timers = createTimerRunner({
    store: createTimerStore(database),
    clock,
    log: log.child({ part: 'timers' }),
    owner: ownerName(),
  });

  const client = createPagerDutyClient({
    baseUrl: config.pagerduty.apiUrl,
    token: config.pagerduty.token,
    clock,
    log: log.child({ part: 'pagerduty' }),
    metrics,
  });
  const pager = createPager(client);

  let ready: Promise<unknown> = Promise.resolve();
  // Without the features that read alerts their scopes may be missing (O-05).
  const readsAlerts = config.features.mentions || config.features.runbooks;
  const watched = [
    ...config.teams.flatMap((team) => (readsAlerts ? team.alertChannels.map(({ channel }) => channel) : [])),
    ...(config.features.runbooks ? config.changes.channels : []),
  ];
  const slack = await connectSlack({
    config,
    clock,
    log: log.child({ part: 'slack' }),
    logger: boltLogger(log),
    metrics,
    pager,
    lookups,
    outboxStore: createOutboxStore(database),
    cursors: createCursorStore(database),
    watched,
    named: [...handoverChannels(config), ...topicChannels(config)],
    timeoutMs: options.slackTimeoutMs ?? 10_000,
    onHistory: async (posts) => {
      await ready;
      await inTurn(() => catchUp(posts, alertDeps));
      await shelf?.keepChanges(posts.map(({ post }) => post));
    },
    onSent: (key) => {
      shelf?.finishSuggestions();
      warRooms?.onSent(key);
      tellDelay(key, alertDeps).catch((error: unknown) => log.warn({ err: error, key }, 'delay was not told'));
    },
  }).catch(async (error: unknown) => {
    await database.destroy();
    throw error;
  });

  const teams = config.teams.map(teamOf);
  const roster = new RosterKeeper({
    teams,
    pager,
    directory: slack.directory,
    store: createRosterStore(database),
    clock,
    log: log.child({ part: 'roster' }),
  });

  const watch = createWatch(config, (channel) => slack.channels.idOf(channel));
  const poller = createPoller({
    pager,
    clock,
    log,
    everyMs: config.pagerduty.pollMs,
    services: watch.services(),
    knownOpen: () => incidents.open(),
    seen: (incident) => take(incident),
    noted: (note) => takeNote(note),
    missedSince: () => missedSince(alertStore, clock),
  });
  let looking = false;
  const lookSoon = () => {
    if (looking) return;
    looking = true;
    clock.setTimer(LOOK_AFTER_MS, () => {
      looking = false;
      void poller.now();
    });
  };

  const alertDeps: AlertDeps = {
    store: alertStore,
    care: createCareStore(database),
    timers,
    incidents,
    outbox: slack.outbox,
    chat: slack.chat,
    directory: slack.directory,
    roster,
    pager,
    watch,
    clock,
    log: log.child({ part: 'alerts' }),
    metrics,
    style,
    features: config.features,
    incidentButtons: incidentButtons(config),
    storms: {
      store: createStormStore(database, clock),
      budget: config.mentionBudget,
      opened: (storm) => stormKeeper.opened(storm),
      touched: (stormId) => stormKeeper.touched(stormId),
    },
    calendar: companyCalendar(config),
    ...callingRules(config, (channel) => slack.channels.idOf(channel)),
    escalating: new Set(),
    inTurn,
    lookSoon,
    lookNow: () => poller.now(),
    onNewAlert: () => shelf?.finishSuggestions(),
    followed: (look, news) => closing?.followed(look, news),
  };
  const stormKeeper = createStormKeeper(alertDeps, timers);
  registerAlertTimers(timers, alertDeps);
  const take = (incident: PagerIncident): Promise<void> =>
    inTurn(async () => {
      await followIncident(incident, alertDeps);
    });

  const takeNote = (note: PagerNote): Promise<void> => inTurn(() => tellNote(note, alertDeps));

  const shelf = config.features.runbooks
    ? createRunbookShelf({
        config,
        alerts: alertDeps,
        feedback: createFeedbackStore(database),
        thread: createThreadStore(database),
        kept: createLibraryStore(database),
        insight: createPagerInsight(client, clock),
        timers,
        idOf: (channel) => slack.channels.idOf(channel),
        listeners: slack.listeners,
        incidentOf: async (alert) => warRooms?.endingOf(alert.id),
      })
    : undefined;
  const library = shelf?.library;

  const admins = createAdmins({ ids: config.admins, timezone: config.timezone, ...slack, clock, log });
  const shifts = planShifts({ config, clock, log, database, slack, pager, client, roster, style, teams, admins });
  registerAlerts(slack.listeners, {
    ...alertDeps,
    inTurn: async (work) => {
      await ready;
      return inTurn(work);
    },
  });
  const warRooms = openWarRooms({ config, database, alerts: alertDeps, slack, timers, teams });
  const closing =
    warRooms && closeIncidents({ config, database, slack, incidents: warRooms.deps, looks: incidents, take });
  const handovers = handOver({
    config,
    clock,
    log,
    database,
    slack,
    timers,
    teams,
    admins,
    book: shifts.agenda,
    roster,
    pager,
    ...(warRooms ? { incidents: warRooms.deps.store } : {}),
  });

  const vitals = watchItself({ config, clock, log, database, slack, roster });
  vitals.watchFor({ key: 'handover', check: () => handovers.missing() });
  answerDoctor(slack.listeners, { config, clock, port: () => http.port });

  const { webhookSecrets } = config.pagerduty;
  const http = await startHttpServer({
    host: config.host,
    port: config.port,
    log,
    routes: {
      health: () => ({
        ok: slack.connected(),
        body: {
          ok: slack.connected(),
          slack: slack.connected() ? 'connected' : 'disconnected',
          ailing: vitals.ailing().map(({ key, since }) => ({ vital: key, since: new Date(since).toISOString() })),
          outbox_waiting: slack.outbox.waiting(),
          roster: Object.fromEntries(
            config.teams.map(({ key }) => [key, { age_seconds: ageSeconds(roster.confirmedAt(key), clock) }]),
          ),
          runbooks: library ? { pages: library.runbooks().length, faults: library.faults().length } : null,
        },
      }),
      metrics: () => {
        metrics.gauge('toban_outbox_waiting', slack.outbox.waiting());
        metrics.gauge('toban_ailing', vitals.ailing().length);
        metrics.gauge('toban_slack_connected', slack.connected() ? 1 : 0);
        for (const { key } of config.teams) {
          const age = ageSeconds(roster.confirmedAt(key), clock);
          if (age !== null) metrics.gauge('toban_roster_age_seconds', age, { team: key });
        }
        return metrics.text();
      },
      ...(webhookSecrets.length > 0
        ? {
            webhook: createWebhookRoute({
              secrets: webhookSecrets,
              seen,
              clock,
              log,
              metrics,
              take: async (incident) => {
                await ready;
                await take(incident);
              },
              takeNote: async (note) => {
                await ready;
                await takeNote(note);
              },
              refresh: lookSoon,
            }),
          }
        : {}),
      calendar: (token) => shifts.calendar(token),
      ...(slack.requestListener ? { slackEvents: slack.requestListener } : {}),
    },
  }).catch(async (error: unknown) => {
    library?.stop();
    await database.destroy();
    throw error;
  });
  shifts.reachedAt(http.port);
  log.info({ host: config.host, port: http.port }, 'HTTP routes opened');

  await roster.load();
  await shifts.load();
  // After the roster, which is stored after its people: whoever it names was looked up before.
  await slack.directory.load();
  const known = config.teams.every(({ key }) => roster.confirmedAt(key) !== undefined);
  const rosterStarted = roster.start();
  // Shifts may have changed while Toban was stopped: PagerDuty has a moment to say so before the roster from before
  // counts. Without one there is nobody to mention yet.
  ready = Promise.all([
    slack.channelsKnown(),
    known ? Promise.race([rosterStarted, wait(clock, ROSTER_WITHIN_MS)]) : rosterStarted,
  ]);

  let stopMinute: (() => Promise<void>) | undefined;
  let stopped: Promise<void> | undefined;
  /** What waits for a Slack or a PagerDuty that does not answer holds up no stop: the next start goes on. */
  const briefly = (ends: readonly (Promise<unknown> | undefined)[]) =>
    Promise.race([Promise.all(ends.map(async (end) => end)), wait(clock, STOP_PART_WITHIN_MS)]);
  const stop = async (): Promise<void> => {
    await briefly([stopMinute?.(), vitals.stop(), timers.stop(), stormKeeper.stop(), warRooms?.stop()]);
    await slack.stop();
    await http.close();
    await briefly([poller.stop(), roster.stop(), shifts.stop()]);
    library?.stop();
    await briefly([inTurn(async () => {}), closing?.settled()]);
    await database.destroy();
    log.info({}, 'Toban stopped');
  };
  const running: RunningApp = {
    port: http.port,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  try {
    await slack.start();
  } catch (error) {
    await running.stop();
    throw error;
  }
  // After the line stands: an alert needs its on-call at once, and its runbook a moment later.
  library?.start();
  await ready;
  await resumeIncidents(alertDeps);
  await stormKeeper.resume();
  await warRooms?.resume();
  poller.start();
  await shelf?.begin();
  timers.start();
  await vitals.start();
  await handovers.start();
  shifts.start();
  shelf?.finishSuggestions();
  stopMinute = options.everyMinute(async () => {
    await handovers.look();
    await shifts.look();
    await slack.sweep();
    shelf?.finishSuggestions();
    await warRooms?.everyMinute();
    await seen.forget(clock.now() - SEEN_FOR_MS);
    await shelf?.tidy();
  });
  log.info({ teams: config.teams.length, mode: config.slack.mode.kind }, 'Toban is ready');
  return running;
}

function ageSeconds(at: number | undefined, clock: Clock): number | null {
  return at === undefined ? null : Math.round((clock.now() - at) / 1000);
}
