/** What happens in PagerDuty is shown in Slack, by webhook at once and by poll within a minute, the same either way (A-11, E-02, G-01). */

import { buttonsOf, faultsOfSpeech, notified, TO_ROOM } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato, manager } = CAST;
jest.setTimeout(60_000);
const PRIORITY = 'PPRIORITY1';
const ALARM = 'prod-aurora-AuroraReplicaLag';
const SECOND = 1000;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = (options: StoryOptions = {}) => new Story({ extra: 'features: { runbooks: false }', ...options }).begin();
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const trigger = (title = ALARM) => story.pagerduty.trigger({ service: PAGER.service, title });
const own = () => story.slack.messages(CHANNELS.alerts).filter(({ bot_id: id }) => id === story.slack.identity.botId);
const ownMessage = () => story.slack.until(() => own()[0], "Toban's own message", { timeoutMs: 15_000 });
const events = () => story.logged('PagerDuty incident changed').map(({ event }) => event);

async function joinedAlert(options: StoryOptions): Promise<{ ts: string; incident: string }> {
  story = await begin(options);
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(ALARM));
  const incident = trigger();
  await story.slack.until(() => buttonsOf(replies(ts)[0]).includes('alert.escalate'), 'the incident joined');
  return { ts, incident };
}

/** Waits while the simulated time stays within `seconds`. */
async function within<T>(seconds: number, look: () => T | undefined | false, what: string): Promise<T> {
  const from = story.clock.now();
  const found = await story.slack.until(look, what, { timeoutMs: 20_000 });
  expect(story.clock.now() - from).toBeLessThanOrEqual(seconds * SECOND);
  return found;
}

describe('a webhook', () => {
  it('G-01 is refused with 401 where the signature is not ours, and says nothing', async () => {
    story = await begin({ webhooks: true });
    const { pagerduty } = story;
    pagerduty.loseWebhooks(true);
    // The poll would find it too.
    pagerduty.faults.add({ method: 'GET', path: /^\/incidents/, kind: 'http500' });
    trigger();
    const lost = pagerduty.webhooks[0];
    if (!lost) throw new Error('no webhook was made');
    const send = async (signature: string, body = lost.body) =>
      (
        await fetch(`http://127.0.0.1:${story.app?.port}/pagerduty/webhook`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-pagerduty-signature': signature },
          body,
        })
      ).status;
    expect(await send(`v1=${'0'.repeat(64)}`)).toBe(401);
    expect(await send('')).toBe(401);
    expect(await send(lost.signature, lost.body.replace(ALARM, 'something-else'))).toBe(401);
    expect(events()).toEqual([]);
    expect(own()).toEqual([]);
    expect(await send(lost.signature)).toBe(200);
    expect(events()).toEqual(['triggered']);
  });

  it('G-01 that comes twice changes nothing the second time', async () => {
    const { ts, incident } = await joinedAlert({
      webhooks: true,
      before: ({ pagerduty }) => pagerduty.duplicateWebhooks(true),
    });
    story.pagerduty.escalate(incident, 2);
    await story.slack.until(() => replies(ts).find(({ text }) => text.startsWith('⏫')), 'the escalation');
    story.pagerduty.acknowledge(incident, sato.pagerId);
    await story.slack.until(() => replies(ts)[0]?.text.includes('確認済み'), 'the acknowledgement');
    for (const { id } of story.pagerduty.webhooks) story.pagerduty.redeliverWebhook(id);
    story.pagerduty.resolve(incident);
    await story.slack.until(() => replies(ts)[2], 'the end');
    expect(replies(ts)).toHaveLength(3);
    expect(notified(story)).toEqual([tanaka.slackId, USER_GROUP]);
  });

  it('G-01 out of order leaves the newest state', async () => {
    const { ts, incident } = await joinedAlert({ webhooks: true });
    story.pagerduty.shuffleWebhooks(true);
    story.pagerduty.acknowledge(incident, sato.pagerId);
    story.clock.advance(SECOND);
    story.pagerduty.resolve(incident, sato.pagerId);
    story.pagerduty.shuffleWebhooks(false);
    await story.slack.until(() => replies(ts)[0]?.text.startsWith('✅ 復旧'), 'the end');
    story.clock.advance(70 * SECOND);
    await story.slack.until(() => true, 'a turn');
    expect(replies(ts)[0]?.text).toMatch(/^✅ 復旧/);
  });
});

