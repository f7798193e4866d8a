/** Measures a flood: how many alerts are accounted for, how soon, with how many mentions, and when all of it has been said. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { furnish, PAGER } from '../src/simulator/cast.ts';
import { SimulatedClock } from '../src/simulator/clock.ts';
import { startPagerDuty } from '../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../src/simulator/slack/slack-world.ts';
import { peakMemoryOf, startChild } from './child.ts';
import { rounded, summarise } from './statistics.ts';
import type { Summary } from './statistics.ts';
import { freePort, healthy, ROOT, START_OPTIONS, untilReady } from './worlds.ts';

const CHANNELS = Array.from({ length: 5 }, (_, index) => ({ id: `C0FLOOD${index}`, name: `flood-${index}` }));
const BUDGET = { channel: 8, person: 16 };
const DRAIN_WITHIN_MS = 20 * 60_000;

export interface FloodOptions {
  readonly alerts: number;
  readonly overMs: number;
}

export interface FloodFigures extends FloodOptions {
  readonly own: number;
  readonly listed: number;
  /** Neither mentioned nor listed: must be none. */
  readonly lost: number;
  /** Mentioned more than once: must be none. */
  readonly doubled: number;
  /** From the first alert to its mention. */
  readonly firstMentionMs: number;
  /** From an alert to its own mention, ms. */
  readonly ownMs: Summary;
  /** From an alert to the mention of its on-call that stands for it: its own, or that of its channel's storm. */
  readonly calledMs: Summary;
  /** In all, and within the worst minute. */
  readonly mentions: number;
  readonly mentionsAMinute: number;
  readonly budgetAMinute: number;
  /** From the last alert until nothing waits to be said. */
  readonly drainedMs: number;
  readonly peakMb: number;
  /** Posts and edits that Slack refused as too many. */
  readonly tooMany: number;
}

interface Fired {
  readonly channel: string;
  readonly ts: string;
  readonly name: string;
}

