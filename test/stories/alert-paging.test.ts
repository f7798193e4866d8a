/** Calling without an alert, calling loudly, and what an alert was worth (E-04, E-07, Q-03, Q-08). */

import { openDatabase } from '../../src/store/database.ts';
import { createCareStore } from '../../src/store/care-store.ts';
import { join } from 'node:path';
import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, NIGHT, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato, suzuki, manager, guest } = CAST;
const MINUTE = 60_000;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = async (options: StoryOptions = {}) => {
  story = await new Story({
    webhooks: true,
    ...options,
    extra: `features: { runbooks: false }\nhandover: { channel: engineers }\n${options.extra ?? ''}`,
  }).begin();
};
const writes = () => story.pagerduty.calls.filter(({ method }) => method !== 'GET');
const inChannel = (channel: string, part: string) =>
  story.slack.until(() => story.slack.history(channel).find(({ text }) => text.includes(part)), `"${part}"`, {
    timeoutMs: 15_000,
  });
const whispered = (to: { slackId: string }, part: string) =>
  story.slack.until(
    () => story.slack.ephemerals.find(({ user, text }) => user === to.slackId && text.includes(part)),
    `a whisper "${part}"`,
    { timeoutMs: 15_000 },
  );
const page = async (who: { slackId: string }, text: string) => {
  await story.slack.command(who.slackId, CHANNELS.alerts, '/oncall', `page ${text}`);
  return story.slack.until(() => story.slack.views(who.slackId)[0], 'the form');
};