describe('both doors', () => {
  /** The same day by one door: what was concluded, and what stood in Slack at its end. */
  async function day(webhooks: boolean) {
    const { ts, incident } = await joinedAlert({
      webhooks,
      flow: webhooks ? 4 : 12,
      before: ({ pagerduty }) => pagerduty.addPriority({ id: PRIORITY, name: 'P1' }),
    });
    const step = async (act: () => void, look: () => boolean | undefined, what: string) => {
      act();
      // Towards the next round of the poll.
      if (!webhooks) story.clock.advance(15 * SECOND);
      await within(webhooks ? 10 : 45, look, what);
    };
    const said = (part: string) => replies(ts).some(({ text }) => text.includes(part));
    const head = () => replies(ts)[0]?.text ?? '';
    const { pagerduty } = story;
    await step(
      () => pagerduty.escalate(incident, 2, manager.pagerId),
      () => said('1次→2次'),
      'level 2',
    );
    await step(
      () => pagerduty.reassign(incident, tanaka.pagerId, manager.pagerId),
      () => said('🔀'),
      'reassigned',
    );
    await step(
      () => {
        pagerduty.note(incident, sato.pagerId, '<!here> *DB*を見ています');
        pagerduty.setPriority(incident, PRIORITY);
      },
      () => said('📝') && replies(ts)[0]?.text.includes('優先度: P1'),
      'the note and the priority',
    );
    await step(
      () => pagerduty.acknowledge(incident, sato.pagerId),
      () => head().includes('確認済み'),
      'acknowledged',
    );
    await step(
      () => pagerduty.resolve(incident, sato.pagerId),
      () => head().startsWith('✅ 復旧'),
      'resolved',
    );
    await story.slack.until(() => replies(ts)[4], 'the closing line');
    const thread = replies(ts).map(({ text }) =>
      text.replace(/\d+:\d\d/g, 'TIME').replace(/（\d+[秒分][^）]*）/g, '（SPAN）'),
    );
    return { events: events(), thread, notified: notified(story) };
  }
  const days: Awaited<ReturnType<typeof day>>[] = [];

  it.each([
    ['webhook, within 10 s', true],
    ['poll, within a minute', false],
  ])('A-11 show what was done by phone, by %s', async (_door, webhooks) => {
    const seen = await day(webhooks);
    expect(seen.events).toEqual(['triggered', 'reassigned', 'reassigned', 'acknowledged', 'resolved']);
    expect(seen.thread.slice(1, 4)).toEqual([
      `⏫ <!subteam^${USER_GROUP}> 1次→2次: <@${manager.slackId}> がエスカレーション`,
      `🔀 <@${tanaka.slackId}> 担当になりました。アラートを確認してください（${manager.name} が変更）`,
      `📝 ${sato.name}: &lt;!here&gt; ∗DB∗を見ています`,
    ]);
    expect(seen.thread[0]).toMatch(/^✅ 復旧/);
    days.push(seen);
    // G-01: both doors come to the same events and the same messages.
    expect(seen).toEqual(days[0]);
  });
});

