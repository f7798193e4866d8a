/** A flood of alerts: a few mentions, then one living message in which every other alert is listed. */

import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, called, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

jest.setTimeout(60_000);
const SOON = { timeoutMs: 20_000 };
const SECOND = 1000;
const { alerts } = CHANNELS;
const TANAKA = CAST.tanaka.slackId;
const TANAKA_IN_PAGERDUTY = CAST.tanaka.pagerId;
const BUDGET = 'alerts: { mention_budget: { channel: 3, person: 5 } }\nfeatures: { runbooks: false }';

let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

async function begin(options: StoryOptions = {}): Promise<void> {
  story = await new Story({ extra: BUDGET, ...options }).begin();
}

const nameOf = (index: number) => `disk-full-${String(index).padStart(3, '0')}`;

function fire(name: string, severity: 'ERROR' | 'CRITICAL' = 'ERROR'): string {
  const text = `[${severity}] ${name}`;
  return story.slack.postAsApp(alerts, { appId: 'AMONITOR', botId: 'BMONITOR', username: 'monitor', text });
}

const own = () => story.slack.messages(alerts).filter(({ bot_id: id }) => id === story.slack.identity.botId);
const parent = () => own().find(({ text }) => /⚡|🏁/.test(text));
const listed = () => {
  const root = parent();
  if (!root) return '';
  return JSON.stringify(story.slack.thread(alerts, root.ts).map(({ blocks }) => blocks));
};
/** Mentioned itself, or listed in a message that mentioned. */
const accounted = (ts: string, name: string) => called(story, alerts, ts).length > 0 || listed().includes(name);

