/** The demo: a local Slack, a local PagerDuty and the bot between them, in a page of the browser and in the terminal. */

import { emitKeypressEvents } from 'node:readline';
import { parseArgs } from 'node:util';
import { setStage } from './demo-stage.ts';
import { DemoStory } from './demo-story.ts';
import { words } from './demo-words.ts';
import { startPage } from './simulator/page/page-server.ts';
import type { Locale } from './simulator/page/stage.ts';

const { values: options } = parseArgs({
  options: {
    lang: { type: 'string', default: 'ja' },
    /** Tells the scripted scene to its end and exits: what happens without a terminal. */
    once: { type: 'boolean', default: false },
    /** Stays until it is stopped: what happens in a terminal. */
    stay: { type: 'boolean', default: false },
    port: { type: 'string', default: '4710' },
  },
});
const terminal = process.stdin.isTTY;
const once = options.once || !(options.stay || terminal);

let set = await setStage(options.lang === 'en' ? 'en' : 'ja');
let story = new DemoStory(set.stage, process.stdout);

const restart = async (locale: Locale) => {
  story.stop();
  await set.strike();
  set = await setStage(locale);
  story = new DemoStory(set.stage, process.stdout);
  return set.stage;
};
const page = await startPage({ stage: set.stage, port: Number(options.port), restart });

const end = async (): Promise<void> => {
  story.stop();
  await page.close();
  await set.strike();
  process.exit(0);
};
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());

const said = words[set.stage.worlds.locale];
process.stdout.write(`${said.page(page.url)}\n`);

if (once) {
  await story.scriptedScene();
  await end();
}

if (terminal) {
  process.stdout.write(`${said.keys}\n`);
  emitKeypressEvents(process.stdin);
  process.stdin.setRawMode(true);
  process.stdin.on('keypress', (_, key: { name?: string; ctrl?: boolean } | undefined) => {
    if (key?.name === 'q' || (key?.ctrl && key.name === 'c')) void end();
    else void story.press(key?.name ?? '');
  });
}