describe('/oncall page', () => {
  it('E-04 E-06 pages the on-call after a confirmation, once, and its message works as any alert', async () => {
    await begin();
    const view = await page(tanaka, '決済が失敗している');
    expect(JSON.stringify(view.blocks)).toContain('当番（SRE: 田中 健、決済: 伊藤 蓮）を呼び出します');
    expect(writes()).toEqual([]);
    await story.slack.submitView(sato.slackId, view.id).catch(() => {});
    await story.slack.submitView(tanaka.slackId, view.id).catch(() => {});
    const message = await inChannel(CHANNELS.alerts, '手動で呼び出しました');
    expect(message.text).toMatch(
      new RegExp(`^<@${tanaka.slackId}> アラートを確認してください ・ <@${tanaka.slackId}> が手動で呼び出しました`),
    );
    expect(message.text).toContain('決済が失敗している');
    expect(buttonsOf(message)).toEqual(expect.arrayContaining(['alert.acknowledge', 'alert.escalate']));
    expect(writes().map(({ method, path, headers }) => [method, path, headers['from']])).toEqual([
      ['POST', '/incidents', tanaka.email],
    ]);
    await whispered(tanaka, '📣 手動で呼び出しました');
    story.clock.advance(40_000);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, message.ts, 'alert.acknowledge');
    await inChannel(CHANNELS.alerts, '✅ 確認済み');
    expect(story.slack.history(CHANNELS.alerts).filter(({ text }) => text.includes('決済が失敗している'))).toHaveLength(
      1,
    );
  });

  it('E-04 pages the chosen people', async () => {
    await begin();
    const view = await page(tanaka, '決済が失敗している @suzuki');
    expect(JSON.stringify(view.blocks)).toContain(suzuki.slackId);
    await story.slack.submitView(tanaka.slackId, view.id, { people: [suzuki.slackId, manager.slackId] });
    const message = await inChannel(CHANNELS.alerts, '手動で呼び出しました');
    expect(message.firstMentions).toEqual(expect.arrayContaining([suzuki.slackId, manager.slackId]));
    await story.pagerduty.until(() => writes().length === 2, 'both people');
    expect(JSON.stringify(writes()[1]?.body)).toContain(manager.pagerId);
  });

  it('E-04 A-04 calls a chosen person of a higher level once, reminds that person, and escalates nothing', async () => {
    await begin({ extra: 'alerts: { remind_after: [2m], exhausted_after: 10m }' });
    const view = await page(tanaka, '決済が失敗している');
    await story.slack.submitView(tanaka.slackId, view.id, { people: [manager.slackId] });
    const message = await inChannel(CHANNELS.alerts, '手動で呼び出しました');
    const thread = () => story.slack.thread(CHANNELS.alerts, message.ts);
    story.clock.advance(2 * MINUTE + 1000);
    const again = await story.slack.until(() => thread().find(({ text }) => text.includes('⏰')), 'the reminder', {
      timeoutMs: 15_000,
    });
    expect(again.firstMentions).toEqual([manager.slackId]);
    story.clock.advance(60_000);
    await story.pagerduty.until(() => true, 'a turn');
    expect(thread().filter(({ text }) => text.includes('⏫'))).toEqual([]);
    expect(story.slack.history(CHANNELS.engineers).filter(({ text }) => text.includes('全レベル未確認'))).toEqual([]);
  });

  it('E-04 says who was reached where PagerDuty paged the first one only', async () => {
    await begin();
    const view = await page(tanaka, '決済が失敗している');
    story.pagerduty.faults.add({ method: 'PUT', path: /^\/incidents/, kind: 'error', status: 400, times: 1 });
    await story.slack.submitView(tanaka.slackId, view.id, { people: [suzuki.slackId, manager.slackId] });
    const told = await whispered(tanaka, '📣 手動で呼び出しました');
    expect(told.text).toContain(`PagerDutyでは ${suzuki.name} だけを呼び出しました。${manager.name} はSlackだけ`);
    const message = await inChannel(CHANNELS.alerts, 'アラートを確認してください');
    expect(message.firstMentions).toEqual(expect.arrayContaining([suzuki.slackId, manager.slackId]));
  });

  it('E-08 refuses whoever has no account, and a person without one, and pages nobody', async () => {
    await begin();
    const view = await page(guest, '決済が失敗している');
    await story.slack.submitView(guest.slackId, view.id);
    await whispered(guest, 'PagerDutyアカウントが見つかりません。');
    const second = await page(tanaka, '決済が失敗している');
    await story.slack.submitView(tanaka.slackId, second.id, { people: [guest.slackId] });
    await whispered(tanaka, '誰も呼び出していません。');
    expect(writes()).toEqual([]);
  });

  it('E-04 E-07 says whom to phone where PagerDuty is down, and calls in Slack', async () => {
    await begin();
    const first = await page(tanaka, '準備');
    await story.slack.submitView(tanaka.slackId, first.id);
    await whispered(tanaka, '📣');
    const view = await page(tanaka, '決済が失敗している');
    story.pagerduty.down(true);
    await story.slack.submitView(tanaka.slackId, view.id);
    const told = await whispered(tanaka, '電話で連絡してください');
    for (const part of ['1次 田中 健', '2次 佐藤 花、鈴木 葵', '3次 山田 誠']) expect(told.text).toContain(part);
    const loud = await inChannel(CHANNELS.alerts, 'PagerDutyでの呼び出しに失敗しました');
    expect(loud.firstMentions).toContain(tanaka.slackId);
    story.pagerduty.down(false);
    const third = await page(tanaka, '在庫が減らない');
    story.pagerduty.down(true);
    await story.slack.submitView(tanaka.slackId, third.id, { people: [suzuki.slackId] });
    const chosen = await inChannel(CHANNELS.alerts, '在庫が減らない');
    expect(chosen.text).toMatch(new RegExp(`^⚠️ <@${suzuki.slackId}> PagerDutyでの呼び出しに失敗しました`));
    story.pagerduty.down(false);
  });
});

