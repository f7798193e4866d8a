/** Whom an alert calls at which hour, and what can wait until morning. */

import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka } = CAST;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const OFFHOURS = `
teams:
  sre:
    escalation_policy: ${PAGER.policy}
    service: ${PAGER.service}
    user_group: ${USER_GROUP}
    alert_channels: [{ channel: alerts, mention: offhours }, { channel: alerts-pay }]`;
const tokyo = (time: string) => Date.parse(`${time}+09:00`);
const replies = (ts: string, channel: string = CHANNELS.alerts) => story.slack.thread(channel, ts);
const moons = (ts: string) =>
  (story.slack.message(CHANNELS.alerts, ts)?.reactions ?? []).filter(({ name }) => name === 'crescent_moon');
const begin = async (at: string, options: StoryOptions = {}) => {
  const extra = `features: { runbooks: false }\n${options.extra ?? ''}`;
  story = await new Story({ flow: 1, teams: OFFHOURS, at: tokyo(at), ...options, extra }).begin();
};
/** Whom the first message of an alert posted now calls. */
const calledNow = async (alarm: string, channel: string = CHANNELS.alerts) => {
  const ts = story.slack.postAsApp(channel, cloudwatch(alarm));
  const reply = await story.slack.until(() => replies(ts, channel)[0], `the message of ${alarm}`);
  return reply.firstMentions;
};
/** As Alertmanager posts it. */
const warning = (name: string, severity = 'warning') => ({
  appId: 'AAM',
  botId: 'BAM',
  username: 'Alertmanager',
  text: `[FIRING:1] ${name}\nseverity: ${severity}`,
});

describe('a channel with mention: offhours', () => {
  it('A-02 calls the group from 10:00:00, and the person up to 09:59:59', async () => {
    await begin('2026-11-24T09:59:20');
    expect(await calledNow('before-ten')).toEqual([expect.stringMatching(/^U/)]);
    expect(story.clock.now()).toBeLessThan(tokyo('2026-11-24T10:00:00'));
    story.clock.advanceTo(tokyo('2026-11-24T10:00:00'));
    expect(await calledNow('at-ten')).toEqual([USER_GROUP]);
    story.clock.advanceTo(tokyo('2026-11-24T14:00:00'));
    expect(await calledNow('afternoon')).toEqual([USER_GROUP]);
    // A channel of the default calls the person at every hour.
    expect(await calledNow('other-channel', CHANNELS.alertsPay)).toEqual([expect.stringMatching(/^U/)]);
    story.clock.advanceTo(tokyo('2026-11-24T19:00:00'));
    expect(await calledNow('at-seven')).toEqual([expect.stringMatching(/^U/)]);
  });

  it.each([
    ['a national holiday', '2026-11-23T14:00:00', ''],
    ['a Saturday', '2026-11-28T14:00:00', ''],
    ["a company's day off", '2026-12-29T14:00:00', 'holidays: { add: ["2026-12-29/2027-01-03"] }'],
  ])('A-02 J-08 calls the person on %s', async (_what, at, extra) => {
    await begin(at, { extra });
    const [called, ...more] = await calledNow('holiday');
    expect(called).toMatch(/^U/);
    expect(more).toEqual([]);
  });

  it('A-02 A-04 reminds the on-call where the group was called and nobody took it', async () => {
    await begin('2026-11-24T14:00:00', { reminders: true });
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('day'));
    await story.slack.until(() => replies(ts)[0], 'the mention');
    story.clock.advance(61_000);
    await story.slack.until(() => replies(ts).some(({ text }) => text.includes('未確認です')), 'the reminder');
    expect(notified(story)).toEqual([USER_GROUP, tanaka.slackId]);
  });
});

