/** What a click does: in PagerDuty as the person who clicked, once, or nothing at all (A-03, E-02, E-03, E-06, E-08). */

import { buttonsOf, faultsOfSpeech, notified, TO_ROOM } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, NIGHT, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, sato, suzuki, guest } = CAST;
const ALARM = 'prod-api-5xx';
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const head = (ts: string) => replies(ts)[0];
const writes = () => story.pagerduty.calls.filter(({ method }) => method !== 'GET');
const whispers = (to: { slackId: string }) => story.slack.ephemerals.filter(({ user }) => user === to.slackId);
const whispered = (to: { slackId: string }, part: string) =>
  story.slack.until(() => whispers(to).find(({ text }) => text.includes(part)), `a whisper "${part}"`, {
    timeoutMs: 15_000,
  });
const press = (who: { slackId: string }, ts: string, action: string) =>
  story.slack.press(who.slackId, CHANNELS.alerts, head(ts)?.ts ?? '', action);
const edited = (ts: string, part: string) =>
  story.slack.until(() => head(ts)?.text.includes(part) && head(ts), `the message to say "${part}"`);

/** An alert in the channel, joined to its PagerDuty incident. */
async function joinedAlert(options: StoryOptions = {}): Promise<{ ts: string; incident: string }> {
  story = await new Story({ extra: 'features: { runbooks: false }', ...options }).begin();
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(ALARM));
  const incident = story.pagerduty.trigger({ service: PAGER.service, title: ALARM });
  await story.slack.until(() => buttonsOf(head(ts)).includes('alert.escalate'), 'the incident joined');
  story.pagerduty.clearCalls();
  return { ts, incident };
}

async function aloneAlert(options: StoryOptions = {}): Promise<string> {
  story = await new Story({ extra: 'features: { runbooks: false }', ...options }).begin();
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(ALARM));
  await story.slack.until(() => head(ts), 'the mention');
  return ts;
}

