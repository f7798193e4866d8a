/** What Toban watches around an incident: no commander, a hand-over, an idle room, a long thread, a drill (I-08, I-09, I-13, I-15, I-17). */

import { faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';
import { roomsOf, submitDeclaration, topicOf } from '../support/war-room.ts';

const { tanaka, sato, suzuki, manager, guest } = CAST;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = async (options: StoryOptions = {}) => {
  story = await new Story({ extra: 'features: { runbooks: false }', ...options }).begin();
  return story;
};

async function declared(values: Readonly<Record<string, unknown>> = {}, by: string = sato.slackId) {
  const { slack } = story;
  await slack.command(by, CHANNELS.random, '/oncall', 'declare 検索が遅い');
  await submitDeclaration(story, by, { severity: 'SEV3', team: 'sre', ...values });
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
  await slack.until(() => room.pins.includes(status.ts) && topicOf(room) !== '', 'the room is ready');
  const texts = () => slack.messages(room.id).map(({ text }) => text);
  return { room, status, texts };
}

it('I-08 I-13 reminds of a missing commander, hands a role over, and tells the room of the new on-call', async () => {
  // 20 minutes before the hand-over.
  const { slack, clock } = await begin({ at: Date.parse('2026-11-24T09:40:00+09:00') });
  const { room, status, texts } = await declared();
  const question = await slack.until(
    () => slack.messages(room.id).find(({ text }) => text.includes('[ICやります]')),
    'the question',
  );
  expect(room.members.has(tanaka.slackId)).toBe(true);
  clock.advance(5 * MINUTE);
  await slack.until(() => texts().includes(`🧭 ICが未定です（5分経過）<@${tanaka.slackId}>`), 'the reminder');
  await slack.press(manager.slackId, room.id, status.ts, 'incident.take_command');
  await slack.until(() => texts().some((text) => text === `🧭 IC: <@${manager.slackId}>`), 'the commander');
  // The question's own button is late.
  await slack.press(sato.slackId, room.id, question.ts, 'incident.take_command');
  await slack.until(() => slack.ephemerals.some(({ text }) => text.includes('ICはすでに')), 'somebody leads');
  await slack.press(manager.slackId, room.id, status.ts, 'incident.give_role');
  const form = await slack.until(() => slack.views(manager.slackId)[0], 'the form');
  await slack.submitView(manager.slackId, form.id, { role: 'commander', who: sato.slackId } as never);
  const handed = `🧭 IC 交代 <@${manager.slackId}> → <@${sato.slackId}>`;
  await slack.until(() => texts().includes(handed) && topicOf(room).includes(sato.slackId), 'the hand-over');
  expect(slack.ephemerals.filter(({ user, text }) => user === sato.slackId && text.startsWith('🧭 ICは'))).toHaveLength(
    1,
  );

  clock.advance(20 * MINUTE);
  const told = `🔄 当番交代 <@${tanaka.slackId}> → <@${suzuki.slackId}>`;
  await slack.until(() => texts().includes(told), 'the new on-call');
  await slack.until(() => room.members.has(suzuki.slackId), 'the invitation');
  await slack.until(() => slack.ephemerals.some(({ user }) => user === suzuki.slackId), 'the summary');
  clock.advance(30 * MINUTE);
  await slack.until(() => slack.sockets > 0, 'a turn');
  expect(texts().filter((text) => text.startsWith('🔄'))).toHaveLength(1);
  // One reminder; where its sending was still under way when somebody took command, it says so by now.
  const reminded = (text: string) => text.includes('ICが未定です（') || text === '🧭 ICが決まりました';
  expect(texts().filter(reminded)).toHaveLength(1);
});

it('I-08 calls nobody to lead where somebody took command before the question could be sent', async () => {
  const { slack } = await begin();
  const asks = (text: unknown) => String(text).includes('[ICやります]');
  slack.faults.add({
    method: 'chat.postMessage',
    kind: 'rate_limited',
    retryAfter: 3,
    times: 999,
    when: ({ text }) => asks(text),
  });
  const { room, status, texts } = await declared();
  await slack.press(manager.slackId, room.id, status.ts, 'incident.take_command');
  await slack.until(() => texts().includes('🧭 ICが決まりました'), 'the question, answered', { timeoutMs: 15_000 });
  await slack.until(() => texts().includes(`🧭 IC: <@${manager.slackId}>`), 'the commander', { timeoutMs: 15_000 });
  expect(texts().filter(asks)).toEqual([]);
  expect(notified(story)).not.toContain(tanaka.slackId);
});

it('I-15 asks about an idle room, and offers to archive it ten days after the all clear', async () => {
  const { slack, clock } = await begin();
  const { room, status, texts } = await declared();
  // Graver than it seemed: level 2 is called in.
  expect(room.members.has(suzuki.slackId)).toBe(false);
  await slack.command(sato.slackId, room.id, '/oncall', 'severity SEV2');
  await slack.until(() => room.members.has(suzuki.slackId), 'level 2');
  clock.advance(12 * HOUR);
  slack.postAsUser(room.id, sato.slackId, '調べています');
  await slack.command(sato.slackId, room.id, '/oncall', 'who');
  await slack.until(() => slack.ephemerals.some(({ text }) => text === '進行中の作業がありません。'), 'a turn');
  const idle = `⏰ <@${sato.slackId}> 24時間投稿がありません。状況を更新してください`;
  clock.advance(23 * HOUR);
  await slack.until(() => slack.sockets > 0, 'a turn');
  clock.advance(2 * HOUR);
  await slack.until(() => texts().some((text) => text.startsWith('⏰')), 'the question');
  expect(texts().filter((text) => text.startsWith('⏰'))).toEqual([idle]);
  // Only the commander or the declarer says that it is over.
  await slack.command(manager.slackId, room.id, '/oncall', 'status 終息');
  await slack.until(() => slack.ephemerals.some(({ text }) => text.includes('終息宣言は')), 'the refusal');
  await slack.command(sato.slackId, room.id, '/oncall', 'status 終息');
  await slack.until(() => slack.message(room.id, status.ts)?.text.startsWith('✅'), 'the all clear');
  clock.advance(10 * DAY);
  const offer = await slack.until(() => slack.messages(room.id).find(({ text }) => text.startsWith('🗄')), 'the offer');
  expect(texts().filter((text) => text.startsWith('⏰'))).toHaveLength(1);
  await slack.press(manager.slackId, room.id, offer.ts, 'incident.archive_room');
  await slack.until(() => room.isArchived, 'the archive');
});

it('I-09 suggests a war room once where three people talk in the thread of an alert', async () => {
  const { slack } = await begin();
  const alert = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-api-5xx'));
  await slack.until(() => slack.thread(CHANNELS.alerts, alert)[0], 'the mention');
  const suggestions = () => slack.thread(CHANNELS.alerts, alert).filter(({ text }) => text.startsWith('💬'));
  for (const who of [tanaka, tanaka, sato])
    slack.postAsUser(CHANNELS.alerts, who.slackId, '見ています', { threadTs: alert });
  slack.postAsUser(CHANNELS.alerts, manager.slackId, 'どうですか', { threadTs: alert });
  const [suggestion] = await slack.until(() => suggestions().length > 0 && suggestions(), 'the suggestion');
  for (let count = 0; count < 8; count++) {
    slack.postAsUser(CHANNELS.alerts, guest.slackId, `${count}`, { threadTs: alert });
  }
  await slack.press(sato.slackId, CHANNELS.alerts, suggestion?.ts ?? '', 'incident.open_war_room');
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  await slack.until(() => slack.messages(room.id).length > 0, 'the status');
  expect(suggestions()).toHaveLength(1);
});

it('I-17 L-01 marks a drill everywhere, pages and calls nobody, and keeps a canvas where the settings ask for one', async () => {
  const { slack, pagerduty } = await begin({
    extra: 'features: { runbooks: false }\nincidents: { canvas: true, channel_prefix: war }',
  });
  const { room, status, texts } = await declared({ options: ['room', 'drill'] });
  expect(room.name).toMatch(/^war-20261124-0001$/);
  await slack.until(() => texts().length >= 2, 'the question for an IC');
  expect(texts().filter((text) => !text.includes('【訓練】'))).toEqual([]);
  expect(topicOf(room)).toContain('【訓練】');
  expect([...room.members].toSorted()).toEqual([slack.identity.botUserId, sato.slackId].toSorted());
  const canvas = await slack.until(() => slack.canvases[0], 'the canvas');
  expect(canvas.markdown).toContain('【訓練】検索が遅い');
  await slack.command(sato.slackId, room.id, '/oncall', 'doing 切り戻しの練習');
  await slack.until(() => canvas.markdown.includes('切り戻しの練習'), 'the canvas follows');
  expect(slack.message(room.id, status.ts)?.text).toContain('切り戻しの練習');
  expect(slack.canvases).toHaveLength(1);
  expect(pagerduty.incidents).toEqual([]);
  expect(notified(story).filter((id) => id !== sato.slackId)).toEqual([]);
});

it('I-14 goes on in a thread where nobody wants a channel, and only what a person changed in the form changes', async () => {
  const { slack } = await begin();
  await slack.command(sato.slackId, CHANNELS.random, '/oncall', 'declare 検索が遅い');
  await submitDeclaration(story, sato.slackId, { severity: 'SEV3', team: 'sre', options: [] });
  const root = await slack.until(() => slack.messages(CHANNELS.random)[0], 'the thread');
  const replies = () => slack.thread(CHANNELS.random, root.ts);
  const status = await slack.until(() => replies().find(({ text }) => text.startsWith('🚨')), 'the status');
  expect(replies().map(({ text }) => text)).toContain('🛟 このスレッドで対応します');
  await slack.press(sato.slackId, CHANNELS.random, status.ts, 'incident.update');
  const form = await slack.until(() => slack.views(sato.slackId)[0], 'the form');
  await slack.command(manager.slackId, CHANNELS.random, '/oncall', 'status 調査');
  const now = () => slack.message(CHANNELS.random, status.ts)?.text ?? '';
  await slack.until(() => now().includes('状態: 調査'), 'the state');
  await slack.submitView(sato.slackId, form.id, {
    severity: 'SEV2',
    impact: 'yes',
    impact_text: '検索する人',
  } as never);
  await slack.until(() => now().includes('SEV2') && now().includes('ユーザー影響: あり ・ 検索する人'), 'the rest');
  expect(now()).toContain('状態: 調査');
  expect(roomsOf(story)).toEqual([]);
});
