/** Shows both worlds live in a terminal: every message, edit and private answer of Slack, every step of PagerDuty. */

import { styleText } from 'node:util';
import type { SimulatedClock } from '../clock.ts';
import type { PagerDutyWorld } from '../pagerduty/pagerduty-world.ts';
import type { SlackWorld } from '../slack/slack-world.ts';
import { messageLines } from './show-message.ts';
import type { Names, Paint } from './show-message.ts';

type Style = Parameters<typeof styleText>[0];

export interface TerminalWords {
  readonly edited: string;
  readonly onlyFor: (name: string) => string;
  readonly pagerduty: string;
}

export interface Terminal {
  /** A line of the storyteller. */
  say(text: string): void;
  stop(): void;
}

export function showWorlds(options: {
  clock: SimulatedClock;
  slack: SlackWorld;
  pagerduty: PagerDutyWorld;
  out: NodeJS.WriteStream;
  words: TerminalWords;
}): Terminal {
  const { clock, slack, pagerduty, out, words } = options;
  // Colours where the stream has them; NO_COLOR and FORCE_COLOR are Node's to obey.
  const style = (how: Style, text: string) => styleText(how, text, { stream: out, validateStream: true });
  const paint: Paint = {
    mention: (text) => style(['bold', 'yellow'], text),
    link: (text) => style('underline', text),
    button: (text) => style(['cyan', 'inverse'], text),
    faint: (text) => style('gray', text),
  };
  const names: Names = {
    user: (id) => slack.user(id)?.realName ?? slack.user(id)?.name ?? id,
    group: (id) => slack.userGroup(id)?.handle ?? id,
    channel: (id) => slack.channel(id)?.name ?? id,
  };
  const time = () => style('gray', clockTime(clock.now()));
  const print = (lines: readonly string[]) => out.write(`${lines.join('\n')}\n\n`);

  const showMessage = (message: Record<string, unknown>, edited: boolean): void => {
    const text = messageLines(message, names, paint);
    const inThread = typeof message['thread_ts'] === 'string' && message['thread_ts'] !== message['ts'];
    const indent = inThread ? '    ' : '';
    const author = authorOf(message, names);
    const where = style('magenta', `#${names.channel(String(message['channel']))}`);
    const note = edited ? style('gray', ` ${words.edited}`) : '';
    const head = `${indent}${time()} ${where} ${inThread ? '↳ ' : ''}${style('bold', author)}${note}`;
    print([head, ...text.map((line) => `${indent}  ${line}`)]);
  };

  const stops = [
    slack.on((event) => {
      if (event.kind === 'message' || event.kind === 'changed') {
        showMessage({ channel: event.channel, ...event.message }, event.kind === 'changed');
      } else if (event.kind === 'ephemeral') {
        const head = `${time()} ${style('blue', words.onlyFor(names.user(event.user)))}`;
        const lines = messageLines(event.message as Record<string, unknown>, names, paint);
        print([head, ...lines.map((line) => `  ${line}`)]);
      } else if (event.kind === 'view' && event.change !== 'closed') {
        const view = event.view as Record<string, unknown>;
        const lines = messageLines({ blocks: view['blocks'] }, names, paint);
        print([`${time()} ${style('blue', `▣ ${names.user(event.user)}`)}`, ...lines.map((line) => `  ${line}`)]);
      }
    }),
    pagerduty.on((event) => {
      if (event.kind !== 'log' || event.entry.type === 'notify') return;
      const { incident, summary } = event.entry;
      const { number, status, title } = pagerduty.incident(incident);
      const color = status === 'resolved' ? 'green' : status === 'acknowledged' ? 'yellow' : 'red';
      const line = `${time()} ${style(['bold', color], words.pagerduty)} #${number} ${title}: ${summary}`;
      print([line]);
    }),
  ];
  return {
    say: (text) => print([style(['bold', 'green'], `▶ ${text}`)]),
    stop: () => stops.forEach((stop) => stop()),
  };
}

function authorOf(message: Record<string, unknown>, names: Names): string {
  const { username, user, bot_profile: profile } = message;
  if (typeof username === 'string') return username;
  const { name } = (profile ?? {}) as { name?: unknown };
  if (typeof name === 'string') return name;
  return typeof user === 'string' ? names.user(user) : '';
}

function clockTime(instant: number): string {
  return new Intl.DateTimeFormat('ja-JP', {
    timeZone: 'Asia/Tokyo',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}
