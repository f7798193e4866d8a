/** The main job: an alert finds its on-call and its runbook, and one click acknowledges it. */

import { CAST, CHANNELS, called, cloudwatch, PAGER, Story } from '../support/story.ts';

let story: Story;
afterEach(() => story.end());

describe('an alert at night', () => {
  it('A-01 R-02 A-03 mentions the on-call once, brings the steps, and is acknowledged by one click', async () => {
    story = await new Story().begin();
    const { slack, pagerduty } = story;
    const incident = pagerduty.trigger({ service: PAGER.service, title: 'prod-aurora-AuroraReplicaLag' });
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-aurora-AuroraReplicaLag'));
    const mention = await slack.until(() => slack.thread(CHANNELS.alerts, ts)[0], 'the mention');
    expect(mention.text).toContain(`<@${CAST.tanaka.slackId}> アラートを確認してください`);
    expect(called(story, CHANNELS.alerts, ts)).toEqual([CAST.tanaka.slackId]);
    const runbook = await slack.until(
      () => slack.thread(CHANNELS.alerts, ts).find(({ text }) => text?.includes('📘')),
      'the runbook',
    );
    expect(runbook.text).toContain('レプリカラグ増大');
    await slack.until(
      () => JSON.stringify(slack.thread(CHANNELS.alerts, ts)[0]?.blocks).includes('alert.escalate'),
      'the incident to be joined',
    );
    await slack.press(CAST.tanaka.slackId, CHANNELS.alerts, mention.ts, 'alert.acknowledge');
    await slack.until(() => slack.thread(CHANNELS.alerts, ts)[0]?.text?.includes('確認済み'), 'the edited message');
    expect(pagerduty.incident(incident).status).toBe('acknowledged');
    expect(slack.thread(CHANNELS.alerts, ts)[0]?.text).toMatch(/^✅ 確認済み <@U0TANAKA> \d+:\d\d/);
    expect(JSON.stringify(slack.thread(CHANNELS.alerts, ts)[0]?.blocks)).not.toContain('alert.acknowledge');
  });
});
