/** What a visitor of the page does, as one person of the cast or as the stage hand. */

import type { Entry } from '../slack/element-values.ts';
import type { Press } from '../slack/interaction-payloads.ts';
import { fieldsOf, flagOf, itemsOf, optionalText, textOf } from '../slack/wire-values.ts';
import type { Fields } from '../slack/wire-values.ts';
import type { Stage } from './stage.ts';

type Act = (given: Fields, stage: Stage) => unknown;

/** Each act by the name in `do`; what it returns goes back to the page. */
export const ACTS: Readonly<Record<string, Act>> = {
  say: (given, { worlds: { slack } }) => {
    const text = textOf(given['text']);
    const [user, channel] = [textOf(given['user']), textOf(given['channel'])];
    const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
    if (command) return slack.command(user, channel, command[1] ?? '', command[2] ?? '');
    const threadTs = optionalText(given['threadTs']);
    return { ts: slack.postAsUser(channel, user, text, threadTs ? { threadTs } : {}) };
  },
  press: (given, { worlds: { slack } }) => slack.press(...place(given), textOf(given['actionId']), pressOf(given)),
  pressInView: (given, { worlds: { slack } }) =>
    slack.pressInView(textOf(given['user']), textOf(given['view']), textOf(given['actionId']), pressOf(given)),
  submit: (given, { worlds: { slack } }) =>
    slack.submitView(textOf(given['user']), textOf(given['view']), entriesOf(given['values'])),
  close: (given, { worlds: { slack } }) => slack.closeView(textOf(given['user']), textOf(given['view'])),
  shortcut: (given, { worlds: { slack } }) => slack.shortcut(...place(given), textOf(given['callbackId'])),
  globalShortcut: (given, { worlds: { slack } }) =>
    slack.globalShortcut(textOf(given['user']), textOf(given['callbackId'])),
  react: (given, { worlds: { slack } }) => {
    const [user, channel, ts] = place(given);
    const name = textOf(given['name']);
    const mine = slack
      .message(channel, ts)
      ?.reactions?.some((reaction) => reaction.name === name && reaction.users.includes(user));
    if (mine) slack.unreact(user, channel, ts, name);
    else slack.react(user, channel, ts, name);
  },
  pin: (given, { worlds: { slack } }) => {
    const [user, channel, ts] = place(given);
    if (slack.channel(channel)?.pins.includes(ts)) slack.unpin(user, channel, ts);
    else slack.pin(user, channel, ts);
  },
  join: (given, { worlds: { slack } }) => slack.joinChannel(textOf(given['channel']), textOf(given['user'])),
  leave: (given, { worlds: { slack } }) => slack.leaveChannel(textOf(given['channel']), textOf(given['user'])),
  openDirect: (given, { worlds: { slack } }) => ({ channel: slack.openDirect(textOf(given['user'])) }),
  openHome: (given, { worlds: { slack } }) => {
    const user = textOf(given['user']);
    slack.openHome(user, slack.openDirect(user));
  },
  fire: (given, stage) => {
    const { id, fired } = stage.fire(Number(given['scene']));
    return { id, channel: fired.scene.channel, ts: fired.ts };
  },
  storm: (_given, stage) => stage.storm(),
  recover: (given, stage) => stage.recover(textOf(given['id'])),
  pageOnly: (given, stage) => ({ incident: stage.pageOnly(textOf(given['title'])) }),
  pagerAcknowledge: (given, { worlds: { pagerduty } }) =>
    pagerduty.acknowledge(textOf(given['incident']), textOf(given['pagerId'])),
  pagerResolve: (given, { worlds: { pagerduty } }) =>
    pagerduty.resolve(textOf(given['incident']), optionalText(given['pagerId'])),
  pagerEscalate: (given, { worlds: { pagerduty } }) =>
    pagerduty.escalate(textOf(given['incident']), Number(given['level']), optionalText(given['pagerId'])),
  down: (given, stage) =>
    given['what'] === 'slack' ? stage.slackDown(flagOf(given['on'])) : stage.pagerdutyDown(flagOf(given['on'])),
  moveClock: (given, stage) => stage.moveClock(Number(given['milliseconds'])),
};

function place(given: Fields): [user: string, channel: string, ts: string] {
  return [textOf(given['user']), textOf(given['channel']), textOf(given['ts'])];
}

function pressOf(given: Fields): Press {
  const value = optionalText(given['value']);
  const block = optionalText(given['blockId']);
  return {
    ...(value === undefined ? {} : { value }),
    ...(block === undefined ? {} : { block }),
    ...(given['selected'] === undefined ? {} : { selected: entryOf(given['selected']) }),
  };
}

function entriesOf(given: unknown): Record<string, Entry> {
  return Object.fromEntries(Object.entries(fieldsOf(given)).map(([name, value]) => [name, entryOf(value)]));
}

function entryOf(value: unknown): Entry {
  if (Array.isArray(value)) return itemsOf(value).map(textOf);
  if (typeof value === 'object' && value !== null) return fieldsOf(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : (optionalText(value) ?? null);
}
