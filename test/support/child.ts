/** The real bot as a process of its own, against simulators in this one, in real time: what a kill leaves is real. */

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { furnish } from '../../src/simulator/cast.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startPagerDuty } from '../../src/simulator/pagerduty/pagerduty-world.ts';
import type { PagerDutyWorld } from '../../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import { TEAMS } from './story.ts';

const ROOT = join(__dirname, '../..');
/** A start takes about a second by itself; the machine may be busy with others. */
const START_WITHIN_MS = 25_000;

export interface SceneOptions {
  /** Replaces the teams of toban.yml, in YAML. */
  readonly teams?: string;
  /** Slack's limits per method and minute, default true. */
  readonly tiers?: boolean;
}

/** What a run that ended by itself left. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Two worlds in real time, a folder with toban.yml and a database, and the processes that run in it. */
export class Scene {
  readonly clock: SimulatedClock;
  readonly dir = mkdtempSync(join(tmpdir(), 'toban-child-'));
  slack!: SlackWorld;
  pagerduty!: PagerDutyWorld;
  readonly #bots: Bot[] = [];
  readonly #stopFlow: () => void;

  constructor() {
    // The bot's own clock cannot be moved from here, so that of the worlds begins with it.
    this.clock = new SimulatedClock(Date.now());
    this.#stopFlow = this.clock.flow(1);
  }

  async begin({ teams = TEAMS, tiers = true }: SceneOptions = {}): Promise<this> {
    const manifest = readFileSync(join(ROOT, 'manifest.yml'), 'utf8');
    this.slack = await startSlack({ clock: this.clock, manifest, tiers });
    this.pagerduty = await startPagerDuty({ clock: this.clock });
    furnish(this);
    const runbooks = JSON.stringify(join(ROOT, 'runbooks'));
    writeFileSync(join(this.dir, 'toban.yml'), `locale: ja\nrunbooks: { dir: ${runbooks} }\n${teams}\n`);
    return this;
  }

  get environment(): Record<string, string> {
    return {
      SLACK_BOT_TOKEN: this.slack.botToken,
      SLACK_APP_TOKEN: this.slack.appToken,
      SLACK_API_URL: this.slack.apiUrl,
      PAGERDUTY_TOKEN: this.pagerduty.token,
      PAGERDUTY_API_URL: this.pagerduty.apiUrl,
      DATABASE_URL: `file:${join(this.dir, 'toban.db')}`,
      TOBAN_CONFIG: join(this.dir, 'toban.yml'),
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'debug',
    };
  }

  /** Starts the bot; `ready` resolves when it serves. `differently` goes over the scene's own environment. */
  launch(differently: Readonly<Record<string, string>> = {}): Bot {
    const bot = new Bot(spawnBot({ ...this.environment, ...differently }, this.dir));
    this.#bots.push(bot);
    return bot;
  }

  /** Starts the bot and waits until it serves. */
  async start(): Promise<Bot> {
    const bot = this.launch();
    await bot.ready;
    return bot;
  }

  /** Everything that every process of this scene wrote. */
  get output(): string {
    return this.#bots.map(({ output }) => output).join('');
  }

  async end(): Promise<void> {
    for (const bot of this.#bots) await bot.kill9();
    this.#stopFlow();
    await this.slack.close();
    await this.pagerduty.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export class Bot {
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | null>;
  readonly #watching = new Set<() => void>();
  output = '';
  readonly ready: Promise<void>;

  constructor(process: ChildProcess) {
    this.#process = process;
    const take = (chunk: Buffer) => {
      this.output += chunk.toString();
      for (const look of this.#watching) look();
    };
    process.stdout?.on('data', take);
    process.stderr?.on('data', take);
    // 'close' comes after the last byte of its output.
    this.#ended = new Promise((resolve) => {
      process.once('close', (code) => resolve(code));
    });
    this.ready = this.said('Toban is ready', START_WITHIN_MS);
    this.ready.catch(() => {});
  }

  /** Resolves once a log line holds `words`; rejects with the output where the process ends or the time is over. */
  said(words: string, withinMs = 15_000): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (act: () => void) => {
        clearTimeout(deadline);
        this.#watching.delete(look);
        act();
      };
      const look = () => {
        if (this.output.includes(words)) done(resolve);
      };
      const fail = (why: string) => done(() => reject(new Error(`${why} before it said "${words}":\n${this.output}`)));
      const deadline = setTimeout(() => fail(`${withinMs} ms passed`), withinMs);
      this.#watching.add(look);
      void this.#ended.then((code) => {
        look();
        fail(`The bot ended with ${code}`);
      });
      look();
    });
  }

  /** Resolves when nothing waits to go out any more. */
  async settled(): Promise<void> {
    const port = /"port":(\d+),"msg":"HTTP routes opened"/.exec(this.output)?.[1];
    await outboxEmpty(Number(port));
  }

  /** Resolves when the process is gone; the signal itself is sent before this returns. */
  async kill9(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  /** SIGTERM; how it ended and after how long. */
  async terminate(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<{ code: number | null; afterMs: number }> {
    const from = performance.now();
    this.#process.kill(signal);
    const code = await this.#ended;
    return { code, afterMs: performance.now() - from };
  }
}

/** Asks the bot behind `port` until its outbox is empty. */
export async function outboxEmpty(port: number): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    const { outbox_waiting: waiting } = (await answer.json()) as { outbox_waiting?: number };
    if (waiting === 0) return;
  }
}

/** Runs the bot's entry with exactly `environment`, in `cwd`, until it ends by itself. */
export async function runToEnd(
  environment: Record<string, string>,
  cwd: string,
  args: readonly string[] = [],
): Promise<Ended> {
  const child = spawnBot(environment, cwd, args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, stdout, stderr };
}

function spawnBot(environment: Record<string, string>, cwd: string, args: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'bin/toban.mjs'), ...args], {
    cwd,
    env: { ...environment, PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
