/** Measures how long after an alert its mention reaches Slack, alert by alert, in turn with the bare bot. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackWorld } from '../src/simulator/slack/slack-world.ts';
import { mediansInTurn, restlessness, rounded, summarise } from './statistics.ts';
import type { Summary } from './statistics.ts';
import { BOTS, CHANNELS } from './worlds.ts';
import type { BotName, Worlds } from './worlds.ts';

const MENTION_WITHIN_MS = 15_000;
/** After this Toban has asked PagerDuty for the alert's incident and has posted the runbook, and is at rest. */
const QUIET_MS = 3_500;

export interface MentionOptions {
  /** Of each bot, after the warm-up. */
  readonly alerts: number;
  readonly warmUp: number;
  /** From one alert of a bot to its next. */
  readonly everyMs: number;
  /** Alerts by themselves whose calls are counted. */
  readonly counted: number;
}

interface BotFigures {
  /** What the bot took: from the event on the wire to its HTTP request at Slack's door, ms. */
  readonly took: Summary;
  /** The same with the simulator's own time in it, ms. */
  readonly withSimulator: Summary;
  /** What was subtracted: the simulator's making of the event, and its handling of the post, ms. */
  readonly simulator: Summary;
  /** p50 of the four quarters of the run, ms: whether it grows with the open alerts. */
  readonly quarters: string;
  readonly restlessness: number;
}

export interface MentionFigures {
  readonly toban: BotFigures;
  readonly bare: BotFigures;
  readonly ratioP50: number;
  readonly ratioP99: number;
  /** The most of any alert sent by itself, from its event to its mention. */
  readonly slackCalls: number;
  readonly pagerDutyCalls: number;
}

interface Sample {
  readonly took: number;
  readonly simulator: number;
  readonly slackCalls: number;
  readonly pagerDutyCalls: number;
}

/** Both bots are running in `worlds`. `run` names the run, so that its alerts are none of another's. */
export async function measureMention(worlds: Worlds, run: string, options: MentionOptions): Promise<MentionFigures> {
  const arrivals = watchArrivals();
  const samples: Record<BotName, Sample[]> = { toban: [], bare: [] };
  try {
    for (let index = 0; index < options.warmUp + options.alerts; index++) {
      const began = performance.now();
      // Each goes first as often as the other.
      const order = index % 2 === 0 ? BOTS : BOTS.toReversed();
      for (const [place, bot] of order.entries()) {
        const sample = await oneAlert(worlds, bot, `${run}-${index}`, index, arrivals);
        if (index >= options.warmUp) samples[bot].push(sample);
        const due = began + ((place + 1) * options.everyMs) / 2;
        await sleep(Math.max(0, due - performance.now()));
      }
    }
    const alone: Sample[] = [];
    for (let index = 0; index < options.counted; index++) {
      await sleep(QUIET_MS);
      alone.push(await oneAlert(worlds, 'toban', `${run}-alone-${index}`, index, arrivals));
    }
    const [toban, bare] = [figuresOf(samples.toban), figuresOf(samples.bare)];
    return {
      toban,
      bare,
      ratioP50: rounded(toban.took.p50 / bare.took.p50),
      ratioP99: rounded(toban.took.p99 / bare.took.p99),
      slackCalls: Math.max(...alone.map((sample) => sample.slackCalls)),
      pagerDutyCalls: Math.max(...alone.map((sample) => sample.pagerDutyCalls)),
    };
  } finally {
    arrivals.stop();
  }
}

function figuresOf(samples: readonly Sample[]): BotFigures {
  const took = samples.map((sample) => sample.took);
  return {
    took: summarise(took),
    withSimulator: summarise(samples.map((sample) => sample.took + sample.simulator)),
    simulator: summarise(samples.map((sample) => sample.simulator)),
    quarters: mediansInTurn(took, 4)
      .map((one) => one.toFixed(2))
      .join(' '),
    restlessness: restlessness(took),
  };
}

async function oneAlert(worlds: Worlds, bot: BotName, name: string, turn: number, arrivals: Arrivals): Promise<Sample> {
  const slack = worlds.slacks[bot];
  const { id: channelId } = CHANNELS[turn % CHANNELS.length] ?? { id: '' };
  const pagerDutyBefore = worlds.pagerduty.calls.length;
  const slackBefore = slack.calls.length;
  const before = performance.now();
  const ts = slack.postAsApp(channelId, alarm(name));
  // The event was written to the socket within that call.
  const onTheWire = performance.now();
  const mention = await answerTo(slack, channelId, ts, arrivals);
  return {
    took: mention.arrivedAt - onTheWire,
    simulator: onTheWire - before + (mention.standsAt - mention.arrivedAt),
    slackCalls: mention.slackCalls - slackBefore,
    pagerDutyCalls: worlds.pagerduty.calls.length - pagerDutyBefore,
  };
}

interface Answer {
  readonly arrivedAt: number;
  readonly standsAt: number;
  readonly slackCalls: number;
}

/** The bot's first message in the thread. */
function answerTo(slack: SlackWorld, channelId: string, ts: string, arrivals: Arrivals): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      off();
      reject(new Error(`No mention came within ${MENTION_WITHIN_MS / 1000} s`));
    }, MENTION_WITHIN_MS);
    const off = slack.on((event) => {
      if (event.kind !== 'message' || event.channel !== channelId) return;
      if ((event.message as { thread_ts?: string }).thread_ts !== ts) return;
      const standsAt = performance.now();
      const arrivedAt = arrivals.ofThisRequest();
      off();
      clearTimeout(late);
      if (arrivedAt === undefined) reject(new Error('A message came in without an HTTP request'));
      else resolve({ arrivedAt, standsAt, slackCalls: slack.calls.length });
    });
  });
}

interface Arrivals {
  /** When the request that is being handled came in. */
  ofThisRequest(): number | undefined;
  stop(): void;
}

/** Node itself tells of each request to a server of this process as soon as its head is read. */
function watchArrivals(): Arrivals {
  const arrivedAt = new AsyncLocalStorage<number>();
  const note = () => arrivedAt.enterWith(performance.now());
  const { name } = channel('http.server.request.start');
  subscribe(name, note);
  return { ofThisRequest: () => arrivedAt.getStore(), stop: () => void unsubscribe(name, note) };
}

/** A message as CloudWatch's text form posts it, each of an alarm of its own. */
function alarm(name: string) {
  const alarmName = `prod-aurora-cpu-${name}`;
  return {
    appId: 'AAWS',
    botId: 'BAWS',
    username: 'AWS Alarm notification',
    text: `The alarm ${alarmName} changed state to ALARM: Threshold Crossed: 1 datapoint [97.1] was greater than the threshold (90.0).\n<https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#alarmsV2:alarm/${alarmName}|see the alarm>`,
  };
}

/** Whether the hot path is one Slack call and no PagerDuty call. */
export function hotPathHolds(figures: MentionFigures): boolean {
  return figures.slackCalls === 1 && figures.pagerDutyCalls === 0;
}
