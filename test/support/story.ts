/** The whole bot in process against the strict local Slack and PagerDuty, on a clock that can be moved. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp } from '../../src/app.ts';
import type { RunningApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { Config } from '../../src/config/config.ts';
import type { Database } from '../../src/store/database.ts';
import { createLog } from '../../src/logging/pino-log.ts';
import { CAST, castTeams, CHANNELS, furnish, PAGER, USER_GROUP } from '../../src/simulator/cast.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startPagerDuty } from '../../src/simulator/pagerduty/pagerduty-world.ts';
import type { PagerDutyWorld } from '../../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';

export { CAST, CHANNELS, PAGER, USER_GROUP };

/** 02:10 on a Tuesday night in Tokyo. */
export const NIGHT = Date.parse('2026-11-24T02:10:00+09:00');
export const WEBHOOK_SECRET = 'webhook-secret-of-the-story';

/** How many simulated milliseconds pass in a real one while a story waits for something. */
const FLOW = 8;

export interface StoryOptions {
  readonly at?: number;
  readonly locale?: 'ja' | 'en';
  readonly mode?: 'socket' | 'http';
  /** Added to toban.yml, in YAML. */
  readonly extra?: string;
  /** Replaces the teams of toban.yml, in YAML. */
  readonly teams?: string;
  readonly webhooks?: boolean;
  /** The Slack app's manifest, in YAML, instead of manifest.yml. */
  readonly manifest?: string;
  /** Reminds of alerts that nobody acknowledges, as a toban.yml without a word of it does; off by default, so that mentions can be counted. */
  readonly reminders?: boolean;
  readonly runbooksDir?: string;
  readonly slackTimeoutMs?: number;
  /** Simulated milliseconds in a real one while a story waits; 8 by default. */
  readonly flow?: number;
  /** Before the bot is started. */
  readonly before?: (story: Story) => void | Promise<void>;
  readonly startBot?: boolean;
}

export const TEAMS = castTeams();

export class Story {
  readonly clock: SimulatedClock;
  readonly dir = mkdtempSync(join(tmpdir(), 'toban-story-'));
  readonly log: string[] = [];
  readonly options: StoryOptions;
  slack!: SlackWorld;
  pagerduty!: PagerDutyWorld;
  app: RunningApp | undefined;
  /** The running bot's own connection. */
  database: Database | undefined;
  #ended = false;
  #stopFlow: () => void = () => {};

  constructor(options: StoryOptions = {}) {
    this.options = options;
    this.clock = new SimulatedClock(options.at ?? NIGHT);
  }

  async begin(): Promise<this> {
    const manifest = this.options.manifest ?? readFileSync(join(__dirname, '../../manifest.yml'), 'utf8');
    this.slack = await startSlack({ clock: this.clock, pace: this.options.flow ?? FLOW, manifest });
    this.pagerduty = await startPagerDuty({ clock: this.clock });
    furnish(this);
    this.#stopFlow = this.clock.flow(this.options.flow ?? FLOW);
    await this.options.before?.(this);
    if (this.options.startBot !== false) await this.startBot();
    return this;
  }

  config(): Config {
    const { options } = this;
    const environment = {
      SLACK_BOT_TOKEN: this.slack.botToken,
      ...(options.mode === 'http'
        ? { SLACK_SIGNING_SECRET: this.slack.signingSecret }
        : { SLACK_APP_TOKEN: this.slack.appToken }),
      SLACK_API_URL: this.slack.apiUrl,
      PAGERDUTY_TOKEN: this.pagerduty.token,
      PAGERDUTY_API_URL: this.pagerduty.apiUrl,
      ...(options.webhooks ? { PAGERDUTY_WEBHOOK_SECRET: WEBHOOK_SECRET } : {}),
      DATABASE_URL: `file:${join(this.dir, 'toban.db')}`,
      PORT: '0',
    };
    const runbooks = options.runbooksDir ?? join(__dirname, '../../runbooks');
    const file = `locale: ${options.locale ?? 'ja'}\nrunbooks: { dir: ${JSON.stringify(runbooks)} }\n${options.teams ?? TEAMS}\n${options.extra ?? ''}\n${this.#reminders()}`;
    const loading = loadConfig(environment, () => file);
    if (loading.kind === 'refused') throw new Error(JSON.stringify(loading.faults, null, 2));
    return loading.config;
  }

  async startBot(): Promise<RunningApp> {
    const config = this.config();
    this.app = await startApp({
      config,
      clock: this.clock,
      log: createLog({
        level: 'debug',
        secrets: [config.pagerduty.token],
        destination: { write: (line) => void this.log.push(line) },
      }),
      everyMinute: (run) => this.#everyMinute(run),
      onDatabase: (database) => {
        this.database = database;
      },
      ...(this.options.slackTimeoutMs ? { slackTimeoutMs: this.options.slackTimeoutMs } : {}),
    });
    if (this.options.mode === 'http') this.slack.deliverTo(`http://127.0.0.1:${this.app.port}/slack/events`);
    if (this.options.webhooks) {
      this.pagerduty.deliverTo(`http://127.0.0.1:${this.app.port}/pagerduty/webhook`, WEBHOOK_SECRET);
    }
    return this.app;
  }

  async stopBot(): Promise<void> {
    await this.app?.stop();
    this.app = undefined;
  }

  /** May be called again. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.stopBot();
    this.#stopFlow();
    await this.slack.close();
    await this.pagerduty.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** The log lines that say `message`. */
  logged(message: string): readonly Record<string, unknown>[] {
    return this.log.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === message);
  }

  #reminders(): string {
    const { reminders, extra = '' } = this.options;
    return reminders || /^alerts:/m.test(extra) ? '' : 'alerts: { remind_after: [] }';
  }

  #everyMinute(run: () => Promise<void>): () => Promise<void> {
    let stopped = false;
    let running = Promise.resolve();
    const again = () => {
      this.clock.setTimer(60_000, () => {
        if (stopped) return;
        running = run().finally(again);
      });
    };
    again();
    return async () => {
      stopped = true;
      await running.catch(() => {});
    };
  }
}

/** A message as CloudWatch's text form posts it. */
export function cloudwatch(alarm: string, state: 'ALARM' | 'OK' = 'ALARM') {
  return {
    appId: 'AAWS',
    botId: 'BAWS',
    username: 'AWS Alarm notification',
    text: `The alarm ${alarm} changed state to ${state}: Threshold Crossed: 1 datapoint [97.1] was greater than the threshold (90.0).\n<https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#alarmsV2:alarm/${alarm}|see the alarm>`,
  };
}

/** Everything live in a thread's replies as they were first posted: whom Slack would have notified. */
export function called(story: Story, channel: string, ts: string): readonly string[] {
  return story.slack.thread(channel, ts).flatMap((message) => message.firstMentions);
}