describe('a flood of alerts', () => {
  it('A-01 A-06 mentions a few, gathers the rest in one living message that lists them all, and tells its end', async () => {
    await begin({ flow: 3 });
    const fired = Array.from({ length: 60 }, (_, index) => ({ name: nameOf(index), ts: fire(nameOf(index)) }));
    const first = fired[0]?.ts ?? '';
    await story.slack.until(() => called(story, alerts, first).length > 0, 'the first mention', SOON);
    // The bench times it; here the machine is shared.
    expect(parent()).toBeUndefined();
    await story.slack.until(() => fired.every(({ name, ts }) => accounted(ts, name)), 'every alert', SOON);
    expect(parent()?.firstMentions).toEqual([TANAKA]);
    expect(notified(story)).toEqual(Array.from({ length: 4 }, () => TANAKA));
    await story.slack.until(() => parent()?.text.includes('57件'), 'the count', SOON);
    expect(parent()?.text).toContain(`• 57件 ${nameOf(3)}`);
    // A restart changes nothing, and the storm goes on.
    await story.stopBot();
    await story.startBot();
    const late = fire(nameOf(60));
    await story.slack.until(() => accounted(late, nameOf(60)), 'one more', SOON);
    await story.slack.until(() => parent()?.text.includes('58件'), 'the count', SOON);
    story.clock.advance(6 * 60 * SECOND);
    await story.slack.until(() => parent()?.text.startsWith('🏁'), 'the end', SOON);
    await story.slack.until(
      () => story.slack.thread(alerts, parent()?.ts ?? '').some(({ text }) => text.startsWith('🏁')),
      'the line',
      SOON,
    );
    // Three alerts of their own, the storm, and its three reminders.
    const reminders = story.slack.thread(alerts, parent()?.ts ?? '').filter(({ text }) => text.startsWith('⏰'));
    expect(reminders.map(({ firstMentions }) => firstMentions)).toEqual([[TANAKA]]);
  });

  it('E-07 A-06 says once that nobody acknowledged on any level, for all of its alerts', async () => {
    const rules = 'remind_after: [], exhausted_after: 5m, mention_budget: { channel: 1, person: 9 }';
    const extra = `alerts: { ${rules} }\nfeatures: { runbooks: false }\nhandover: { channel: engineers }`;
    await begin({ extra, webhooks: true });
    fire('the-first');
    await story.slack.until(() => notified(story).length === 1, 'the first mention', SOON);
    const names = ['checkout-latency-high', 'search-index-stale'];
    const fired = names.map((name) => ({ name, ts: fire(name) }));
    await story.slack.until(() => fired.every(({ name, ts }) => accounted(ts, name)), 'every alert', SOON);
    const incidents = names.map((title) => story.pagerduty.trigger({ service: PAGER.service, title }));
    const changes = (event: string) =>
      story.logged('PagerDuty incident changed').filter((line) => line['event'] === event);
    await story.pagerduty.until(() => changes('triggered').length === 2, 'both incidents', SOON);
    for (const incident of incidents) story.pagerduty.escalate(incident, 3, TANAKA_IN_PAGERDUTY);
    await story.pagerduty.until(() => changes('reassigned').length === 2, 'both escalations', SOON);
    const exhausted = () => story.logged('nobody acknowledged on any level').length;
    for (let minute = 0; minute < 8 && exhausted() < 2; minute += 1) {
      story.clock.advance(60 * SECOND);
      const before = story.clock.now();
      await story.slack.until(() => exhausted() >= 2 || story.clock.now() > before + 2 * SECOND, 'a moment', SOON);
    }
    expect(exhausted()).toBe(2);
    const loud = () => story.slack.messages(CHANNELS.engineers).filter(({ text }) => text.includes('全レベル未確認'));
    await story.slack.until(() => loud().length > 0, 'the call', SOON);
    expect(loud()).toHaveLength(1);
  });

  it('A-06 lets a graver alert through, and calls once in the thread for those that fire again graver', async () => {
    await begin({ extra: BUDGET.replace('alerts: {', 'alerts: { remind_after: [],') });
    for (let index = 0; index < 6; index++) fire(nameOf(index));
    await story.slack.until(() => parent(), 'the message', SOON);
    const grave = fire('payments-down', 'CRITICAL');
    await story.slack.until(() => called(story, alerts, grave).length > 0, 'its own mention', SOON);
    fire(nameOf(4), 'CRITICAL');
    fire(nameOf(5), 'CRITICAL');
    const risen = () => story.slack.thread(alerts, parent()?.ts ?? '').find(({ text }) => text.startsWith('🔺'));
    expect((await story.slack.until(risen, 'the call', SOON)).firstMentions).toEqual([TANAKA]);
    expect(notified(story)).toHaveLength(3 + 1 + 1 + 1);
  });

  it('A-03 A-04 is acknowledged with one click, and reminds again of what joins after that', async () => {
    await begin({ flow: 2, reminders: true });
    const errors = Array.from({ length: 6 }, (_, index) => fire(nameOf(index)));
    const all = (fired: readonly string[], from: number) => () =>
      fired.every((ts, index) => accounted(ts, nameOf(from + index)));
    await story.slack.until(all(errors, 0), 'every alert', SOON);
    const incident = story.pagerduty.trigger({ service: PAGER.service, title: nameOf(5) });
    const offered = () => buttonsOf(parent()).includes('alert.acknowledge_storm');
    await story.slack.until(offered, 'the button', SOON);
    await story.slack.press(TANAKA, alerts, parent()?.ts ?? '', 'alert.acknowledge_storm');
    const told = () => story.slack.ephemerals.find(({ text }) => text.includes('確認しました'));
    expect((await story.slack.until(told, 'the count', SOON)).text).toBe('✅ 3件を確認しました');
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
    story.clock.advance(11 * SECOND);
    await story.slack.until(() => !offered(), 'the state', SOON);
    expect(JSON.stringify(parent()?.blocks)).toContain(`最終確認 <@${TANAKA}> 02:1`);
    const reminders = () => story.slack.thread(alerts, parent()?.ts ?? '').filter(({ text }) => text.startsWith('⏰'));
    const { length: before } = reminders();
    // The last of them at the latest joins the storm, however slowly this machine goes.
    const later = [10, 11, 12, 13].map((index) => fire(nameOf(index)));
    await story.slack.until(all(later, 10), 'the later ones', SOON);
    await story.slack.until(() => listed().includes(nameOf(13)), 'the list', SOON);
    story.clock.advance(62 * SECOND);
    await story.slack.until(() => reminders().length > before, 'the reminder', SOON);
  });
});