describe('an alert of low urgency', () => {
  it('A-08 has a 🌙 and nothing else at night, and calls whoever is on call once it turns out to be urgent', async () => {
    await begin('2026-11-24T03:00:00', { webhooks: true, reminders: true });
    const ts = story.slack.postAsApp(CHANNELS.alerts, warning('disk-warn'));
    await story.slack.until(() => moons(ts).length > 0, 'the moon');
    const graver = story.slack.postAsApp(CHANNELS.alerts, warning('queue-length'));
    await story.slack.until(() => moons(graver).length > 0, 'the second moon');
    story.clock.advance(200_000);
    story.slack.postAsApp(CHANNELS.alerts, cloudwatch('night'));
    await story.slack.until(() => notified(story).length > 0, 'the alert that cannot wait');
    expect([...replies(ts), ...replies(graver)]).toEqual([]);
    expect(notified(story)).toEqual([tanaka.slackId]);
    story.pagerduty.trigger({ service: PAGER.service, title: 'disk-warn', urgency: 'high' });
    const woken = await story.slack.until(() => replies(ts)[0], 'the mention after all');
    expect(woken.text).toMatch(new RegExp(`^<@${tanaka.slackId}> アラートを確認してください\n`));
    story.slack.postAsApp(CHANNELS.alerts, warning('queue-length', 'critical'));
    expect((await story.slack.until(() => replies(graver)[0], 'the graver one')).firstMentions).toEqual([
      tanaka.slackId,
    ]);
  });

  it('A-08 Q-08 is listed in the hand-over at 10:00, with its link', async () => {
    await begin('2026-11-24T09:58:00', { extra: 'handover: { channel: engineers }' });
    const ts = story.slack.postAsApp(CHANNELS.alerts, warning('disk-warn'));
    await story.slack.until(() => moons(ts).length > 0, 'the moon');
    story.clock.advanceTo(tokyo('2026-11-24T10:00:01'));
    const post = await story.slack.until(
      () => story.slack.history(CHANNELS.engineers).find(({ text }) => text.includes('disk-warn')),
      'the hand-over',
      { timeoutMs: 30_000 },
    );
    expect(post.text).toMatch(/🌙[^\n]*1件[^\n]*disk-warn/);
  });

  it("A-08 takes PagerDuty's word before the alert's own", async () => {
    await begin('2026-11-24T03:00:00', { webhooks: true });
    story.pagerduty.trigger({ service: PAGER.service, title: 'batch-slow', urgency: 'low' });
    // Nobody posted it: Toban does, and calls nobody.
    const own = await story.slack.until(
      () => story.slack.history(CHANNELS.alerts).find(({ text }) => text.includes('batch-slow')),
      "Toban's own message",
      { timeoutMs: 15_000 },
    );
    expect(own.text).toMatch(/^🌙 緊急度の低いアラートです/);
    expect(buttonsOf(own)).toContain('alert.acknowledge');
    expect(notified(story)).toEqual([]);
    const later = story.pagerduty.trigger({ service: PAGER.service, title: 'disk-usage-of-db-1', urgency: 'low' });
    await story.slack.until(
      () => story.logged('PagerDuty incident changed').some(({ incident }) => incident === later),
      'the webhook',
    );
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('disk-usage-of-db-1'));
    await story.slack.until(() => moons(ts).length > 0, 'the moon');
    expect(replies(ts)).toEqual([]);
    expect(notified(story)).toEqual([]);
  });

  it('A-08 calls no person in business hours, and nobody is reminded', async () => {
    await begin('2026-11-24T14:00:00', { reminders: true });
    const group = story.slack.postAsApp(CHANNELS.alerts, warning('disk-warn'));
    const none = story.slack.postAsApp(CHANNELS.alertsPay, warning('queue-warn'));
    await story.slack.until(() => replies(group)[0], 'the message');
    const message = await story.slack.until(() => replies(none, CHANNELS.alertsPay)[0], 'the other message');
    expect(message.text).toMatch(/^🌙 緊急度の低いアラートです/);
    story.clock.advance(400_000);
    const after = story.slack.postAsApp(CHANNELS.alertsPay, cloudwatch('after'));
    await story.slack.until(() => replies(after, CHANNELS.alertsPay)[0], 'a later alert');
    expect(notified(story)).toEqual([USER_GROUP, tanaka.slackId]);
  });
});
