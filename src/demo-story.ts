/** Tells the demo in the terminal: what happens in both worlds, the scripted scene, and the keys that make things happen. */

import { words } from './demo-words.ts';
import { CAST, CHANNELS } from './simulator/cast.ts';
import type { Fired, Stage } from './simulator/page/stage.ts';
import type { SlackMessage } from './simulator/slack/message-log.ts';
import { showWorlds } from './simulator/terminal/terminal.ts';
import type { Terminal } from './simulator/terminal/terminal.ts';

const { tanaka, guest } = CAST;
const FIVE_MINUTES = 5 * 60_000;

export class DemoStory {
  readonly #stage: Stage;
  readonly #terminal: Terminal;
  #next = 0;

  constructor(stage: Stage, out: NodeJS.WriteStream) {
    this.#stage = stage;
    this.#terminal = showWorlds({ ...stage.worlds, out, words: words[stage.worlds.locale].terminal });
  }

  stop(): void {
    this.#terminal.stop();
  }

  /** An alert from its firing to its recovery. */
  async scriptedScene(): Promise<void> {
    const { slack } = this.#stage.worlds;
    const said = this.#said;
    this.#terminal.say(said.welcome);
    await slack.command(guest.slackId, CHANNELS.random, '/oncall', '');
    await this.#pause(2);
    this.#terminal.say(said.fires);
    const fired = this.#stage.fire(0);
    await slack.until(() => this.#mention(), 'the mention', { timeoutMs: 10_000 });
    await this.#pause(6);
    await this.#acknowledge();
    await this.#pause(4);
    this.#terminal.say(said.recovers);
    this.#stage.recover(fired.id);
    await this.#pause(4);
    this.#terminal.say(said.over);
  }

  async press(key: string): Promise<void> {
    const { slack, pagerduty } = this.#stage.worlds;
    const last = this.#last;
    const oncall = (text: string) => slack.command(guest.slackId, CHANNELS.random, '/oncall', text);
    const acts: Readonly<Record<string, () => unknown>> = {
      s: () => this.scriptedScene(),
      a: () => this.#stage.fire(this.#next++ % this.#stage.scenes.length),
      k: () => this.#acknowledge(),
      p: () => last && pagerduty.acknowledge(last.fired.incident, tanaka.pagerId),
      r: () => last && this.#stage.recover(last.id),
      o: () => oncall(''),
      h: () => oncall('help'),
      m: () => this.#stage.moveClock(FIVE_MINUTES),
      d: () => {
        this.#stage.pagerdutyDown(!this.#stage.condition.pagerdutyDown);
        this.#terminal.say(this.#said.down(this.#stage.condition.pagerdutyDown));
      },
    };
    try {
      await acts[key]?.();
    } catch (error) {
      this.#terminal.say(error instanceof Error ? error.message : String(error));
    }
  }

  get #said(): (typeof words)['ja'] {
    return words[this.#stage.worlds.locale];
  }

  get #last(): Fired | undefined {
    return this.#stage.fired.at(-1);
  }

  /** The bot's message that calls somebody in the last alert's thread. */
  #mention(): SlackMessage | undefined {
    const last = this.#last?.fired;
    if (!last) return undefined;
    const thread = this.#stage.worlds.slack.thread(last.scene.channel, last.ts);
    return thread.find((message) => message.firstMentions.length > 0);
  }

  async #acknowledge(): Promise<void> {
    const { slack, locale } = this.#stage.worlds;
    const message = this.#mention();
    const channel = this.#last?.fired.scene.channel;
    const offered = JSON.stringify(message?.blocks ?? []).includes('alert.acknowledge');
    if (!channel || !message || !offered) return this.#terminal.say(this.#said.nothingToDo);
    const who = channel === CHANNELS.alertsPay ? CAST.ito : tanaka;
    this.#terminal.say(this.#said.presses(locale === 'ja' ? who.name : who.nameEn));
    await slack.press(who.slackId, channel, message.ts, 'alert.acknowledge');
  }

  #pause(seconds: number): Promise<void> {
    return new Promise((resolve) => void this.#stage.worlds.clock.setTimer(seconds * 1000, resolve));
  }
}