describe('escalation by PagerDuty itself', () => {
  it.each([true, false])('E-02 calls each new level once (webhooks: %s)', async (webhooks) => {
    const { ts } = await joinedAlert({ webhooks });
    const at = (minutes: number) => story.clock.advanceTo(Number(ts) * SECOND + minutes * 60 * SECOND + 5 * SECOND);
    const told = (part: string) => story.slack.until(() => replies(ts).find(({ text }) => text.includes(part)), part);
    at(5);
    const second = await told('1次→2次');
    expect(second.text).toMatch(
      new RegExp(`^⏫ 自動エスカレーション 1次→2次: <!subteam\\^${USER_GROUP}>（[56]分未確認）$`),
    );
    at(15);
    const third = await told('2次→3次');
    expect(third.text).toMatch(
      new RegExp(`^⏫ 自動エスカレーション 2次→3次: <@${manager.slackId}>（1[567]分未確認）$`),
    );
    at(20);
    await story.slack.until(() => true, 'a turn');
    expect(notified(story)).toEqual([tanaka.slackId, USER_GROUP, manager.slackId]);
  });

  it('E-02 sees the higher level though the first person stands on it too', async () => {
    story = await begin({
      webhooks: true,
      before: ({ pagerduty }) =>
        pagerduty.addEscalationPolicy({
          id: PAGER.policy,
          name: 'SRE',
          levels: [
            { timeoutMinutes: 5, targets: [{ user: tanaka.pagerId }] },
            { timeoutMinutes: 5, targets: [{ user: tanaka.pagerId }, { user: sato.pagerId }] },
          ],
        }),
    });
    const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(ALARM));
    const incident = trigger();
    await story.slack.until(() => buttonsOf(replies(ts)[0]).includes('alert.escalate'), 'the incident joined');
    story.pagerduty.escalate(incident, 2);
    await story.slack.until(() => replies(ts).find(({ text }) => text.includes('1次→2次')), 'level 2');
  });
});

describe('an incident that no message announced', () => {
  it("G-01 A-03 R-01 gets a message of Toban's own with the mention, working buttons and its runbook, once", async () => {
    story = await begin({ webhooks: true, extra: '' });
    const incident = trigger();
    const message = await ownMessage();
    expect(message.thread_ts).toBeUndefined();
    expect(message.text).toMatch(
      /^<@U0TANAKA> アラートを確認してください\n<https:\S+\|prod-aurora-AuroraReplicaLag>\nサービス: api ・ 緊急度: 高/,
    );
    expect(buttonsOf(message)).toEqual([
      'alert.acknowledge',
      'alert.escalate',
      'alert.help',
      'alert.resolve',
      'alert.work',
      ...TO_ROOM,
      'runbook.show',
    ]);
    const runbook = await story.slack.until(() => replies(message.ts)[0], 'the runbook');
    expect(runbook.text).toContain('📘 ランブック: レプリカラグ増大');
    await story.stopBot();
    await story.startBot();
    story.clock.advance(61 * SECOND);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, message.ts, 'alert.acknowledge');
    await story.slack.until(() => own()[0]?.text.includes('確認済み'), 'the acknowledgement');
    expect(story.pagerduty.incident(incident).acknowledgers).toEqual([tanaka.pagerId]);
    story.pagerduty.resolve(incident);
    const over = () => replies(message.ts).find(({ text }) => text.startsWith('✅'));
    const closing = await story.slack.until(over, 'the closing line');
    expect(closing.text).toMatch(/^✅ 復旧/);
    expect(own()).toHaveLength(1);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it("O-07 goes to its own team's channel and on-call", async () => {
    story = await begin({ webhooks: true });
    story.pagerduty.trigger({ service: PAGER.payService, title: '決済が失敗している' });
    const message = await story.slack.until(() => story.slack.messages(CHANNELS.alertsPay)[0], 'the message');
    expect(message.firstMentions).toEqual([CAST.ito.slackId]);
    expect(own()).toEqual([]);
  });

  it('G-01 is found by the poll alone', async () => {
    story = await begin();
    trigger();
    await within(60, () => own()[0], "Toban's own message");
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('A-07 says nothing of one that was over before anybody was called', async () => {
    story = await begin({ webhooks: true });
    const incident = trigger();
    await story.pagerduty.until(() => events().length === 1, 'the webhook');
    story.pagerduty.resolve(incident);
    await story.pagerduty.until(() => events().length === 2, 'the end');
    story.clock.advance(10 * SECOND);
    await story.slack.until(() => true, 'a turn');
    expect(own()).toEqual([]);
  });
});
