/** An incident as a conversation: declared, gathered, decided, in a room that says how things stand (I-01 to I-10, L-01, L-05). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';
import { roomsOf, submitDeclaration, topicOf } from '../support/war-room.ts';

const { tanaka, sato, suzuki, manager, guest } = CAST;
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

const WORDS = {
  ja: {
    declared: '🚨 宣言しました',
    link: '🛟 対応は <#CHANNEL> へ',
    open: 'IC: 未定',
    state: '状態: 検知',
    rollback: '状態: 対応（切り戻し）',
    task: (who: string) => `• <@${who}> DBのスロークエリ確認 `,
    none: '作業: なし',
  },
  en: {
    declared: '🚨 Declared',
    link: '🛟 The response goes on in <#CHANNEL>',
    open: 'IC: nobody yet',
    state: 'State: detected',
    rollback: 'State: mitigating (rollback)',
    task: (who: string) => `• <@${who}> DBのスロークエリ確認 since `,
    none: 'Who does what: nothing yet',
  },
} as const;

describe.each(['ja', 'en'] as const)('an incident in %s', (locale) => {
  it('I-01 I-02 I-04 I-06 I-07 I-08 I-10 L-01 L-05 is declared, led and worked on in its room', async () => {
    const words = WORDS[locale];
    const { slack, pagerduty, clock } = await begin({ locale });
    const alert = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-upload-errors'));
    await slack.until(() => slack.thread(CHANNELS.alerts, alert)[0], 'the mention');

    // Declared from the message, by somebody of the team.
    await slack.shortcut(sato.slackId, CHANNELS.alerts, alert, 'declare_incident');
    await submitDeclaration(story, sato.slackId, { severity: 'SEV2' });
    const room = await slack.until(() => roomsOf(story)[0], 'the room');
    expect(room.name).toBe('inc-20261124-0001');
    const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
    await slack.until(() => room.pins.includes(status.ts) && room.bookmarks.length > 1, 'pin and bookmarks');
    // The declarer, the on-call, and level 2 because it is serious.
    expect([...room.members].toSorted()).toEqual(
      [slack.identity.botUserId, sato.slackId, tanaka.slackId, suzuki.slackId].toSorted(),
    );
    expect(status.text).toContain('SEV2 prod-upload-errors');
    expect(status.text).toContain(words.state);
    expect(topicOf(room)).toContain('SEV2');
    await slack.until(() => topicOf(room).includes(words.open), 'the topic');
    const thread = () => slack.thread(CHANNELS.alerts, alert).map(({ text }) => text);
    await slack.until(() => thread().some((text) => text.includes(words.link.replace('CHANNEL', room.id))), 'the link');
    expect(slack.ephemerals.map(({ text }) => text).join()).toContain(words.declared);
    // PagerDuty has one incident, opened as the declarer, and the alert is its alert.
    await slack.until(
      () => slack.message(room.id, status.ts)?.text.includes('PagerDuty: <'),
      'PagerDuty in the status',
    );
    expect(pagerduty.incidents).toHaveLength(1);
    expect(pagerduty.incidents[0]).toMatchObject({ title: 'prod-upload-errors' });

    const now = () => slack.message(room.id, status.ts)?.text ?? '';
    // Somebody leads: the topic says so, and the guide is theirs alone.
    await slack.press(tanaka.slackId, room.id, status.ts, 'incident.take_command');
    await slack.until(
      () => now().includes(`IC: <@${tanaka.slackId}>`) && topicOf(room).includes(tanaka.slackId),
      'the IC',
    );
    const guide = await slack.until(() => slack.ephemerals.find(({ text }) => text.startsWith('🧭')), 'the guide');
    expect(guide).toMatchObject({ user: tanaka.slackId, channel: room.id });

    // Who does what.
    const oncall = (who: string, text: string) => slack.command(who, room.id, '/oncall', text);
    await oncall(suzuki.slackId, 'doing DBのスロークエリ確認');
    await slack.until(() => now().includes(words.task(suzuki.slackId)), 'the task');
    await oncall(manager.slackId, 'who');
    await slack.until(() => slack.ephemerals.at(-1)?.text.includes(words.task(suzuki.slackId)), 'who does what');
    await oncall(suzuki.slackId, 'done');
    await slack.until(() => now().includes(words.none), 'nothing to do');

    // State and severity, by command.
    await oncall(tanaka.slackId, locale === 'ja' ? 'status 対応 切り戻し' : 'status rollback');
    await oncall(tanaka.slackId, 'severity 1');
    await slack.until(() => now().includes(words.rollback) && now().includes('SEV1'), 'state and severity');
    await slack.until(() => topicOf(room).startsWith('SEV1'), 'the topic');

    // Whoever comes late sees how things stand, alone; the room is not told.
    clock.advance(120_000);
    const before = slack.messages(room.id).length;
    slack.joinChannel(room.id, guest.slackId);
    const summary = await slack.until(() => slack.ephemerals.find(({ user }) => user === guest.slackId), 'the summary');
    expect(summary.text).toContain(words.rollback);
    expect(summary.text).toContain('DBのスロークエリ確認');
    expect(slack.messages(room.id)).toHaveLength(before);
    // One pinned message, edited; no new one for a change.
    expect(slack.messages(room.id).filter(({ text }) => text.startsWith('🚨'))).toHaveLength(1);
    expect(pagerduty.incidents).toHaveLength(1);
  });
});

it('I-03 links the incident that the alert has, and pages nobody again; I-05 a second declarer finds the first room', async () => {
  const { slack, pagerduty } = await begin();
  const incident = pagerduty.trigger({ service: PAGER.service, title: 'prod-api-5xx' });
  const alert = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-api-5xx'));
  await slack.until(() => slack.thread(CHANNELS.alerts, alert)[0], 'the mention');
  await slack.shortcut(sato.slackId, CHANNELS.alerts, alert, 'declare_incident');
  await slack.shortcut(manager.slackId, CHANNELS.alerts, alert, 'declare_incident');
  const forms = await Promise.all(
    [sato, manager].map((who) => submitDeclaration(story, who.slackId, { severity: 'SEV3' })),
  );
  expect(forms.map(({ kind }) => kind)).toEqual(['closed', 'closed']);
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  await slack.until(
    () => slack.thread(CHANNELS.alerts, alert).some(({ text }) => text.includes('に紐づけました')),
    'the tie in the thread',
  );
  const told = () => slack.ephemerals.map(({ text }) => text).filter((text) => text.includes('宣言'));
  await slack.until(() => told().length === 2, 'both answers');
  expect(told().filter((text) => text.startsWith('すでに宣言されています'))).toHaveLength(1);
  expect(roomsOf(story)).toHaveLength(1);
  expect(pagerduty.incidents.map(({ id }) => id)).toEqual([incident]);
  expect(room.members.has(manager.slackId)).toBe(false);
});

it('I-02 I-14 E-08 gives the room to a declarer without an account, and lets somebody with one page', async () => {
  const { slack, pagerduty } = await begin();
  await slack.command(guest.slackId, CHANNELS.random, '/oncall', 'declare 決済が失敗している');
  await submitDeclaration(story, guest.slackId, { severity: 'SEV3', team: 'sre' });
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
  expect(status.text).toContain('決済が失敗している');
  const direct = await slack.until(
    () => slack.channels.find(({ kind, members }) => kind === 'im' && members.has(guest.slackId)),
    'the direct message',
  );
  const [said] = await slack.until(() => slack.messages(direct.id).length > 0 && slack.messages(direct.id), 'who can');
  expect(said?.text).toContain('PagerDutyアカウントがないため');
  expect(said?.text).toContain('田中 健');
  expect(pagerduty.incidents).toEqual([]);
  const buttons = () => JSON.stringify(slack.message(room.id, status.ts)?.blocks);
  await slack.until(() => buttons().includes('incident.page'), 'the button');
  await slack.press(tanaka.slackId, room.id, status.ts, 'incident.page');
  await slack.press(sato.slackId, room.id, status.ts, 'incident.page');
  await slack.until(() => slack.message(room.id, status.ts)?.text.includes('PagerDuty: <'), 'the incident');
  expect(pagerduty.incidents).toHaveLength(1);
  // It is no alert: the room has called people already.
  story.clock.advance(40_000);
  await slack.until(() => story.logged('PagerDuty incident changed').length > 0, 'the poll');
  story.clock.advance(10_000);
  await slack.until(() => slack.sockets > 0, 'a turn');
  expect(slack.messages(CHANNELS.alerts)).toEqual([]);
});
