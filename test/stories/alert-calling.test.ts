/** Whom an alert calls when somebody is missing, what can be switched off, and that both languages say the same (A-10, H-12, H-14, J-06). */

import { buttonsOf, faultsOfSpeech, notified, spoken, TO_ROOM } from '../support/spoken.ts';
import { called, CAST, CHANNELS, cloudwatch, PAGER, Story, TEAMS, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato, suzuki, manager, ito } = CAST;
const NO_RUNBOOKS = 'features: { runbooks: false }';
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = (options: StoryOptions = {}) => new Story({ extra: NO_RUNBOOKS, ...options }).begin();
const gone = (...people: { slackId: string }[]): Pick<StoryOptions, 'before'> => ({
  before: ({ slack }) => {
    for (const { slackId } of people) slack.updateUser(slackId, { deleted: true });
  },
});
async function alertIn(channel: string = CHANNELS.alerts, alarm = 'prod-api-5xx') {
  const ts = story.slack.postAsApp(channel, cloudwatch(alarm));
  const mention = await story.slack.until(() => story.slack.thread(channel, ts)[0], 'the mention');
  return { ts, mention };
}

describe('an alert whose on-call cannot be mentioned', () => {
  it('A-10 calls the group of the next level at once where the first is deactivated in Slack', async () => {
    story = await begin(gone(tanaka));
    const { mention } = await alertIn();
    expect(mention.text).toMatch(
      new RegExp(`^<!subteam\\^${USER_GROUP}> アラートを確認してください ・ 1次 田中 健 はSlack未連携\n`),
    );
    expect(mention.firstMentions).toEqual([USER_GROUP]);
  });

  it('A-10 calls the people of the next level where the team has no group', async () => {
    story = await begin({ ...gone(tanaka, suzuki), teams: TEAMS.replace(`    user_group: ${USER_GROUP}\n`, '') });
    const { mention } = await alertIn();
    expect(mention.firstMentions).toEqual([sato.slackId]);
    expect(mention.text).toContain('1次 田中 健 はSlack未連携');
  });

  it('A-10 H-12 calls the manager where nobody below is in Slack', async () => {
    story = await begin(gone(ito));
    const { mention } = await alertIn(CHANNELS.alertsPay);
    expect(mention.text).toMatch(
      new RegExp(`^<@${manager.slackId}> アラートを確認してください ・ 1次 伊藤 蓮 はSlack未連携`),
    );
  });

  it('A-10 is loud where nobody at all can be called', async () => {
    story = await begin(gone(ito, manager));
    const { mention } = await alertIn(CHANNELS.alertsPay);
    expect(mention.text).toMatch(
      /^⚠️ 呼び出せる当番がいません。PagerDutyのスケジュールとSlackの連携を確認してください ・ 1次 伊藤 蓮 はSlack未連携 ・ 2次 山田 誠 はSlack未連携\n/,
    );
    expect(mention.firstMentions).toEqual([]);
    expect(buttonsOf(mention)).toContain('alert.acknowledge');
  });

  it('H-12 mentions whom the people table names', async () => {
    story = await begin({ extra: `${NO_RUNBOOKS}\npeople: { "${tanaka.email}": ${suzuki.slackId} }` });
    const { mention } = await alertIn();
    expect(mention.firstMentions).toEqual([suzuki.slackId]);
  });
});

describe('an alert while PagerDuty is down', () => {
  it('H-14 A-01 is mentioned from what was known, also after a restart', async () => {
    story = await begin();
    story.pagerduty.down(true);
    const first = await alertIn();
    expect(first.mention.firstMentions).toEqual([tanaka.slackId]);
    await story.stopBot();
    await story.startBot();
    const second = await alertIn(CHANNELS.alerts, 'prod-alb-latency');
    expect(second.mention.firstMentions).toEqual([tanaka.slackId]);
  });
});