/** In real time, with Slack's limits, against Toban in a process of its own. */
export async function measureFlood(options: FloodOptions): Promise<FloodFigures> {
  const clock = new SimulatedClock(Date.now());
  const dir = mkdtempSync(join(tmpdir(), 'toban-flood-'));
  const slack = await startSlack({ clock, manifest: readFileSync(join(ROOT, 'manifest.yml'), 'utf8') });
  const pagerduty = await startPagerDuty({ clock });
  furnish({ clock, slack, pagerduty });
  for (const { id, name } of CHANNELS) slack.addChannel({ id, name, botIsMember: true });
  const stopFlow = clock.flow(1);
  const port = await freePort();
  const config = join(dir, 'toban.yml');
  writeFileSync(config, tobanFile());
  const child = startChild(join(ROOT, 'bin/toban.mjs'), [], {
    nodeOptions: START_OPTIONS,
    cwd: dir,
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
      PAGERDUTY_TOKEN: pagerduty.token,
      PAGERDUTY_API_URL: pagerduty.apiUrl,
      DATABASE_URL: `file:${join(dir, 'toban.db')}`,
      PORT: String(port),
      TOBAN_CONFIG: config,
    },
  });
  try {
    await untilReady(child, () => healthy(port));
    const fired = await flood(slack, options, () => child.assertAlive());
    const last = clock.now();
    while (!(await drained(port))) {
      child.assertAlive();
      if (clock.now() - last > DRAIN_WITHIN_MS) throw new Error('The flood was not drained within 20 minutes');
      await sleep(250);
    }
    const drainedMs = clock.now() - last - QUIET_MS;
    return {
      ...options,
      ...figuresOf(slack, fired),
      drainedMs: Math.round(drainedMs),
      peakMb: peakMemoryOf(child.pid),
    };
  } finally {
    await child.stop();
    stopFlow();
    await slack.close();
    await pagerduty.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Sends the alerts evenly, a hundred kinds of them, in turn over the channels. */
async function flood(
  slack: SlackWorld,
  { alerts, overMs }: FloodOptions,
  alive: () => void,
): Promise<readonly Fired[]> {
  const fired: Fired[] = [];
  const began = performance.now();
  for (let index = 0; index < alerts; index++) {
    const due = began + (index / alerts) * overMs;
    if (due > performance.now()) await sleep(due - performance.now());
    const { id: channel } = CHANNELS[index % CHANNELS.length] ?? { id: '' };
    const name = `flood-${String(index % 100).padStart(2, '0')}-host-${String(index).padStart(5, '0')}`;
    const text = `[ERROR] disk is full on ${name}`;
    fired.push({
      channel,
      name,
      ts: slack.postAsApp(channel, { appId: 'AFLOOD', botId: 'BFLOOD', username: 'flood', text }),
    });
    if (index % 100 === 0) alive();
  }
  return fired;
}

/** Nothing waits for so long: a storm's message is worked out every ten seconds. */
const QUIET_MS = 15_000;

async function drained(port: number): Promise<boolean> {
  for (let at = performance.now(); performance.now() - at < QUIET_MS; await sleep(250)) {
    const health = (await (await fetch(`http://127.0.0.1:${port}/healthz`)).json()) as { outbox_waiting?: number };
    if (health.outbox_waiting !== 0) return false;
  }
  return true;
}

function figuresOf(
  slack: SlackWorld,
  fired: readonly Fired[],
): Omit<FloodFigures, 'alerts' | 'overMs' | 'drainedMs' | 'peakMb'> {
  const own: number[] = [];
  let listed = 0;
  const called: number[] = [];
  let lost = 0;
  let doubled = 0;
  const mentionedAt: number[] = [];
  const storms = new Map<string, { calledAt: number; lines: ReadonlySet<string> }[]>();
  for (const { id } of CHANNELS) {
    const said = slack.history(id).filter(({ bot_id: bot }) => bot === slack.identity.botId);
    for (const { ts, firstMentions } of said) mentionedAt.push(...firstMentions.map(() => Number(ts) * 1000));
    const parents = said.filter(
      ({ metadata, firstMentions }) => /^storm:[^:]+:[^:]+$/.test(keyOf(metadata)) && firstMentions.length > 0,
    );
    storms.set(
      id,
      parents.map((parent) => {
        const lines = new Set<string>();
        for (const page of slack.thread(id, parent.ts)) {
          for (const [name] of JSON.stringify(page.blocks ?? []).matchAll(/flood-\d\d-host-\d{5}/g)) {
            lines.add(name);
          }
        }
        return { calledAt: Number(parent.ts) * 1000, lines };
      }),
    );
  }
  for (const { channel, ts, name } of fired) {
    const at = Number(ts) * 1000;
    const mentions = slack.thread(channel, ts).filter(({ firstMentions }) => firstMentions.length > 0);
    const storm = (storms.get(channel) ?? []).find(({ lines }) => lines.has(name));
    if (mentions.length > 1 || (mentions.length === 1 && storm)) doubled += 1;
    if (mentions[0]) {
      own.push(Number(mentions[0].ts) * 1000 - at);
      called.push(Number(mentions[0].ts) * 1000 - at);
    } else if (storm) {
      listed += 1;
      called.push(Math.max(0, storm.calledAt - at));
    } else lost += 1;
  }
  const first = fired[0];
  const firstMention = first && slack.thread(first.channel, first.ts)[0];
  return {
    own: own.length,
    listed,
    lost,
    doubled,
    firstMentionMs: first && firstMention ? Math.round((Number(firstMention.ts) - Number(first.ts)) * 1000) : Infinity,
    ownMs: summarise(own),
    calledMs: summarise(called),
    mentions: mentionedAt.length,
    mentionsAMinute: most(mentionedAt),
    budgetAMinute: BUDGET.person + CHANNELS.length,
    tooMany: slack.calls.filter(({ outcome }) => outcome === '429').length,
  };
}

function keyOf(metadata: Readonly<Record<string, unknown>> | undefined): string {
  return String((metadata?.['event_payload'] as { key?: unknown } | undefined)?.key);
}

/** The most within one minute. */
function most(instants: readonly number[]): number {
  return Math.max(0, ...instants.map((at) => instants.filter((other) => other >= at && other < at + 60_000).length));
}

function tobanFile(): string {
  const channels = CHANNELS.map(({ name }) => `{ channel: ${name} }`).join(', ');
  return `runbooks: { dir: ${JSON.stringify(join(ROOT, 'runbooks'))} }
alerts: { remind_after: [], mention_budget: { channel: ${BUDGET.channel}, person: ${BUDGET.person} } }
teams:
  sre:
    name: SRE
    schedule: ${PAGER.schedule}
    escalation_policy: ${PAGER.policy}
    service: ${PAGER.service}
    alert_channels: [${channels}]
`;
}

export function floodLines(figures: FloodFigures): readonly string[] {
  const { alerts, overMs, own, listed, lost, doubled, mentions, mentionsAMinute, budgetAMinute } = figures;
  const met = (good: boolean) => (good ? 'met' : 'NOT met');
  return [
    `${alerts.toLocaleString('en')} alerts in ${overMs / 1000} s over ${CHANNELS.length} channels`,
    `  accounted for: ${own} mentioned themselves, ${listed} listed, ${lost} lost, ${doubled} twice (aim: none lost, none twice: ${met(lost + doubled === 0)})`,
    `  first mention after ${figures.firstMentionMs} ms (aim: 5 s: ${met(figures.firstMentionMs <= 5_000)}); own mentions p50 ${figures.ownMs.p50} ms, max ${figures.ownMs.max} ms`,
    `  its on-call called after: p50 ${figures.calledMs.p50} ms, p99 ${figures.calledMs.p99} ms, max ${figures.calledMs.max} ms`,
    `  mentions of the one on-call: ${mentions}, ${mentionsAMinute} in the worst minute (aim: ${budgetAMinute}: ${met(mentionsAMinute <= budgetAMinute)})`,
    `  drained ${rounded(figures.drainedMs / 1000)} s after the last alert; peak memory ${rounded(figures.peakMb)} MB; ${figures.tooMany} calls answered 429`,
  ];
}
