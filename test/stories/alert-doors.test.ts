/** One alert through several doors is one mention; two alerts stay two. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story } from '../support/story.ts';

const TITLE = 'prod-aurora-AuroraReplicaLag';
const MINUTE = 60_000;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});
const { tanaka } = CAST;
const begin = (webhooks = true) => new Story({ webhooks, extra: 'features: { runbooks: false }' }).begin();
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const trigger = (title = TITLE, dedupKey?: string) =>
  story.pagerduty.trigger({ service: PAGER.service, title, ...(dedupKey ? { dedupKey } : {}) });

/** As PagerDuty's own Slack app announces an incident. */
function announce(incident: string, state = 'Triggered'): string {
  const { number, title } = story.pagerduty.incident(incident);
  const { html_url: url } = story.pagerduty.incidentJson(incident);
  return story.slack.postAsApp(CHANNELS.alerts, {
    appId: 'APD',
    botId: 'BAPD',
    userId: 'UAPD',
    text: `${state} #${number}: ${title}`,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: `*${state}* <${String(url)}|#${number}: ${title}>` } },
      { type: 'section', fields: [{ type: 'mrkdwn', text: '*Service:*\napi' }] },
    ],
  });
}

/** As Grafana names a rule that fires for one host. */
function grafana(host: string, title = 'HighErrorRate') {
  return {
    appId: 'AGRAF',
    botId: 'BGRAF',
    username: 'Grafana',
    text: '',
    attachments: [
      {
        color: '#D63232',
        title: `[FIRING:1] ${title}`,
        title_link: 'https://grafana.example.com/alerting/list',
        text: `**Firing**\n\nLabels:\n - alertname = ${title}\n - instance = ${host}\nSource: https://grafana.example.com/alerting/grafana/x/view`,
        fields: [{ title: 'host', value: host, short: true }],
      },
    ],
  };
}

const mention = (ts: string) =>
  story.slack.until(() => replies(ts).find(({ firstMentions }) => firstMentions.length > 0), 'the mention');
const joined = (ts: string) =>
  story.slack.until(
    () => buttonsOf(replies(ts)[0]).includes('alert.escalate') && replies(ts)[0],
    'the incident joined',
  );
const twinNote = (ts: string) =>
  story.slack.until(() => replies(ts).find(({ text }) => text.includes('同じアラートです')), 'the pointer');
const refireNote = (ts: string, count: number) =>
  story.slack.until(
    () => replies(ts).find(({ text }) => text.includes(`同一アラート ${count}回`)),
    `${count} re-fires`,
  );
const own = () => story.slack.messages(CHANNELS.alerts).filter(({ bot_id: id }) => id === story.slack.identity.botId);
const bothNotified = () =>
  story.slack.until(() => notified(story).length === 2, 'two mentions').then(() => notified(story));