describe('what can be switched off', () => {
  it('O-05 mentions off: no mention and no message of its own, but the runbook', async () => {
    story = await begin({ extra: 'features: { mentions: false }', webhooks: true });
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-aurora-AuroraReplicaLag'));
    const reply = await story.slack.until(() => story.slack.thread(CHANNELS.alerts, ts)[0], 'the runbook');
    expect(reply.text).toContain('📘 ランブック: レプリカラグ増大');
    story.pagerduty.trigger({ service: PAGER.service, title: 'announced by nobody' });
    await story.pagerduty.until(() => story.logged('PagerDuty incident changed').length > 0, 'the webhook');
    story.clock.advance(10_000);
    await story.slack.until(() => true, 'a turn');
    expect(notified(story)).toEqual([]);
    expect(spoken(story)).toHaveLength(1);
  });

  it('O-05 mentions off in one channel: nothing that PagerDuty does calls anybody there', async () => {
    const teams = TEAMS.replace('{ channel: alerts }', '{ channel: alerts, features: { mentions: false } }');
    story = await begin({ teams, webhooks: true, extra: 'alerts: { remind_after: [1m] }' });
    const alarm = 'prod-aurora-AuroraReplicaLag';
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(alarm));
    await story.slack.until(() => story.slack.thread(CHANNELS.alerts, ts)[0], 'the runbook');
    const incident = story.pagerduty.trigger({ service: PAGER.service, title: alarm });
    const changes = () => story.logged('PagerDuty incident changed').map((line) => line['event']);
    const until = async (event: string, times = 1) => {
      await story.pagerduty.until(() => changes().filter((one) => one === event).length >= times, event);
      // PagerDuty dates changes in whole seconds.
      story.clock.advance(2_000);
    };
    await until('triggered');
    story.pagerduty.reassign(incident, sato.pagerId, tanaka.pagerId);
    await until('reassigned');
    story.pagerduty.escalate(incident, 3, tanaka.pagerId);
    await until('reassigned', 2);
    story.pagerduty.resolve(incident, tanaka.pagerId);
    await until('resolved');
    story.pagerduty.reopen(incident, tanaka.pagerId);
    await until('reopened');
    story.clock.advance(61_000);
    const { mention } = await alertIn(CHANNELS.alertsPay, 'pay-api');
    expect(mention.firstMentions).toEqual([ito.slackId]);
    expect(notified(story)).toEqual([ito.slackId]);
  });

  it('O-05 runbooks off: the mention alone, without a dead button', async () => {
    story = await begin();
    const { ts, mention } = await alertIn();
    expect(buttonsOf(mention)).toEqual(['alert.acknowledge', 'alert.help', ...TO_ROOM]);
    await alertIn(CHANNELS.alerts, 'another-one');
    expect(called(story, CHANNELS.alerts, ts)).toEqual([tanaka.slackId]);
    expect(story.slack.thread(CHANNELS.alerts, ts)).toHaveLength(1);
  });
});

describe('both languages', () => {
  /** An alert from its mention to its end; every message by shape: who is mentioned, blocks, buttons. */
  async function told(locale: 'ja' | 'en') {
    story = await new Story({ locale, webhooks: true }).begin();
    const { slack, pagerduty } = story;
    const { ts } = await alertIn(CHANNELS.alerts, 'prod-aurora-AuroraReplicaLag');
    // What stands around the alert comes when it comes.
    const thread = () => slack.thread(CHANNELS.alerts, ts).filter(({ text }) => !text.startsWith('🔎'));
    const incident = pagerduty.trigger({ service: PAGER.service, title: 'prod-aurora-AuroraReplicaLag' });
    await slack.until(() => buttonsOf(thread()[0]).includes('alert.escalate') && thread()[1], 'joined, and a runbook');
    const shapes = [thread().map(shapeOf)];
    slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-aurora-AuroraReplicaLag'));
    await slack.until(() => thread().length === 3, 'the re-fire');
    pagerduty.escalate(incident, 2);
    await slack.until(() => thread().length === 4, 'the escalation');
    await slack.press(sato.slackId, CHANNELS.alerts, thread()[0]?.ts ?? '', 'alert.acknowledge');
    await slack.until(() => !buttonsOf(thread()[0]).includes('alert.acknowledge'), 'the acknowledgement');
    pagerduty.resolve(incident);
    await slack.until(() => thread().length === 5, 'the end');
    await slack.until(() => !buttonsOf(thread()[0]).includes('alert.escalate'), 'the end in the message');
    shapes.push(thread().map(shapeOf));
    for (const text of ['', 'help', 'nonsense', 'now nobody'])
      await slack.command(sato.slackId, CHANNELS.random, '/oncall', text);
    await slack.until(() => slack.ephemerals.length === 4, 'the answers');
    shapes.push(slack.ephemerals.map(shapeOf));
    return { shapes, texts: spoken(story).map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`) };
  }
  const shapeOf = (message: object) => {
    const { blocks = [] } = message as { blocks?: readonly { type?: unknown }[] };
    const types = blocks.map(({ type }) => type).filter((type) => type !== 'rich_text');
    return { mentions: story.slack.mentions(message), buttons: buttonsOf(message as never), types: types.join() };
  };

  const shapes: unknown[] = [];

  it.each(['ja', 'en'] as const)('J-06 say the same in the same shape: %s', async (locale) => {
    const said = await told(locale);
    shapes.push(said.shapes);
    expect(said.shapes).toEqual(shapes[0]);
    if (locale === 'ja') return;
    // Names, and the pages of the library, are the team's own.
    const foreign = /佐藤 花|鈴木 葵|田中 健|山田 誠|伊藤 蓮|決済/g;
    const japanese = said.texts
      .filter((text) => !/[📘🔎]/u.test(text))
      .filter((text) => /[\u3040-\u30ff\u4e00-\u9fff・（）。、]/.test(text.replaceAll(foreign, '')));
    expect(japanese).toEqual([]);
  });
});
