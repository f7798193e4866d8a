/** Two local Slacks alike, one for each bot, and one PagerDuty, in real time; and how to start each bot in its own. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { furnish, PAGER } from '../src/simulator/cast.ts';
import { SimulatedClock } from '../src/simulator/clock.ts';
import { startPagerDuty } from '../src/simulator/pagerduty/pagerduty-world.ts';
import type { PagerDutyWorld } from '../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../src/simulator/slack/slack-world.ts';
import { startChild } from './child.ts';
import type { Child } from './child.ts';

export const ROOT = join(import.meta.dirname, '..');
const START_WITHIN_MS = 30_000;
/** How often a bot that starts is asked whether it is ready: the grain of the time to ready. */
const ASK_EVERY_MS = 5;

export type BotName = 'toban' | 'bare';
export const BOTS: readonly BotName[] = ['toban', 'bare'];

/** So many that the two messages of an alert never wait for Slack's one a second in a channel. */
export const CHANNELS: readonly { readonly id: string; readonly name: string }[] = Array.from(
  { length: 12 },
  (_, index) => ({ id: `C0BENCH${String(index).padStart(2, '0')}`, name: `alerts-${index}` }),
);

export interface StartedBot {
  readonly child: Child;
  /** From the spawn to the first answer 200 of /healthz, or to the hello on the socket of the bare bot. */
  readonly readyMs: number;
}

export class Worlds {
  readonly clock = new SimulatedClock(Date.now());
  readonly dir = mkdtempSync(join(tmpdir(), 'toban-bench-'));
  slacks!: Readonly<Record<BotName, SlackWorld>>;
  pagerduty!: PagerDutyWorld;
  #stopFlow: () => void = () => {};

  static async begin(): Promise<Worlds> {
    const worlds = new Worlds();
    const { clock } = worlds;
    const manifest = readFileSync(join(ROOT, 'manifest.yml'), 'utf8');
    // Without the limits per minute: several starts of one bot within a minute would use them up, as no real bot does.
    const options = { clock, manifest, tiers: false };
    worlds.slacks = { toban: await startSlack(options), bare: await startSlack(options) };
    worlds.pagerduty = await startPagerDuty({ clock });
    // The second Slack has the same people; the PagerDuty furnished along with it is nobody's.
    const nobodys = await startPagerDuty({ clock });
    furnish({ clock, slack: worlds.slacks.toban, pagerduty: worlds.pagerduty });
    furnish({ clock, slack: worlds.slacks.bare, pagerduty: nobodys });
    await nobodys.close();
    for (const bot of BOTS) {
      for (const { id, name } of CHANNELS) worlds.slacks[bot].addChannel({ id, name, botIsMember: true });
    }
    worlds.#stopFlow = clock.flow(1);
    return worlds;
  }

  /** Starts the bot as `npm start` does and waits until it is ready; Toban keeps its data in the file `database`. */
  async start(bot: BotName, database = join(this.dir, 'toban.db')): Promise<StartedBot> {
    return bot === 'toban' ? this.#startToban(database) : this.#startBare();
  }

  /** Stops it and waits until Slack has seen its socket close. */
  async stop(bot: BotName, { child }: StartedBot): Promise<void> {
    await child.stop();
    await this.slacks[bot].until(() => this.slacks[bot].sockets === 0, `${bot} has left`);
  }

  async end(): Promise<void> {
    this.#stopFlow();
    for (const bot of BOTS) await this.slacks[bot].close();
    await this.pagerduty.close();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #startToban(database: string): Promise<StartedBot> {
    const slack = this.slacks.toban;
    const port = await freePort();
    const config = join(this.dir, 'toban.yml');
    writeFileSync(config, tobanFile());
    const child = startChild(join(ROOT, 'bin/toban.mjs'), [], {
      nodeOptions: START_OPTIONS,
      cwd: this.dir,
      env: {
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        PAGERDUTY_TOKEN: this.pagerduty.token,
        PAGERDUTY_API_URL: this.pagerduty.apiUrl,
        DATABASE_URL: `file:${database}`,
        PORT: String(port),
        TOBAN_CONFIG: config,
      },
    });
    const readyMs = await untilReady(child, () => healthy(port));
    return { child, readyMs };
  }

  async #startBare(): Promise<StartedBot> {
    const slack = this.slacks.bare;
    const args = [slack.apiUrl, slack.botToken, slack.appToken];
    const child = startChild(join(ROOT, 'bench/bare-bot.ts'), args, { cwd: this.dir, env: {} });
    let helloAt: number | undefined;
    const off = slack.on((event) => {
      if (event.kind === 'socket' && event.open) helloAt ??= performance.now();
    });
    await untilReady(child, async () => helloAt !== undefined);
    off();
    return { child, readyMs: (helloAt ?? 0) - child.spawnedAt };
  }
}

/** What `npm start` gives to Node. */
export const START_OPTIONS = ((): readonly string[] => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
})();

function tobanFile(): string {
  const channels = CHANNELS.map(({ name }) => `{ channel: ${name} }`).join(', ');
  return `runbooks: { dir: ${JSON.stringify(join(ROOT, 'runbooks'))} }
# Every alert its own mention: that is what is measured.
alerts: { mention_budget: { channel: 100000, person: 100000 } }
teams:
  sre:
    name: SRE
    schedule: ${PAGER.schedule}
    escalation_policy: ${PAGER.policy}
    service: ${PAGER.service}
    alert_channels: [${channels}]
`;
}

/** Milliseconds from the spawn. */
export async function untilReady(child: Child, ready: () => Promise<boolean>): Promise<number> {
  for (;;) {
    if (await ready()) return performance.now() - child.spawnedAt;
    child.assertAlive();
    if (performance.now() - child.spawnedAt > START_WITHIN_MS) {
      throw new Error(`A bot was not ready within ${START_WITHIN_MS / 1000} s`);
    }
    await sleep(ASK_EVERY_MS);
  }
}

export async function healthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    await answer.arrayBuffer();
    return answer.status === 200;
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
