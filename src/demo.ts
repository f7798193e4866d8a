/** The demo: a local Slack, a local PagerDuty and the bot between them, shown live in the terminal. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emitKeypressEvents } from 'node:readline';
import { parseArgs } from 'node:util';
import { startApp } from './app.ts';
import { loadConfig } from './config/config.ts';
import { words } from './demo-words.ts';
import { createLog } from './logging/pino-log.ts';
import { systemClock } from './ports/clock.ts';
import { CAST, castTeams, CHANNELS, furnish } from './simulator/cast.ts';
import { SimulatedClock } from './simulator/clock.ts';
import { startPagerDuty } from './simulator/pagerduty/pagerduty-world.ts';
import { fire, recover, SCENES } from './simulator/scenes.ts';
import type { FiredScene } from './simulator/scenes.ts';
import { startSlack } from './simulator/slack/slack-world.ts';
import { showWorlds } from './simulator/terminal/terminal.ts';

const { values: options } = parseArgs({
  options: { lang: { type: 'string', default: 'ja' }, once: { type: 'boolean', default: false } },
});
const locale = options.lang === 'en' ? 'en' : 'ja';
const said = words[locale];
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'toban-demo-'));
const WEBHOOK_SECRET = 'demo-webhook-secret';

// The story is told at 02:10 at night in Tokyo, whatever the time is here.
const DAY = 24 * 3_600_000;
const clock = new SimulatedClock(Math.floor(systemClock.now() / DAY) * DAY + 17 * 3_600_000 + 10 * 60_000);
const slack = await startSlack({ clock, manifest: readFileSync(join(root, 'manifest.yml'), 'utf8') });
const pagerduty = await startPagerDuty({ clock });
furnish({ clock, slack, pagerduty }, locale);
const scenes = SCENES[locale];
const stopTime = clock.flow(1);
const terminal = showWorlds({ clock, slack, pagerduty, out: process.stdout, words: said.terminal });

const loading = loadConfig(
  {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_TOKEN: pagerduty.token,
    PAGERDUTY_API_URL: pagerduty.apiUrl,
    PAGERDUTY_WEBHOOK_SECRET: WEBHOOK_SECRET,
    DATABASE_URL: `file:${join(folder, 'toban.db')}`,
    PORT: '0',
  },
  () => `
locale: ${locale}
runbooks: { dir: ${JSON.stringify(join(root, 'runbooks'))} }
${castTeams(said.payTeam)}`,
);
if (loading.kind === 'refused') throw new Error(JSON.stringify(loading.faults));

const app = await startApp({
  config: loading.config,
  clock,
  // The conversation is the demo; the log would stand in its way, but a fault must be seen.
  log: createLog({ level: 'error', secrets: [], destination: process.stderr }),
  everyMinute: (run) => {
    let cancel = () => {};
    const again = () => {
      cancel = clock.setTimer(60_000, () => void run().finally(again));
    };
    again();
    return async () => cancel();
  },
});
pagerduty.deliverTo(`http://127.0.0.1:${app.port}/pagerduty/webhook`, WEBHOOK_SECRET);

const end = async (): Promise<void> => {
  terminal.stop();
  await app.stop();
  stopTime();
  await slack.close();
  await pagerduty.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());

const pause = (seconds: number) => new Promise<void>((resolve) => void clock.setTimer(seconds * 1000, resolve));
const { tanaka, guest } = CAST;
let last: FiredScene | undefined;

/** The bot's message that calls somebody in the last alert's thread. */
const mention = () =>
  last && slack.thread(last.scene.channel, last.ts).find((message) => message.firstMentions.length > 0);

const acknowledge = async (): Promise<void> => {
  const message = mention();
  const offered = JSON.stringify(message?.blocks ?? []).includes('alert.acknowledge');
  if (!last || !message || !offered) return terminal.say(said.nothingToDo);
  const who = last.scene.channel === CHANNELS.alertsPay ? CAST.ito : tanaka;
  terminal.say(said.presses(locale === 'ja' ? who.name : who.nameEn));
  await slack.press(who.slackId, last.scene.channel, message.ts, 'alert.acknowledge');
};

terminal.say(said.welcome);
await slack.command(guest.slackId, CHANNELS.random, '/oncall', '');
await pause(2);
terminal.say(said.fires);
last = fire(scenes[0], slack, pagerduty);
await slack.until(() => mention(), 'the mention', { timeoutMs: 10_000 });
await pause(6);
await acknowledge();
await pause(4);
terminal.say(said.recovers);
recover(last, slack, pagerduty);
await pause(4);

if (options.once || !process.stdin.isTTY) {
  terminal.say(said.over);
  await end();
}

terminal.say(said.keys);
let scene = 1;
emitKeypressEvents(process.stdin);
process.stdin.setRawMode(true);
process.stdin.on('keypress', (_, key: { name?: string; ctrl?: boolean } | undefined) => {
  const act = async (): Promise<void> => {
    if (key?.name === 'q' || (key?.ctrl && key.name === 'c')) return end();
    if (key?.name === 'a') last = fire(scenes[scene++ % scenes.length] ?? scenes[0], slack, pagerduty);
    if (key?.name === 'k') await acknowledge();
    if (key?.name === 'p' && last) pagerduty.acknowledge(last.incident, tanaka.pagerId);
    if (key?.name === 'r' && last) recover(last, slack, pagerduty);
    if (key?.name === 'o') await slack.command(guest.slackId, CHANNELS.random, '/oncall', '');
    if (key?.name === 'h') await slack.command(guest.slackId, CHANNELS.random, '/oncall', 'help');
    if (key?.name === 'm') clock.advance(5 * 60_000);
    if (key?.name === 'd') terminal.say(said.down(toggleDown()));
  };
  act().catch((error: unknown) => terminal.say(error instanceof Error ? error.message : String(error)));
});

let down = false;
function toggleDown(): boolean {
  down = !down;
  pagerduty.down(down);
  return down;
}
