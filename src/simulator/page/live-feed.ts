/** Tells every open page what changed in the worlds: changes of one turn go out together, each thing once and as it then is. */

import type { WorldEvent as SlackEvent } from '../slack/feed.ts';
import {
  canvasesState,
  channelState,
  groupsState,
  messageState,
  pagerState,
  stageState,
  userState,
} from './page-state.ts';
import type { Stage } from './stage.ts';
import { pagerLine, slackLine } from './wire-lines.ts';

/** `[what, ...values]`, as browser/store.js takes it. */
export type Change = readonly [what: string, ...values: unknown[]];
type Tell = (changes: readonly Change[]) => void;

const TICK_MS = 1000;
/** While the clock is moved by hours, its hands need not be seen at every second. */
const MOVING_TICK_MS = 60_000;

export class LiveFeed {
  readonly #stage: Stage;
  readonly #tell: Tell;
  readonly #stops: (() => void)[];
  /** By what makes two changes one. */
  readonly #waiting = new Map<string, () => Change>();
  #lines = 0;
  #scheduled = false;
  #stopped = false;
  #cancelTick: () => void = () => {};

  constructor(stage: Stage, tell: Tell) {
    this.#stage = stage;
    this.#tell = tell;
    const { slack, pagerduty, clock } = stage.worlds;
    this.#stops = [
      slack.on((event) => {
        this.#slack(event);
        const line = slackLine(event, clock.now());
        if (line) this.#later(`line ${this.#lines++}`, () => ['wire', line]);
      }),
      pagerduty.on((event) => {
        if (event.kind === 'incident' || event.kind === 'log') this.#later('pager', () => ['pager', pagerState(stage)]);
        const line = pagerLine(event, clock.now());
        if (line) this.#later(`line ${this.#lines++}`, () => ['wire', line]);
      }),
      stage.onChange(() => this.#later('stage', () => ['stage', stageState(stage)])),
    ];
    this.#tick();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTick();
    for (const stop of this.#stops) stop();
  }

  #slack(event: SlackEvent): void {
    const { slack } = this.#stage.worlds;
    switch (event.kind) {
      case 'message':
      case 'changed':
      case 'reaction':
        return this.#later(`message ${event.channel} ${event.ts}`, () => {
          const message = slack.message(event.channel, event.ts);
          return message ? ['message', messageState(message)] : ['gone', event.channel, event.ts];
        });
      case 'deleted':
        return this.#later(`message ${event.channel} ${event.ts}`, () => {
          const message = slack.message(event.channel, event.ts);
          return message ? ['message', messageState(message)] : ['gone', event.channel, event.ts];
        });
      case 'ephemeral':
        return this.#later(`ephemeral ${this.#lines++}`, () => ['ephemeral', event.message]);
      case 'view':
        return this.#later(`views ${event.user}`, () => [
          'views',
          event.user,
          slack.views(event.user),
          slack.home(event.user) ?? null,
        ]);
      case 'channel':
        this.#later('canvases', () => ['canvases', canvasesState(slack)]);
        return this.#later(`channel ${event.channel}`, () => ['channel', channelState(slack, event.channel)]);
      case 'user':
        return this.#later(`user ${event.id}`, () => ['user', userState(slack, event.id)]);
      case 'group':
        return this.#later('groups', () => ['groups', groupsState(slack)]);
      case 'canvas':
        return this.#later('canvases', () => ['canvases', canvasesState(slack)]);
      default:
        return undefined;
    }
  }

  #tick(): void {
    const { clock } = this.#stage.worlds;
    const tick = this.#stage.condition.moving ? MOVING_TICK_MS : TICK_MS;
    this.#cancelTick = clock.setTimer(tick, () => {
      if (this.#stopped) return;
      this.#later('now', () => ['now', clock.now()]);
      // Shifts change by the clock alone.
      if (Math.floor(clock.now() / 60_000) !== Math.floor((clock.now() - tick) / 60_000))
        this.#later('pager', () => ['pager', pagerState(this.#stage)]);
      this.#tick();
    });
  }

  #later(key: string, change: () => Change): void {
    this.#waiting.set(key, change);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#stopped) return;
      const changes = [...this.#waiting.values()].map((make) => make());
      this.#waiting.clear();
      this.#tell(changes);
    });
  }
}
