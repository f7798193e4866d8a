/** The demo: a local Slack, a local PagerDuty and the bot between them, shown live in the terminal. */

import { emitKeypressEvents } from 'node:readline';
import { parseArgs } from 'node:util';
import { setStage } from './demo-stage.ts';
import { words } from './demo-words.ts';
import { CAST, CHANNELS } from './simulator/cast.ts';
import type { Fired } from './simulator/page/stage.ts';
import { showWorlds } from './simulator/terminal/terminal.ts';

const { values: options } = parseArgs({
  options: { lang: { type: 'string', default: 'ja' }, once: { type: 'boolean', default: false } },
});
const locale = options.lang === 'en' ? 'en' : 'ja';
const said = words[locale];
const { stage, strike } = await setStage(locale);
const { clock, slack, pagerduty } = stage.worlds;
const terminal = showWorlds({ clock, slack, pagerduty, out: process.stdout, words: said.terminal });

const end = async (): Promise<void> => {
  terminal.stop();
  await strike();
  process.exit(0);
};
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());

const pause = (seconds: number) => new Promise<void>((resolve) => void clock.setTimer(seconds * 1000, resolve));
const { tanaka, guest } = CAST;
let last: Fired | undefined;

/** The bot's message that calls somebody in the last alert's thread. */
const mention = () =>
  last && slack.thread(last.fired.scene.channel, last.fired.ts).find((message) => message.firstMentions.length > 0);

const acknowledge = async (): Promise<void> => {
  const message = mention();
  const offered = JSON.stringify(message?.blocks ?? []).includes('alert.acknowledge');
  if (!last || !message || !offered) return terminal.say(said.nothingToDo);
  const who = last.fired.scene.channel === CHANNELS.alertsPay ? CAST.ito : tanaka;
  terminal.say(said.presses(locale === 'ja' ? who.name : who.nameEn));
  await slack.press(who.slackId, last.fired.scene.channel, message.ts, 'alert.acknowledge');
};

terminal.say(said.welcome);
await slack.command(guest.slackId, CHANNELS.random, '/oncall', '');
await pause(2);
terminal.say(said.fires);
last = stage.fire(0);
await slack.until(() => mention(), 'the mention', { timeoutMs: 10_000 });
await pause(6);
await acknowledge();
await pause(4);
terminal.say(said.recovers);
stage.recover(last.id);
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
    if (key?.name === 'a') last = stage.fire(scene++ % stage.scenes.length);
    if (key?.name === 'k') await acknowledge();
    if (key?.name === 'p' && last) pagerduty.acknowledge(last.fired.incident, tanaka.pagerId);
    if (key?.name === 'r' && last) stage.recover(last.id);
    if (key?.name === 'o') await slack.command(guest.slackId, CHANNELS.random, '/oncall', '');
    if (key?.name === 'h') await slack.command(guest.slackId, CHANNELS.random, '/oncall', 'help');
    if (key?.name === 'm') clock.advance(5 * 60_000);
    if (key?.name === 'd') {
      stage.pagerdutyDown(!stage.condition.pagerdutyDown);
      terminal.say(said.down(stage.condition.pagerdutyDown));
    }
  };
  act().catch((error: unknown) => terminal.say(error instanceof Error ? error.message : String(error)));
});
