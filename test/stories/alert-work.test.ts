/** The rest of the work on an alert from its message: help, a person, take, reassign, snooze, note (E-03, E-05, E-06, E-08). */

import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story, USER_GROUP } from '../support/story.ts';

const { tanaka, sato, suzuki, manager, guest } = CAST;
let story: Story;
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const head = (ts: string) => replies(ts)[0];
const writes = () => story.pagerduty.calls.filter(({ method }) => method !== 'GET');
const whispered = (to: { slackId: string }, part: string) =>
  story.slack.until(
    () => story.slack.ephemerals.find(({ user, text }) => user === to.slackId && text.includes(part)),
    `a whisper "${part}"`,
    { timeoutMs: 15_000 },
  );
const press = (who: { slackId: string }, ts: string, action: string, selected?: string) =>
  story.slack.press(who.slackId, CHANNELS.alerts, head(ts)?.ts ?? '', action, selected ? { selected } : {});
const told = (ts: string, part: string) =>
  story.slack.until(() => replies(ts).find(({ text }) => text.includes(part)), `"${part}" in the thread`, {
    timeoutMs: 15_000,
  });
const form = (who: { slackId: string }) =>
  story.slack.until(() => story.slack.views(who.slackId).find(({ submit }) => submit), 'the form', {
    timeoutMs: 15_000,
  });
/** A choice in the menu of the message's buttons. */
const choose = (who: { slackId: string }, ts: string, verb: string) =>
  press(who, ts, 'alert.work', `${verb}:${CHANNELS.alerts}:${ts}`);

let count = 0;
async function joinedAlert(): Promise<{ ts: string; incident: string }> {
  count += 1;
  const title = `prod-api-5xx-number-${count}`;
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(title));
  await story.slack.until(() => head(ts), 'the mention');
  const incident = story.pagerduty.trigger({ service: PAGER.service, title });
  await story.slack.until(() => buttonsOf(head(ts)).includes('alert.work'), 'the incident joined');
  story.pagerduty.clearCalls();
  return { ts, incident };
}

