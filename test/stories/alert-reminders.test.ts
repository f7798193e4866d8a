/** An alert that nobody takes is told of again, until somebody acknowledges it anywhere. */

import { faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato, guest } = CAST;
const ALARM = 'prod-api-5xx';
const MINUTE = 60_000;
const POST = 'chat.postMessage';
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const replies = (ts: string, channel: string = CHANNELS.alerts) => story.slack.thread(channel, ts);
const reminders = (ts: string, channel?: string) =>
  replies(ts, channel).filter(({ text }) => text.includes('未確認です'));
const remindedTimes = (ts: string, count: number, channel?: string) =>
  story.slack.until(() => reminders(ts, channel).length >= count, `reminder ${count}`);
const said = (ts: string, part: string) =>
  story.slack.until(() => replies(ts).find(({ text }) => text.includes(part)), `"${part}" in the thread`);
/** Lets everything that is due at this moment happen. */
const settle = async () => {
  const polls = () => story.pagerduty.calls.filter(({ path }) => path.endsWith('/incidents')).length;
  const before = polls();
  story.clock.advance(31_000);
  await story.pagerduty.until(() => polls() > before, 'the next look at PagerDuty');
};
const advanceTo = (ts: string, milliseconds: number) =>
  story.clock.advanceTo(Math.max(story.clock.now(), Number(ts) * 1000 + milliseconds));

async function alert(options: StoryOptions = {}, channel: string = CHANNELS.alerts): Promise<string> {
  // Time stands still but for what the story moves and its own short waits.
  story = await new Story({
    flow: 2,
    reminders: true,
    ...options,
    extra: `features: { runbooks: false }\n${options.extra ?? ''}`,
  }).begin();
  const ts = story.slack.postAsApp(channel, cloudwatch(ALARM));
  await story.slack.until(() => replies(ts, channel)[0], 'the mention');
  return ts;
}

async function joined(options: StoryOptions = {}): Promise<{ ts: string; incident: string }> {
  const ts = await alert({ webhooks: true, ...options });
  const incident = story.pagerduty.trigger({ service: PAGER.service, title: ALARM });
  await said(ts, 'PagerDuty #');
  return { ts, incident };
}

