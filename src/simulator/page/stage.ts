/** The stage that the page shows: both worlds and their clock, and what a visitor may do to them from outside. */

import { CAST } from '../cast.ts';
import type { SimulatedClock } from '../clock.ts';
import type { PagerDutyWorld } from '../pagerduty/pagerduty-world.ts';
import { fire, recover, SCENES, storm } from '../scenes.ts';
import type { FiredScene } from '../scenes.ts';
import type { SlackWorld } from '../slack/slack-world.ts';
import type { Scene } from '../tool-posts.ts';

export type Locale = 'ja' | 'en';

export interface Worlds {
  readonly locale: Locale;
  readonly clock: SimulatedClock;
  readonly slack: SlackWorld;
  readonly pagerduty: PagerDutyWorld;
}

export interface Fired {
  readonly id: string;
  readonly scene: number;
  readonly fired: FiredScene;
  over: boolean;
}

/** How far the clock goes at once: less than any wait for an answer, or the bot would see time-outs that are none. */
const STEP_MS = 2000;
/** The bot has answered when nothing was under way for so many turns of the event loop. */
const QUIET_TURNS = 5;
const MOST_WAITS = 500;
const STORM = 20;
const LONGEST_MOVE_MS = 48 * 3_600_000;

export class Stage {
  readonly worlds: Worlds;
  readonly fired: Fired[] = [];
  readonly #onChange = new Set<() => void>();
  #slackIsDown = false;
  #pagerdutyIsDown = false;
  #moving = false;
  #stopSlackFault = (): void => {};

  constructor(worlds: Worlds) {
    this.worlds = worlds;
  }

  get scenes(): readonly Scene[] {
    return SCENES[this.worlds.locale];
  }

  get condition(): { readonly slackDown: boolean; readonly pagerdutyDown: boolean; readonly moving: boolean } {
    return { slackDown: this.#slackIsDown, pagerdutyDown: this.#pagerdutyIsDown, moving: this.#moving };
  }

  fire(index: number): Fired {
    const scene = this.scenes[index];
    if (!scene) throw new Error(`There is no scene ${index}`);
    const { slack, pagerduty } = this.worlds;
    const one: Fired = {
      id: `fired-${this.fired.length}`,
      scene: index,
      fired: fire(scene, slack, pagerduty),
      over: false,
    };
    this.fired.push(one);
    this.#changed();
    return one;
  }

  recover(id: string): void {
    const one = this.fired.find((fired) => fired.id === id);
    if (!one || one.over) return;
    one.over = true;
    recover(one.fired, this.worlds.slack, this.worlds.pagerduty);
    this.#changed();
  }

  storm(): void {
    storm(STORM, this.worlds.slack, this.worlds.pagerduty);
  }

  /** As PagerDuty tells of something that posts nothing to Slack. */
  pageOnly(title: string): string {
    const service = this.scenes[0]?.service ?? '';
    return this.worlds.pagerduty.trigger({ service, title });
  }

  pagerdutyDown(on: boolean): void {
    this.#pagerdutyIsDown = on;
    this.worlds.pagerduty.down(on);
    this.#changed();
  }

  /** No socket and no answer; what people and apps write still stands in the history. */
  slackDown(on: boolean): void {
    const { slack } = this.worlds;
    this.#stopSlackFault();
    this.#slackIsDown = on;
    slack.refuseSockets(on);
    if (on) {
      this.#stopSlackFault = slack.faults.add({ method: '*', kind: 'refuse', times: Infinity });
      slack.dropSockets();
    }
    this.#changed();
  }

  /** Moves the clock forward in steps, so that the bot acts on the way as it would have. */
  async moveClock(milliseconds: number): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    this.#changed();
    let left = Math.min(Math.max(0, milliseconds), LONGEST_MOVE_MS);
    while (left > 0) {
      const step = Math.min(left, STEP_MS);
      this.worlds.clock.advance(step);
      left -= step;
      await this.#quiet();
    }
    this.#moving = false;
    this.#changed();
  }

  onChange(listener: () => void): () => void {
    this.#onChange.add(listener);
    return () => this.#onChange.delete(listener);
  }

  /** The Slack person's PagerDuty user. */
  pagerIdOf(slackId: string): string {
    return Object.values(CAST).find((member) => member.slackId === slackId)?.pagerId ?? '';
  }

  /** Resolves when the bot has done what the last step asked of it. */
  async #quiet(): Promise<void> {
    const { slack, pagerduty } = this.worlds;
    for (let turns = 0, waits = 0; turns < QUIET_TURNS && waits < MOST_WAITS;) {
      const busy = slack.busy || pagerduty.busy;
      turns = busy ? 0 : turns + 1;
      waits += busy ? 1 : 0;
      await new Promise<void>((resolve) => void (busy ? setTimeout(resolve, 1) : setImmediate(resolve)));
    }
  }

  #changed(): void {
    for (const listener of this.#onChange) listener();
  }
}
