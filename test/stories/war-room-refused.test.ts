/** What goes wrong on the way to a war room, and what people see then (I-05, I-16, E-06, O-04). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';
import { roomsOf, submitDeclaration, topicOf } from '../support/war-room.ts';

const { tanaka, sato, manager } = CAST;
const NO_RUNBOOKS = 'features: { runbooks: false }';
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = async (options: StoryOptions = {}) => {
  story = await new Story({ extra: NO_RUNBOOKS, ...options }).begin();
  return story;
};
const asked = (method: string) => story.slack.calls.filter((call) => call.method === method);
async function alertIn(alarm = 'prod-api-5xx') {
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(alarm));
  const mention = await story.slack.until(() => story.slack.thread(CHANNELS.alerts, ts)[0], 'the mention');
  return { ts, mention, thread: () => story.slack.thread(CHANNELS.alerts, ts).map(({ text }) => text) };
}
const directOf = (userId: string) =>
  story.slack.until(() => {
    const channel = story.slack.channels.find(({ kind, members }) => kind === 'im' && members.has(userId));
    return channel && story.slack.messages(channel.id)[0];
  }, 'a direct message');
const open = (userId: string, mention: { ts: string }) =>
  story.slack.press(userId, CHANNELS.alerts, mention.ts, 'incident.open_war_room');

it('I-05 E-06 opens one room where two press at once, and takes the next number where a name is taken', async () => {
  const { slack, pagerduty } = await begin({
    before: ({ slack: before }) => before.addChannel({ id: 'C0OLDROOM', name: 'inc-20261124-0001', isArchived: true }),
  });
  const { mention } = await alertIn();
  await Promise.all([open(tanaka.slackId, mention), open(sato.slackId, mention)]);
  const room = await slack.until(() => roomsOf(story).find(({ id }) => id !== 'C0OLDROOM'), 'the room');
  expect(room.name).toBe('inc-20261124-0002');
  await slack.until(() => slack.ephemerals.length >= 2, 'both are told');
  await slack.until(() => room.members.size > 1 && slack.messages(room.id).length > 0, 'the room is filled');
  // Pressed once more: the link, and nothing else.
  await open(manager.slackId, mention);
  const told = await slack.until(() => slack.ephemerals.find(({ user }) => user === manager.slackId), 'the link');
  expect(told.text).toContain(`<#${room.id}>`);
  expect(asked('conversations.create')).toHaveLength(2);
  await pagerduty.until(() => pagerduty.incidents.length > 0, 'PagerDuty');
  expect(pagerduty.incidents).toHaveLength(1);
});

it('I-16 goes on in the thread where Toban may make no channel', async () => {
  const { slack } = await begin();
  slack.faults.add({ method: 'conversations.create', kind: 'error', error: 'restricted_action', times: 9 });
  const { mention, thread } = await alertIn();
  await open(sato.slackId, mention);
  await slack.until(() => thread().some((text) => text.startsWith('🚨')), 'the status in the thread');
  expect(thread()).toContain('⚠️ チャンネルを作成できません（権限）。このスレッドで対応します');
  const status = slack.thread(CHANNELS.alerts, mention.thread_ts ?? '').find(({ text }) => text.startsWith('🚨'));
  await slack.press(tanaka.slackId, CHANNELS.alerts, status?.ts ?? '', 'incident.take_command');
  await slack.until(() => thread().some((text) => text.includes(`IC: <@${tanaka.slackId}>`)), 'the IC');
  expect(roomsOf(story)).toEqual([]);

  // Without a message there is a thread of its own.
  await slack.command(sato.slackId, CHANNELS.random, '/oncall', 'declare 検索が遅い');
  await submitDeclaration(story, sato.slackId, { severity: 'SEV3', team: 'sre' });
  const root = await slack.until(() => slack.messages(CHANNELS.random)[0], 'the root');
  await slack.until(
    () => slack.thread(CHANNELS.random, root.ts).length >= 3,
    'words, status and the question for an IC',
  );
  expect(root.text).toBe('🚨 検索が遅い');

  // Nor a place where Toban may post: the declarer is told.
  slack.addChannel({ id: 'C0FOREIGN', name: 'foreign', members: [manager.slackId] });
  await slack.command(manager.slackId, 'C0FOREIGN', '/oncall', 'declare 画像が出ない');
  await submitDeclaration(story, manager.slackId, { severity: 'SEV3', team: 'sre' });
  expect((await directOf(manager.slackId)).text).toContain('対応の場所がありません');
});

it('I-16 fails closed where a private room cannot be made: nothing in public, and the declarer is told', async () => {
  const { slack, pagerduty } = await begin();
  slack.faults.add({ method: 'conversations.create', kind: 'error', error: 'restricted_action', times: 9 });
  const { ts, thread } = await alertIn();
  const before = thread().length;
  await slack.shortcut(sato.slackId, CHANNELS.alerts, ts, 'declare_incident');
  await submitDeclaration(story, sato.slackId, {
    title: '情報の持ち出し',
    severity: 'SEV1',
    options: ['room', 'private'],
  });
  const told = await directOf(sato.slackId);
  expect(told.text).toContain('非公開のチャンネルを作成できません（権限）');
  expect(told.text).toContain('情報の持ち出し');
  story.clock.advance(120_000);
  await slack.until(() => slack.sockets > 0, 'a turn');
  expect(thread()).toHaveLength(before);
  expect(roomsOf(story)).toEqual([]);
  expect(pagerduty.incidents).toEqual([]);
  const public_ = slack.channels.filter(({ kind }) => kind === 'public').flatMap(({ id }) => slack.history(id));
  expect(public_.filter(({ text }) => text.includes('持ち出し'))).toEqual([]);
});

it('I-04 lets the others in where a guest cannot be invited, shortens a topic, and fills the form while PagerDuty is slow', async () => {
  const { slack, pagerduty } = await begin();
  const { ts } = await alertIn();
  slack.faults.add({
    method: 'conversations.invite',
    kind: 'error',
    error: 'user_is_restricted',
    times: 9,
    when: ({ users }) => String(users).includes(tanaka.slackId),
  });
  slack.faults.add({ method: 'conversations.setTopic', kind: 'error', error: 'too_long', times: 1 });
  pagerduty.faults.add({ path: /./, kind: 'slow', delayMs: 4_000 });
  await slack.shortcut(sato.slackId, CHANNELS.alerts, ts, 'declare_incident');
  const loading = slack.views(sato.slackId)[0];
  expect(loading && 'submit' in loading && loading.submit).toBeFalsy();
  await submitDeclaration(story, sato.slackId, { severity: 'SEV3' });
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
  await slack.until(
    () => slack.messages(room.id).some(({ text }) => text.includes('を招待できませんでした（ゲスト）')),
    'who is missing',
  );
  await slack.until(() => topicOf(room) !== '', 'the topic');
  expect([room.members.has(sato.slackId), room.members.has(tanaka.slackId)]).toEqual([true, false]);
  // PagerDuty answers in its own time, and the status follows.
  await slack.until(() => slack.message(room.id, status.ts)?.text.includes('PagerDuty: <'), 'PagerDuty', {
    timeoutMs: 20_000,
  });
  expect(pagerduty.incidents).toHaveLength(1);
});

it('O-04 E-06 finds the channel and the PagerDuty incident again whose answers were lost', async () => {
  const { slack, pagerduty } = await begin({ slackTimeoutMs: 400 });
  const { mention } = await alertIn();
  slack.faults.add({ method: 'conversations.create', kind: 'lost_answer', times: 1 });
  slack.faults.add({ method: 'conversations.invite', kind: 'http500', times: 5 });
  pagerduty.faults.add({ method: 'POST', path: '/incidents', kind: 'lost_answer', times: 1 });
  await open(sato.slackId, mention);
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  await slack.until(() => room.members.has(sato.slackId) && room.pins.length > 0, 'people and pin', {
    timeoutMs: 20_000,
  });
  const status = slack.messages(room.id).find(({ text }) => text.startsWith('🚨'));
  await slack.until(() => slack.message(room.id, status?.ts ?? '')?.text.includes('PagerDuty: <'), 'PagerDuty', {
    timeoutMs: 20_000,
  });
  expect(roomsOf(story)).toHaveLength(1);
  expect(pagerduty.incidents).toHaveLength(1);
});

it('I-04 completes the room after a restart between the channel and the invitation, and does not double it', async () => {
  const { slack } = await begin({ slackTimeoutMs: 500 });
  const { mention } = await alertIn();
  slack.faults.add({ method: 'conversations.invite', kind: 'hang', times: 99 });
  await open(sato.slackId, mention);
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  await slack.until(() => slack.messages(room.id).length > 0, 'the status');
  expect(room.members.size).toBe(1);
  await story.stopBot();
  slack.faults.clear();
  await story.startBot();
  await slack.until(() => room.members.has(sato.slackId) && room.members.has(tanaka.slackId), 'the people');
  await slack.until(() => room.pins.length === 1 && topicOf(room) !== '', 'pin and topic');
  expect(roomsOf(story)).toHaveLength(1);
  expect(slack.messages(room.id).filter(({ text }) => text.startsWith('🚨'))).toHaveLength(1);
  expect(new Set(room.bookmarks.map(({ link }) => link)).size).toBe(room.bookmarks.length);
});