describe('one alert through several doors', () => {
  it('A-06 is one mention when the tool speaks first, and its re-fires are counted', async () => {
    story = await begin();
    const { slack, clock } = story;
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    await mention(ts);
    const incident = trigger();
    const head = await joined(ts);
    expect(JSON.stringify(head.blocks)).toContain('件名とチームで一致');
    const second = announce(incident);
    const pointer = await twinNote(second);
    expect(pointer.text).toMatch(/^同じアラートです。対応は <https?:[^|]+\|こちらのスレッド> で行います$/);
    story.pagerduty.acknowledge(incident, tanaka.pagerId);
    for (let count = 1; count <= 4; count += 1) {
      clock.advanceTo(Date.parse('2026-11-24T02:10:00+09:00') + count * 2 * MINUTE);
      slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
      await refireNote(ts, count);
    }
    expect((await refireNote(ts, 4)).text).toBe('🔁 同一アラート 4回（最終 02:18）');
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it("A-06 is one mention when PagerDuty's app speaks first, also for the tool's re-fires and its recovery", async () => {
    story = await begin();
    const { slack, clock } = story;
    const incident = trigger();
    const ts = announce(incident);
    await joined(ts);
    const tool = slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    await twinNote(tool);
    story.pagerduty.acknowledge(incident, tanaka.pagerId);
    for (let count = 1; count <= 4; count += 1) {
      clock.advance(2 * MINUTE);
      slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
      await refireNote(ts, count);
    }
    expect(notified(story)).toEqual([tanaka.slackId]);
    slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE, 'OK'));
    const closing = await slack.until(() => replies(ts).find(({ text }) => text.startsWith('✅ 復旧')), 'the closing');
    expect(closing.firstMentions).toEqual([]);
  });

  it('A-06 is one mention when the webhook comes first and the tool within the grace', async () => {
    story = await begin();
    const incident = trigger();
    await story.pagerduty.until(() => story.logged('PagerDuty incident changed').length > 0, 'the webhook was taken');
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    const head = await joined(ts);
    expect(head.firstMentions).toEqual([tanaka.slackId]);
    story.clock.advance(10_000);
    await twinNote(announce(incident));
    expect(own()).toEqual([]);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it("A-06 is one mention when the webhook comes first and the tool after Toban's own message", async () => {
    story = await begin();
    const { slack, clock } = story;
    const incident = trigger();
    const head = await slack.until(() => own()[0], "Toban's own message");
    expect(head.text).toMatch(/^<@U0TANAKA> アラートを確認してください\n/);
    story.pagerduty.acknowledge(incident, tanaka.pagerId);
    for (const count of [0, 1, 2, 3]) {
      const tool = slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
      if (count === 0) await twinNote(tool);
      else await refireNote(head.ts, count);
      clock.advance(3 * MINUTE);
    }
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('A-06 joins by the dedup key whatever the titles say', async () => {
    story = await begin();
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-alb-5xx'));
    await mention(ts);
    trigger('ロードバランサのエラー', 'arn:aws:cloudwatch:ap-northeast-1:123456789012:alarm:prod-alb-5xx');
    expect(JSON.stringify((await joined(ts)).blocks)).toContain('重複キーで一致');
    story.clock.advance(10_000);
    await story.slack.until(() => true, 'a turn');
    expect(own()).toEqual([]);
  });

  it("A-06 knows the incident by its number where PagerDuty's message has no link", async () => {
    story = await begin();
    const incident = trigger('disk full on db-2');
    const { number } = story.pagerduty.incident(incident);
    const post = { appId: 'APD', botId: 'BAPD', userId: 'UAPD', text: `Triggered: #${number} disk full on db-2` };
    const ts = story.slack.postAsApp(CHANNELS.alerts, post);
    await joined(ts);
    story.clock.advance(10_000);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, replies(ts)[0]?.ts ?? '', 'alert.acknowledge');
    await story.slack.until(() => replies(ts)[0]?.text.includes('確認済み'), 'the acknowledgement');
    expect(own()).toEqual([]);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });
});

describe('what is another alert', () => {
  it('A-06 is news again once its incident is over', async () => {
    story = await begin();
    const incident = trigger();
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    await joined(ts);
    story.pagerduty.resolve(incident);
    await story.slack.until(() => replies(ts).find(({ text }) => text.startsWith('✅ 復旧')), 'the recovery');
    const again = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    await mention(again);
    expect(await bothNotified()).toEqual([tanaka.slackId, tanaka.slackId]);
  });

  it('A-06 keeps two hosts of one rule apart, each with its incident, in either order of the doors', async () => {
    story = await begin();
    const { slack } = story;
    const a = slack.postAsApp(CHANNELS.alerts, grafana('web-1'));
    await mention(a);
    const first = trigger('HighErrorRate', 'key-web-1');
    await joined(a);
    const b = slack.postAsApp(CHANNELS.alerts, grafana('web-2'));
    await mention(b);
    const second = trigger('HighErrorRate', 'key-web-2');
    await joined(b);
    await twinNote(announce(first));
    await twinNote(announce(second));
    story.clock.advance(10_000);
    expect(await bothNotified()).toEqual([tanaka.slackId, tanaka.slackId]);
    expect(own()).toEqual([]);
    await slack.press(tanaka.slackId, CHANNELS.alerts, replies(b)[0]?.ts ?? '', 'alert.acknowledge');
    await slack.until(() => replies(b)[0]?.text.includes('確認済み'), 'the acknowledgement');
    expect(story.pagerduty.incident(second).status).toBe('acknowledged');
    expect(story.pagerduty.incident(first).status).toBe('triggered');
  });

  it("A-06 joins one tool message to each of PagerDuty's, and calls for a further one", async () => {
    story = await begin();
    const { slack } = story;
    const ts = announce(trigger('HighErrorRate', 'key-web-1'));
    await joined(ts);
    await twinNote(slack.postAsApp(CHANNELS.alerts, grafana('web-1')));
    const other = slack.postAsApp(CHANNELS.alerts, grafana('web-2'));
    await mention(other);
    expect(await bothNotified()).toEqual([tanaka.slackId, tanaka.slackId]);
  });

  it('A-06 does not join an alarm whose name only begins like an incident', async () => {
    story = await begin();
    trigger('prod-aurora-AuroraReplicaLag-canary');
    await story.pagerduty.until(() => story.logged('PagerDuty incident changed').length > 0, 'the webhook was taken');
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(TITLE));
    await mention(ts);
    const canary = await story.slack.until(() => own()[0], "the incident's own message");
    expect(canary.text).toContain('AuroraReplicaLag-canary');
    expect(buttonsOf(replies(ts)[0])).not.toContain('alert.escalate');
  });

  it('A-07 closes the recovered host alone, though the monitor gives both one key', async () => {
    story = await begin();
    const { slack } = story;
    const file = readFileSync(join(process.cwd(), 'test/fixtures/alerts/datadog.json'), 'utf8');
    const { cases } = JSON.parse(file) as { cases: { name: string; event: object }[] };
    const post = (name: string) =>
      slack.postRaw(CHANNELS.alerts, cases.find((one) => one.name === name)?.event ?? { text: `no case ${name}` });
    const a = post('triggered on a group, ja');
    const b = post('another group');
    await Promise.all([mention(a), mention(b)]);
    post('recovered on a group, ja');
    await slack.until(() => replies(a).find(({ text }) => text.startsWith('✅ 復旧')), 'the recovery');
    await slack.until(() => replies(a)[1], 'the closing line');
    // Told twice: there is no second alert for it to close.
    post('recovered on a group, ja');
    const last = slack.postAsApp(CHANNELS.alerts, cloudwatch('after-both'));
    await mention(last);
    expect(replies(b)).toHaveLength(1);
    expect(replies(b)[0]?.text).toContain('アラートを確認してください');
  });
});
