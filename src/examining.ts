/** Joins the doctor to the adapters: the set-up from the configuration, a probe for each side. */

import { boltLogger } from './logging/pino-log.ts';
import type { Config } from './config/config.ts';
import { effectiveSettings } from './config/effective.ts';
import { surveyOfWhole } from './config/survey.ts';
import type { Survey } from './config/survey.ts';
import { examine } from './doctor/examine.ts';
import type { Probes } from './doctor/gather.ts';
import { registerDoctor } from './doctor/listeners.ts';
import type { ChannelUse, Setup } from './doctor/setup.ts';
import { probeWebhook } from './http/probe.ts';
import { createPagerDutyClient } from './pagerduty/client.ts';
import { createPager } from './pagerduty/pager.ts';
import { createPagerProbe } from './pagerduty/probe.ts';
import type { ChatListeners } from './ports/chat.ts';
import type { Clock } from './ports/clock.ts';
import { silentLog } from './ports/log.ts';
import { silentMetrics } from './ports/metrics.ts';
import { openLibrary } from './runbooks/library.ts';
import { createSlackProbe } from './slack/probe.ts';
import { probeDatabase } from './store/probe.ts';

const SLACK_WITHIN_MS = 10_000;

/** Answers /oncall doctor and /oncall config in a running bot, which knows its port; `config.port` may be 0. */
export function answerDoctor(listeners: ChatListeners, of: { config: Config; clock: Clock; port: () => number }): void {
  const { config, clock, port } = of;
  registerDoctor(listeners, {
    examine: () =>
      examine(setupOf(surveyOfWhole(config), port()), probesOf(config, clock, { port: port(), deep: false })),
    settings: () => effectiveSettings(config),
    locale: config.locale,
  });
}

export function setupOf({ config, usable, faults, secrets }: Survey, port = config.port): Setup {
  const { pagerduty, features } = config;
  return {
    style: { locale: config.locale, timezone: config.timezone },
    faults,
    usable,
    secrets,
    mode: config.slack.mode.kind,
    features,
    teams: config.teams,
    channels: usable.file ? channelsOf(config) : [],
    admins: config.admins,
    people: config.people,
    ...(pagerduty.from ? { pagerFrom: pagerduty.from } : {}),
    ...(pagerduty.webhookSecrets.length > 0 ? { webhook: { host: config.host, port } } : {}),
    databaseUrl: config.databaseUrl,
    runbooksDir: config.runbooksDir,
  };
}

/** Only the channels of features that are on. */
function channelsOf({ features, teams, handover, incidents, changes }: Config): readonly ChannelUse[] {
  const readsAlerts = features.mentions || features.runbooks;
  const named = (use: ChannelUse['use'], channel: string | undefined): readonly ChannelUse[] =>
    channel === undefined ? [] : [{ channel, use }];
  return [
    ...(readsAlerts
      ? teams.flatMap((team) => team.alertChannels.flatMap(({ channel }) => named('alerts', channel)))
      : []),
    ...(features.handover ? [handover, ...teams.map((team) => team.handover)] : []).flatMap((one) =>
      named('handover', one?.channel),
    ),
    ...(features.runbooks ? changes.channels.flatMap((channel) => named('changes', channel)) : []),
    ...teams.flatMap(({ topicChannel }) => named('topic', topicChannel)),
    ...(features.incidents ? named('announcements', incidents.announceChannel) : []),
  ];
}

export function probesOf(config: Config, clock: Clock, { port = config.port, deep = true } = {}): Probes {
  const { slack, pagerduty } = config;
  const client = createPagerDutyClient({
    baseUrl: pagerduty.apiUrl,
    token: pagerduty.token,
    clock,
    log: silentLog,
    metrics: silentMetrics,
    // Somebody waits for the answer.
    limits: { tries: 2, budgetMs: 12_000 },
  });
  return {
    slack: createSlackProbe({
      apiUrl: slack.apiUrl,
      botToken: slack.botToken,
      ...(slack.mode.kind === 'socket' ? { appToken: slack.mode.appToken } : {}),
      clock,
      logger: boltLogger(silentLog),
      timeoutMs: SLACK_WITHIN_MS,
    }),
    pager: createPagerProbe(client, createPager(client)),
    host: {
      node: process.versions.node,
      database: async () => probeDatabase(config.databaseUrl, { deep }),
      webhook: () => probeWebhook({ host: config.host, port, clock }),
    },
    ...(config.features.runbooks
      ? {
          runbooks: async () => {
            const library = await openLibrary({ dir: config.runbooksDir, clock, log: silentLog });
            library.stop();
            return { pages: library.runbooks().length, faults: library.faults() };
          },
        }
      : {}),
    clock,
  };
}