describe('確認 (Ack)', () => {
  it('A-03 E-08 acknowledges as the person who clicked, shows who and how soon, and takes the button away', async () => {
    const { ts, incident } = await joinedAlert();
    story.clock.advanceTo(Number(ts) * 1000 + 41_500);
    await press(tanaka, ts, 'alert.acknowledge');
    const after = await edited(ts, '確認済み');
    expect(after.text).toMatch(/^✅ 確認済み <@U0TANAKA> (?:0:4[1-9]|0:5\d|1:\d\d)\n/);
    expect(buttonsOf(after)).toEqual(['alert.escalate', 'alert.help', 'alert.resolve', 'alert.work', ...TO_ROOM]);
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
    expect(writes().map(({ method, headers }) => [method, headers['from']])).toEqual([['PUT', tanaka.email]]);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('A-03 lets somebody else of the team take it, as themselves', async () => {
    const { ts } = await joinedAlert();
    await press(suzuki, ts, 'alert.acknowledge');
    const after = await edited(ts, `確認済み <@${suzuki.slackId}>`);
    expect(JSON.stringify(after.blocks)).toContain(`呼び出し: <@${tanaka.slackId}>`);
    expect(writes().map(({ headers }) => headers['from'])).toEqual([suzuki.email]);
  });

  it('A-03 records it in Toban alone where there is no incident, says so, and offers no escalation', async () => {
    const ts = await aloneAlert();
    expect(buttonsOf(head(ts))).toEqual(['alert.acknowledge', 'alert.help', ...TO_ROOM]);
    await press(guest, ts, 'alert.acknowledge');
    const after = await edited(ts, '確認済み');
    expect(after.text).toContain('Tobanに記録しました。PagerDutyのインシデントはありません');
    expect(buttonsOf(after)).toEqual(['alert.help', ...TO_ROOM]);
    expect(writes()).toEqual([]);
  });

  it('A-03 brings the button back when an incident turns up after all: PagerDuty is still calling', async () => {
    const ts = await aloneAlert({ webhooks: true });
    await press(tanaka, ts, 'alert.acknowledge');
    await edited(ts, '確認済み');
    const incident = story.pagerduty.trigger({ service: PAGER.service, title: ALARM });
    await story.slack.until(() => buttonsOf(head(ts)).includes('alert.acknowledge'), 'the button');
    await press(tanaka, ts, 'alert.acknowledge');
    await edited(ts, '確認済み');
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('E-08 refuses whoever has no PagerDuty account, and changes nothing', async () => {
    const { ts, incident } = await joinedAlert();
    await press(guest, ts, 'alert.acknowledge');
    await whispered(guest, 'PagerDutyアカウントが見つかりません。何も変更していません。');
    expect(story.pagerduty.incident(incident).status).toBe('triggered');
    expect(writes()).toEqual([]);
    expect(head(ts)?.text).toContain('アラートを確認してください');
    expect(buttonsOf(head(ts))).toContain('alert.acknowledge');
  });

  it('H-12 E-08 acts as the account that the people table names', async () => {
    const extra = `features: { runbooks: false }\npeople: { "${sato.email}": ${guest.slackId} }`;
    const { ts } = await joinedAlert({ extra });
    await press(guest, ts, 'alert.acknowledge');
    await edited(ts, `確認済み <@${guest.slackId}>`);
    expect(writes().map(({ headers }) => headers['from'])).toEqual([sato.email]);
  });

  it('E-06 makes two presses in a second one call, and tells the second', async () => {
    const { ts } = await joinedAlert();
    await Promise.all([press(tanaka, ts, 'alert.acknowledge'), press(suzuki, ts, 'alert.acknowledge')]);
    await edited(ts, '確認済み');
    await story.slack.until(() => story.slack.ephemerals.length > 0, 'the second to be told');
    expect(story.slack.ephemerals.map(({ text }) => text).join()).toMatch(
      /^すでに(?:実行済みです。| <@U0\w+> が確認しています。)$/,
    );
    expect(writes()).toHaveLength(1);
  });

  it('A-03 tells of an acknowledgement in the PagerDuty app that was not seen yet', async () => {
    const { ts, incident } = await joinedAlert();
    story.pagerduty.acknowledge(incident, sato.pagerId);
    await press(tanaka, ts, 'alert.acknowledge').catch(() => {});
    const after = await edited(ts, '確認済み');
    expect(after.text).toContain(`確認済み <@${sato.slackId}>`);
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
  });

  it('A-03 says what to do when PagerDuty is down, and records nothing', async () => {
    const { ts, incident } = await joinedAlert();
    story.pagerduty.down(true);
    await press(tanaka, ts, 'alert.acknowledge');
    await whispered(tanaka, 'PagerDutyが応答しません。');
    story.pagerduty.down(false);
    expect(head(ts)?.text).toContain('アラートを確認してください');
    expect(story.pagerduty.incident(incident).status).toBe('triggered');
    await press(tanaka, ts, 'alert.acknowledge');
    await edited(ts, '確認済み');
  });
});

describe('エスカレーション', () => {
  const form = (who: { slackId: string }) =>
    story.slack.until(() => story.slack.views(who.slackId).find(({ submit }) => submit), 'the filled form', {
      timeoutMs: 15_000,
    });
  const refusal = (who: { slackId: string }, part: string) =>
    story.slack.until(() => JSON.stringify(story.slack.views(who.slackId)).includes(part), `the form to say ${part}`);
  const told = (ts: string) =>
    story.slack.until(() => replies(ts).find(({ text }) => text.startsWith('⏫')), 'the escalation in the thread');

  it('E-03 O-04 opens at once though PagerDuty takes 4 s, calls the next level, and leaves the reason in both', async () => {
    const { ts, incident } = await joinedAlert();
    const calm = story.pagerduty.faults.add({ path: /./, kind: 'slow', delayMs: 4000 });
    const opened = await press(tanaka, ts, 'alert.escalate');
    expect(opened.ackedAfterMs).toBeLessThan(3000);
    await refusal(tanaka, 'PagerDutyを確認しています…');
    const view = await form(tanaka);
    calm();
    expect(JSON.stringify(view.blocks)).toContain('2次（佐藤 花、鈴木 葵）を呼び出します。');
    await story.slack.submitView(tanaka.slackId, view.id, { reason: '権限がない' });
    const message = await told(ts);
    expect(message.text).toBe(
      `⏫ <!subteam^${USER_GROUP}> 1次→2次: <@${tanaka.slackId}> がエスカレーション（理由: 権限がない）`,
    );
    expect(story.pagerduty.incident(incident).assignees).toEqual([sato.pagerId, suzuki.pagerId]);
    await story.pagerduty.until(() => writes().length === 2, 'the note');
    expect(writes().map(({ headers }) => headers['from'])).toEqual([tanaka.email, tanaka.email]);
    expect(JSON.stringify(writes()[1]?.body)).toContain('Slackからエスカレーション: 権限がない');
    story.clock.advance(90_000);
    await story.slack.until(() => true, 'a turn');
    expect(notified(story).filter((id) => id === USER_GROUP)).toHaveLength(1);
  });

  it('E-03 goes up level by level, and says so at the top', async () => {
    const { ts, incident } = await joinedAlert();
    for (const level of [2, 3]) {
      await press(tanaka, ts, 'alert.escalate');
      const view = await form(tanaka);
      expect(JSON.stringify(view.blocks)).toContain(`${level}次（`);
      await story.slack.submitView(tanaka.slackId, view.id);
      await story.slack.until(() => replies(ts).some(({ text }) => text.includes(`→${level}次`)), `level ${level}`);
    }
    expect(story.pagerduty.incident(incident).assignees).toEqual([CAST.manager.pagerId]);
    await press(tanaka, ts, 'alert.escalate');
    await refusal(tanaka, 'これより上のレベルはありません。');
  });

  it('E-03 E-08 refuses in the form whoever has no account', async () => {
    const { ts } = await joinedAlert();
    await press(guest, ts, 'alert.escalate');
    await refusal(guest, 'PagerDutyアカウントが見つかりません。');
    expect(writes()).toEqual([]);
  });

  it('E-06 tells the second of two people that it is done already', async () => {
    const { ts } = await joinedAlert();
    await press(tanaka, ts, 'alert.escalate');
    const first = await form(tanaka);
    await press(sato, ts, 'alert.escalate');
    const second = await form(sato);
    await story.slack.submitView(tanaka.slackId, first.id);
    await told(ts);
    await story.slack.submitView(sato.slackId, second.id);
    await whispered(sato, 'すでに実行済みです。');
    expect(writes().filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('A-10 E-03 escalates to a level that was mentioned for want of the first in Slack', async () => {
    const { ts, incident } = await joinedAlert({
      before: ({ slack }) => slack.updateUser(tanaka.slackId, { deleted: true }),
    });
    expect(head(ts)?.text).toContain(
      `<!subteam^${USER_GROUP}> アラートを確認してください ・ 1次 田中 健 はSlack未連携`,
    );
    await press(sato, ts, 'alert.escalate');
    const view = await form(sato);
    expect(JSON.stringify(view.blocks)).toContain('2次（');
    await story.slack.submitView(sato.slackId, view.id);
    expect((await told(ts)).text).toContain('1次→2次');
    expect(story.pagerduty.incident(incident).assignees).toEqual([sato.pagerId, suzuki.pagerId]);
  });
});

describe('解決', () => {
  it('A-07 asks first, resolves as the person, and closes the thread without a mention', async () => {
    const { ts, incident } = await joinedAlert();
    story.clock.advanceTo(NIGHT + 21 * 60_000);
    await press(tanaka, ts, 'alert.acknowledge');
    await edited(ts, '確認済み');
    const buttons = JSON.stringify(head(ts)?.blocks);
    expect(buttons).toContain('PagerDutyのインシデントを解決します。');
    const before = notified(story).length;
    await press(tanaka, ts, 'alert.resolve');
    const thread = () => replies(ts).slice(1);
    const closing = await story.slack.until(() => thread().find(({ text }) => text.startsWith('✅ 復旧')), 'the end');
    expect(closing.text).toMatch(/^✅ 復旧 02:3[12]（2[12]分）$/);
    expect(closing.firstMentions).toEqual([]);
    expect(story.pagerduty.incident(incident).status).toBe('resolved');
    expect((await edited(ts, '復旧')).text).toMatch(/^✅ 復旧 02:3/);
    expect(buttonsOf(head(ts))).toEqual([]);
    expect(notified(story)).toHaveLength(before);
    expect(writes().at(-1)?.headers['from']).toBe(tanaka.email);
  });
});