beforeAll(async () => {
  const alerts = 'alerts: { remind_after: [], mention_budget: { channel: 100, person: 100 } }';
  story = await new Story({ webhooks: true, extra: `features: { runbooks: false }\n${alerts}` }).begin();
});
afterAll(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

describe('ヘルプ', () => {
  it('E-05 E-06 calls the next level once, in Slack and in PagerDuty, and takes nobody off', async () => {
    const { ts, incident } = await joinedAlert();
    expect(JSON.stringify(head(ts)?.blocks)).toContain('担当者は変わりません。');
    await Promise.all([press(tanaka, ts, 'alert.help'), press(tanaka, ts, 'alert.help')]);
    const asked = await told(ts, '支援をお願いします');
    expect(asked.text).toBe(`🤝 <!subteam^${USER_GROUP}> 支援をお願いします（<@${tanaka.slackId}> より）`);
    await whispered(tanaka, 'すでに実行済みです。');
    await story.pagerduty.until(() => writes().length > 0, 'the request');
    expect(writes().map(({ path }) => path)).toEqual([`/incidents/${incident}/responder_requests`]);
    const body = JSON.stringify(writes()[0]?.body);
    for (const part of [`"requester_id":"${tanaka.pagerId}"`, sato.pagerId, suzuki.pagerId])
      expect(body).toContain(part);
    expect(story.pagerduty.incident(incident).assignees).toEqual([tanaka.pagerId]);
    await press(suzuki, ts, 'alert.help');
    expect(replies(ts).filter(({ text }) => text.includes('支援をお願いします'))).toHaveLength(1);
  });

  it('E-05 E-08 is refused to whoever has no account, and still asks in Slack where PagerDuty cannot', async () => {
    const { ts } = await joinedAlert();
    await press(guest, ts, 'alert.help');
    await whispered(guest, 'PagerDutyアカウントが見つかりません。');
    const calm = story.pagerduty.faults.add({ path: /responder_requests/, kind: 'error', status: 402 });
    await press(sato, ts, 'alert.help');
    await told(ts, '支援をお願いします');
    await whispered(sato, 'PagerDutyからは呼び出していません。');
    calm();
  });
});

describe('エスカレーション', () => {
  it('E-03 goes to a person in two clicks, with the reason, as the person who pressed', async () => {
    const { ts, incident } = await joinedAlert();
    await press(tanaka, ts, 'alert.escalate');
    const view = await form(tanaka);
    await story.slack.submitView(tanaka.slackId, view.id, { person: manager.slackId, reason: '権限不足' });
    const message = await told(ts, '⏫');
    expect(message.text).toBe(
      `⏫ <@${manager.slackId}> アラートを確認してください。<@${tanaka.slackId}> がエスカレーション（理由: 権限不足）`,
    );
    expect(story.pagerduty.incident(incident).assignees).toEqual([manager.pagerId]);
    await story.pagerduty.until(() => writes().length === 2, 'the note');
    expect(writes().map(({ headers }) => headers['from'])).toEqual([tanaka.email, tanaka.email]);
    story.clock.advance(40_000);
    expect(notified(story).filter((id) => id === manager.slackId)).toHaveLength(1);
  });

  it('E-03 goes to a level that was chosen, past the next one', async () => {
    const { ts, incident } = await joinedAlert();
    await press(tanaka, ts, 'alert.escalate');
    const view = await form(tanaka);
    await story.slack.submitView(tanaka.slackId, view.id, { level: '3' });
    expect((await told(ts, '⏫')).text).toContain('1次→3次');
    expect(story.pagerduty.incident(incident).assignees).toEqual([manager.pagerId]);
    await press(sato, ts, 'alert.escalate');
    const top = await form(sato);
    expect(JSON.stringify(top.blocks)).toContain('これより上のレベルはありません。');
    const refused = await story.slack.submitView(sato.slackId, top.id, { person: guest.slackId });
    expect(refused).toBeDefined();
    await whispered(sato, '選んだ人のPagerDutyアカウントが見つかりません。');
  });
});

describe('the menu', () => {
  it('E-08 takes it: assigned and acknowledged in one choice', async () => {
    const { ts, incident } = await joinedAlert();
    await choose(suzuki, ts, 'take');
    await told(ts, `🙋 <@${suzuki.slackId}> が引き受けました`);
    await story.slack.until(() => head(ts)?.text.includes(`確認済み <@${suzuki.slackId}>`), 'the state');
    const after = story.pagerduty.incident(incident);
    expect([after.status, ...after.assignees]).toEqual(['acknowledged', suzuki.pagerId]);
    expect(new Set(writes().map(({ headers }) => headers['from']))).toEqual(new Set([suzuki.email]));
    expect(replies(ts).filter(({ text }) => text.includes('🔀'))).toEqual([]);
    await choose(suzuki, ts, 'take');
    await whispered(suzuki, 'すでに担当者です。');
  });

  it('E-08 reassigns it, and calls the new assignee once', async () => {
    const { ts, incident } = await joinedAlert();
    const before = notified(story).filter((id) => id === sato.slackId).length;
    await choose(tanaka, ts, 'reassign');
    const view = await form(tanaka);
    await story.slack.submitView(tanaka.slackId, view.id, { person: sato.slackId });
    const message = await told(ts, '🔀');
    expect(message.text).toBe(
      `🔀 <@${sato.slackId}> 担当になりました。アラートを確認してください（<@${tanaka.slackId}> が変更）`,
    );
    expect(story.pagerduty.incident(incident).assignees).toEqual([sato.pagerId]);
    story.clock.advance(40_000);
    expect(notified(story).filter((id) => id === sato.slackId)).toHaveLength(before + 1);
  });

  it('E-08 snoozes it, and the button is back when the time is over', async () => {
    const { ts, incident } = await joinedAlert();
    await choose(tanaka, ts, 'snooze');
    const view = await form(tanaka);
    await story.slack.submitView(tanaka.slackId, view.id, { seconds: '1800' });
    expect((await told(ts, '💤')).text).toMatch(
      new RegExp(`^💤 <@${tanaka.slackId}> がスヌーズしました（0\\d:\\d\\dまで）$`),
    );
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
    await story.slack.until(() => !buttonsOf(head(ts)).includes('alert.acknowledge'), 'the state');
    story.clock.advance(1_801_000);
    await story.slack.until(() => buttonsOf(head(ts)).includes('alert.acknowledge'), 'the button');
  });

  it('A-11 E-08 leaves a note in PagerDuty and in the thread, once, as letters', async () => {
    const { ts } = await joinedAlert();
    await choose(sato, ts, 'note');
    const view = await form(sato);
    await story.slack.submitView(sato.slackId, view.id, { note: '再起動しました <!channel>' });
    const note = await told(ts, '📝');
    expect(note.text).toContain('再起動しました &lt;!channel&gt;');
    await story.pagerduty.until(() => writes().some(({ path }) => path.endsWith('/notes')), 'the note');
    expect(writes().map(({ headers }) => headers['from'])).toEqual([sato.email]);
    story.clock.advance(40_000);
    await story.slack.until(() => replies(ts).filter(({ text }) => text.includes('📝')).length === 1, 'one note');
  });

  it('E-08 changes nothing for whoever has no account', async () => {
    const { ts } = await joinedAlert();
    await choose(guest, ts, 'take');
    await whispered(guest, 'PagerDutyアカウントが見つかりません。');
    expect(writes()).toEqual([]);
  });
});

describe('紐づけの変更', () => {
  it('A-11 ties an alert to another incident, or to none, as somebody says; no door ties it back', async () => {
    const { ts, incident } = await joinedAlert();
    const other = story.pagerduty.trigger({ service: PAGER.service, title: 'something else entirely' });
    await story.slack.until(
      () => story.slack.messages(CHANNELS.alerts).find(({ text }) => text.includes('something else entirely')),
      'the other incident',
    );
    const tie = async (chosen: string, open: () => Promise<unknown>) => {
      await open();
      const view = await form(tanaka);
      await story.slack.submitView(tanaka.slackId, view.id, { incident: chosen });
    };
    await tie(other, () => choose(tanaka, ts, 'rejoin'));
    await told(ts, '紐づけを変更しました');
    await story.slack.until(() => head(ts)?.text.includes('手動で紐づけ') && head(ts), 'the other tie');
    expect(head(ts)?.text).toContain(`/incidents/${other}`);
    await tie('none', () => choose(tanaka, ts, 'rejoin'));
    await told(ts, '紐づけを外しました');
    story.pagerduty.escalate(incident, 2);
    story.pagerduty.note(incident, sato.pagerId, 'still here');
    await story.slack.until(() => head(ts)?.text.includes('PagerDuty #') === false && head(ts), 'no tie');
    expect(buttonsOf(head(ts))).toContain('alert.work');
    expect(story.slack.thread(CHANNELS.alerts, ts).some(({ text }) => text.includes('⏫'))).toBe(false);
  });
});
