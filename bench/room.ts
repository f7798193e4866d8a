/** Measures how long after the click a war room can be used, beside a bare script that makes the same calls one after another. */

import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { CAST } from '../src/simulator/cast.ts';
import type { SlackWorld } from '../src/simulator/slack/slack-world.ts';
import { summarise } from './statistics.ts';
import type { Summary } from './statistics.ts';
import { CHANNELS } from './worlds.ts';
import type { Worlds } from './worlds.ts';

/** Toban has asked PagerDuty about the alert by then and is at rest. */
const QUIET_MS = 4_000;
/** What a call to Slack takes over the internet, about; the local one answers at once. */
const ON_THE_WAY_MS = 120;
const ROOM_WITHIN_MS = 30_000;
const { sato, tanaka, suzuki } = CAST;
const PEOPLE = [sato, tanaka, suzuki].map(({ slackId }) => slackId);

export interface RoomOptions {
  readonly rooms: number;
}

interface Took {
  /** From the click until people are in and the status stands, ms. */
  readonly usable: Summary;
  /** Until topic, pin, bookmark and the link in the alert's thread stand as well, ms. */
  readonly complete: Summary;
}

export interface RoomFigures {
  readonly toban: Took;
  readonly bare: Took;
  readonly onTheWayMs: number;
  /** Calls to Slack of one room, by method. */
  readonly calls: Readonly<Record<string, number>>;
  readonly scriptCalls: number;
}

interface Sample {
  readonly usable: number;
  readonly complete: number;
}

/** Toban is running in `worlds`; the script runs here, against the Slack of the bare bot. */
export async function measureRoom(worlds: Worlds, { rooms }: RoomOptions): Promise<RoomFigures> {
  const { toban, bare } = worlds.slacks;
  const samples: { toban: Sample[]; bare: Sample[] } = { toban: [], bare: [] };
  const calls: Record<string, number> = {};
  let scriptCalls = 0;
  for (let index = 0; index < rooms; index++) {
    const { id: channel } = CHANNELS[index % CHANNELS.length] ?? { id: '' };
    const alert = toban.postAsApp(channel, alarm(index));
    const mention = await toban.until(() => toban.thread(channel, alert)[0], 'the mention', {
      timeoutMs: ROOM_WITHIN_MS,
    });
    const bareAlert = bare.postAsApp(channel, alarm(index));
    await sleep(QUIET_MS);
    const slow = [toban, bare].map((slack) =>
      slack.faults.add({ method: '*', kind: 'slow', delayMs: ON_THE_WAY_MS, times: Infinity }),
    );
    const before = toban.calls.length;
    samples.toban.push(
      await watched(toban, channel, alert, () =>
        toban.press(sato.slackId, channel, mention.ts, 'incident.open_war_room'),
      ),
    );
    if (index === rooms - 1) {
      for (const { method } of toban.calls.slice(before)) calls[method] = (calls[method] ?? 0) + 1;
    }
    const bareBefore = bare.calls.length;
    samples.bare.push(await watched(bare, channel, bareAlert, () => oneAfterAnother(bare, channel, bareAlert, index)));
    scriptCalls = bare.calls.length - bareBefore;
    for (const stop of slow) stop();
  }
  return { toban: tookOf(samples.toban), bare: tookOf(samples.bare), onTheWayMs: ON_THE_WAY_MS, calls, scriptCalls };
}

function tookOf(samples: readonly Sample[]): Took {
  return {
    usable: summarise(samples.map(({ usable }) => usable)),
    complete: summarise(samples.map(({ complete }) => complete)),
  };
}

/** The same room by hand: each call waits for the one before. */
async function oneAfterAnother(slack: SlackWorld, alertChannel: string, alert: string, index: number): Promise<void> {
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
  const name = `inc-20261124-${String(index + 1).padStart(4, '0')}`;
  const { channel } = await client.conversations.create({ name });
  const room = channel?.id ?? '';
  await client.conversations.invite({ channel: room, users: PEOPLE.join(',') });
  await client.conversations.setTopic({ channel: room, topic: 'SEV2 ・ IC: 未定 ・ 状態: 検知' });
  const { ts } = await client.chat.postMessage({ channel: room, text: '🚨 SEV2' });
  await client.pins.add({ channel: room, timestamp: ts ?? '' });
  const { permalink } = await client.chat.getPermalink({ channel: alertChannel, message_ts: alert });
  await client.bookmarks.add({ channel_id: room, type: 'link', title: 'アラート', link: permalink ?? '' });
  await client.chat.postMessage({ channel: alertChannel, thread_ts: alert, text: `🛟 対応は <#${room}> へ` });
}

/** When the newest room of that Slack could be used, and when nothing was missing. */
async function watched(
  slack: SlackWorld,
  alertChannel: string,
  alert: string,
  act: () => Promise<unknown>,
): Promise<Sample> {
  const known = new Set(slack.channels.map(({ id }) => id));
  const began = performance.now();
  const acting = act();
  const room = () => slack.channels.find(({ id, name }) => !known.has(id) && name?.startsWith('inc-'));
  const isUsable = () => {
    const made = room();
    return made && PEOPLE.every((id) => made.members.has(id)) && slack.messages(made.id).length > 0;
  };
  const isComplete = () => {
    const made = room();
    const isLinked = slack.thread(alertChannel, alert).some(({ text }) => text.startsWith('🛟'));
    return made && isLinked && made.topic !== '' && made.pins.length > 0 && made.bookmarks.length > 0;
  };
  const within = { timeoutMs: ROOM_WITHIN_MS };
  await slack.until(isUsable, 'a room with people', within);
  const usable = performance.now() - began;
  await slack.until(isComplete, 'the whole room', within);
  const complete = performance.now() - began;
  await acting;
  return { usable, complete };
}

function alarm(index: number) {
  const name = `prod-room-${index}`;
  return {
    appId: 'AAWS',
    botId: 'BAWS',
    username: 'AWS Alarm notification',
    text: `The alarm ${name} changed state to ALARM: Threshold Crossed: 1 datapoint [97.1] was greater than the threshold (90.0).`,
  };
}