describe('a reminder', () => {
  it('A-04 comes after 1, 3 and 5 minutes to the on-call, and then no more', async () => {
    const ts = await alert();
    for (const [count, minutes] of [1, 3, 5].entries()) {
      advanceTo(ts, minutes * MINUTE + 1000);
      await remindedTimes(ts, count + 1);
    }
    expect(reminders(ts).map(({ text }) => text)).toEqual(
      [1, 3, 5].map((minutes) => `⏰ <@${tanaka.slackId}> 未確認です（${minutes}分経過）`),
    );
    advanceTo(ts, 30 * MINUTE);
    await settle();
    expect(reminders(ts)).toHaveLength(3);
    expect(notified(story)).toEqual([tanaka.slackId, tanaka.slackId, tanaka.slackId, tanaka.slackId]);
  });

  it('A-04 does not come where somebody acknowledged on the phone one second before, with no webhook', async () => {
    const { ts, incident } = await joined({ webhooks: false, extra: 'pagerduty: { poll: 1h }' });
    advanceTo(ts, MINUTE - 1000);
    story.pagerduty.acknowledge(incident, sato.pagerId);
    advanceTo(ts, MINUTE + 1000);
    const head = await said(ts, '✅ 確認済み');
    expect(head.text).toContain(`<@${sato.slackId}>`);
    advanceTo(ts, 10 * MINUTE);
    await story.slack.until(() => story.clock.now() > Number(ts) * 1000 + 10 * MINUTE + 100, 'a moment');
    expect(reminders(ts)).toEqual([]);
  });

  it('A-04 stops at once on the button, and begins again when PagerDuty takes the acknowledgement back', async () => {
    const { ts, incident } = await joined();
    advanceTo(ts, MINUTE + 1000);
    await remindedTimes(ts, 1);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, replies(ts)[0]?.ts ?? '', 'alert.acknowledge');
    await said(ts, '✅ 確認済み');
    advanceTo(ts, 6 * MINUTE);
    await settle();
    expect(reminders(ts)).toHaveLength(1);
    story.pagerduty.snooze(incident, 60, tanaka.pagerId);
    story.clock.advance(61_000);
    await said(ts, 'アラートを確認してください');
    story.clock.advance(61_000);
    await remindedTimes(ts, 2);
  });

  it('A-04 does not come after the acknowledgement where Slack refused it before', async () => {
    const { ts } = await joined();
    const refused = () => story.slack.calls.filter(({ method, outcome }) => method === POST && outcome !== 'ok').length;
    const calm = story.slack.faults.add({ method: POST, kind: 'error', error: 'not_in_channel', times: 99 });
    advanceTo(ts, MINUTE + 1000);
    await story.slack.until(() => refused() > 0, 'the refusal');
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, replies(ts)[0]?.ts ?? '', 'alert.acknowledge');
    await said(ts, '✅ 確認済み');
    calm();
    advanceTo(ts, 15 * MINUTE);
    await settle();
    expect(reminders(ts)).toEqual([]);
  });

  it('A-04 comes though PagerDuty does not answer, and once though Toban was stopped when it was due', async () => {
    const ts = await alert();
    story.pagerduty.down(true);
    advanceTo(ts, MINUTE + 1000);
    await remindedTimes(ts, 1);
    await story.stopBot();
    advanceTo(ts, 6 * MINUTE);
    story.pagerduty.down(false);
    await story.startBot();
    await remindedTimes(ts, 2);
    expect(reminders(ts)[1]?.text).toMatch(/（[67]分経過）$/);
    await settle();
    expect(reminders(ts)).toHaveLength(2);
  });

  it('A-04 is dropped where it is too late to help, and where an alert is over', async () => {
    const ts = await alert({ extra: 'alerts: { remind_within: 10m }' });
    const over = story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-db-cpu'));
    await story.slack.until(() => replies(over)[0], 'the second mention');
    story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-db-cpu', 'OK'));
    await said(over, '✅ 復旧');
    await story.stopBot();
    advanceTo(ts, 20 * MINUTE);
    await story.startBot();
    await settle();
    expect([...reminders(ts), ...reminders(over)]).toEqual([]);
  });

  it('A-04 goes to the level that was called last, and not to one that was told just now', async () => {
    const { ts, incident } = await joined({ extra: 'alerts: { remind_after: [130s, 4m] }' });
    advanceTo(ts, 2 * MINUTE);
    story.pagerduty.escalate(incident, 2, tanaka.pagerId);
    await said(ts, '⏫');
    advanceTo(ts, 131_000);
    await settle();
    expect(reminders(ts)).toEqual([]);
    advanceTo(ts, 4 * MINUTE + 1000);
    await remindedTimes(ts, 1);
    expect(reminders(ts)[0]?.text).toContain(`<!subteam^${USER_GROUP}> 未確認です`);
  });

  it('A-04 A-11 goes to whoever was given it by name, who alone was called, and not just after that', async () => {
    const { ts, incident } = await joined({ extra: 'alerts: { remind_after: [130s, 4m] }' });
    advanceTo(ts, 2 * MINUTE);
    story.pagerduty.reassign(incident, sato.pagerId, tanaka.pagerId);
    await said(ts, '🔀');
    advanceTo(ts, 131_000);
    await settle();
    expect(reminders(ts)).toEqual([]);
    advanceTo(ts, 4 * MINUTE + 1000);
    await remindedTimes(ts, 1);
    expect(reminders(ts)[0]?.text).toContain(`<@${sato.slackId}> 未確認です`);
    expect(replies(ts).filter(({ text }) => text.includes('⏫'))).toEqual([]);
    expect(notified(story)).toEqual([tanaka.slackId, sato.slackId, sato.slackId]);
  });

  it("A-04 keeps each channel's own intervals, an empty list being none", async () => {
    const teams = `
teams:
  sre:
    escalation_policy: ${PAGER.policy}
    alert_channels: [{ channel: alerts, remind_after: [] }, { channel: alerts-pay, remind_after: [30s] }]`;
    const ts = await alert({ teams });
    const other = story.slack.postAsApp(CHANNELS.alertsPay, cloudwatch('pay-api'));
    await story.slack.until(() => replies(other, CHANNELS.alertsPay)[0], 'the second mention');
    advanceTo(other, 31_000);
    await remindedTimes(other, 1, CHANNELS.alertsPay);
    advanceTo(ts, 6 * MINUTE);
    await settle();
    expect(reminders(ts)).toEqual([]);
    expect(reminders(other, CHANNELS.alertsPay)).toHaveLength(1);
  });
});

describe('words in the thread', () => {
  it('A-04 are shown, and are no acknowledgement', async () => {
    const ts = await alert();
    story.slack.postAsUser(CHANNELS.alerts, guest.slackId, 'いま見ています', { threadTs: ts });
    const shown = await story.slack.until(
      () => JSON.stringify(replies(ts)[0]?.blocks).includes('が返信') && replies(ts)[0],
      'the reply in the message',
    );
    expect(JSON.stringify(shown.blocks)).toMatch(
      new RegExp(`💬 <@${guest.slackId}> が返信（02:1\\d）。確認はまだです`),
    );
    advanceTo(ts, MINUTE + 1000);
    await remindedTimes(ts, 1);
    expect(notified(story)).toEqual([tanaka.slackId, tanaka.slackId]);
  });
});