describe('all levels', () => {
  it('E-07 are told loudly where all engineers read, with the last level, once; not where somebody acknowledged', async () => {
    await begin();
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-api-5xx'));
    const incident = story.pagerduty.trigger({ service: PAGER.service, title: 'prod-api-5xx' });
    const replies = () => story.slack.thread(CHANNELS.alerts, ts);
    await story.slack.until(() => buttonsOf(replies()[0]).includes('alert.escalate'), 'the incident joined');
    for (const [level, minutes] of [
      [2, 5],
      [3, 10],
    ] as const) {
      story.clock.advance(minutes * MINUTE);
      await story.slack.until(() => replies().some(({ text }) => text.includes(`→${level}次`)), `level ${level}`);
    }
    expect(story.pagerduty.incident(incident).status).toBe('triggered');
    story.clock.advance(15 * MINUTE + 1000);
    const loud = await inChannel(CHANNELS.engineers, '全レベル未確認');
    expect(loud.text).toContain(`<@${manager.slackId}>`);
    expect(loud.text).toContain('prod-api-5xx');
    const later = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-db-cpu'));
    story.pagerduty.trigger({ service: PAGER.service, title: 'prod-db-cpu' });
    const thread = () => story.slack.thread(CHANNELS.alerts, later);
    await story.slack.until(() => buttonsOf(thread()[0]).includes('alert.escalate'), 'the second one joined');
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, thread()[0]?.ts ?? '', 'alert.acknowledge');
    await story.slack.until(() => thread()[0]?.text.includes('確認済み'), 'the acknowledgement');
    story.clock.advance(40 * MINUTE);
    await story.slack.until(() => true, 'a turn');
    expect(story.slack.history(CHANNELS.engineers).filter(({ text }) => text.includes('全レベル未確認'))).toHaveLength(
      1,
    );
  });
});

describe('a policy of one level', () => {
  it('E-07 is told loudly too, in the alert channel where there is no hand-over', async () => {
    const policy = { id: 'PONE', name: 'One', levels: [{ timeoutMinutes: 5, targets: [{ user: sato.pagerId }] }] };
    const teams = 'teams: { one: { escalation_policy: PONE, alert_channels: [{ channel: alerts }] } }';
    story = await new Story({
      teams,
      extra: 'features: { runbooks: false, handover: false }\nalerts: { remind_after: [1m], exhausted_after: 10m }',
      before: ({ pagerduty }) => pagerduty.addEscalationPolicy(policy),
    }).begin();
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-api-5xx'));
    await story.slack.until(() => story.slack.thread(CHANNELS.alerts, ts)[0], 'the mention');
    story.clock.advance(61_000);
    await story.slack.until(() => story.slack.thread(CHANNELS.alerts, ts)[1], 'the reminder');
    story.clock.advance(9 * MINUTE);
    const loud = await inChannel(CHANNELS.alerts, '全レベル未確認');
    expect(loud.firstMentions).toEqual([sato.slackId]);
  });
});

describe('the end of an alert', () => {
  it('Q-03 Q-08 asks whether it was needed, counts the last word of each, and keeps what nobody acknowledged', async () => {
    await begin();
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('disk-warn'));
    const replies = () => story.slack.thread(CHANNELS.alerts, ts);
    await story.slack.until(() => replies()[0], 'the mention');
    story.slack.postAsApp(CHANNELS.alerts, cloudwatch('disk-warn', 'OK'));
    const end = await story.slack.until(
      () => replies().find((one) => buttonsOf(one).includes('alert.was_needed')),
      'the question',
    );
    expect(end.text).toMatch(/^✅ 復旧/);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, end.ts, 'alert.was_needed');
    await whispered(tanaka, '記録しました（必要 1・不要 0）。');
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, end.ts, 'alert.was_not_needed');
    await whispered(tanaka, '記録しました（必要 0・不要 1）。');
    await story.stopBot();
    const database = await openDatabase(`file:${join(story.dir, 'toban.db')}`);
    const care = createCareStore(database);
    const counts = await care.worthCounts(NIGHT, NIGHT + 24 * 60 * MINUTE);
    const missed = await care.unacknowledged('sre', NIGHT, NIGHT + 24 * 60 * MINUTE);
    await database.destroy();
    expect(counts).toMatchObject([{ title: 'disk-warn', needed: 0, notNeeded: 1 }]);
    expect(missed.map(({ id }) => id)).toEqual([`${CHANNELS.alerts}:${ts}`]);
  });
});
