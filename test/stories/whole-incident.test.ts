/** A whole incident as a conversation, from the alert to the draft of its postmortem (I-12, L-02 to L-04, N-01 to N-05, P-01, P-02). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentEvent } from '../../src/domain/incident-event.ts';
import { headingsOf } from '../../src/postmortem/template.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createWarRoomStore } from '../../src/store/war-room-store.ts';
import { unexplained } from '../support/draft-events.ts';
import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story } from '../support/story.ts';
import { roomsOf, submitDeclaration } from '../support/war-room.ts';

const { tanaka, sato, suzuki } = CAST;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const time = (hm: string) => Date.parse(`2026-11-24T${hm}:00+09:00`);
const whispered = (to: { slackId: string }, part: string) =>
  story.slack.until(
    () => story.slack.ephemerals.findLast(({ user, text }) => user === to.slackId && text.includes(part)),
    `a whisper "${part}"`,
    { timeoutMs: 15_000 },
  );
const said = (channel: string, part: string) =>
  story.slack.until(
    () => story.slack.history(channel).find(({ text }) => text.includes(part)),
    `"${part}" in ${channel}`,
    {
      timeoutMs: 15_000,
    },
  );
const form = (who: { slackId: string }) =>
  story.slack.until(() => {
    const [view] = story.slack.views(who.slackId);
    return view && 'submit' in view && view.submit ? view : undefined;
  }, 'the form');
const submit = async (who: { slackId: string }, values: Record<string, unknown>) => {
  const view = await form(who);
  const result = await story.slack.submitView(who.slackId, view.id, values as never);
  expect(result.kind).not.toBe('errors');
};
const draftsIn = (channel: string) =>
  story.slack
    .history(channel)
    .flatMap((message) => message.files ?? [])
    .map(({ id }) => story.slack.file(String(id))?.content?.toString('utf8') ?? '');

const WORDS = {
  ja: {
    acknowledged: '確認済み',
    title: '写真アップロードに失敗する',
    checking: '■ 影響範囲: 確認中',
    customer: '平素より',
    report: '【障害発生】',
    already: 'すでに送信済みです。',
    first: [
      '<!subteam^S0CS>',
      '【障害発生】第1報 SEV2 写真アップロードに失敗する',
      expect.stringMatching(/^■ 発生時刻: 11\/24\(火\) 02:1\d$/),
      '■ 影響範囲: 確認中',
      '■ 起きていること: アップロードがエラーになる',
      '■ 対応状況: 確認中（IC: 田中 健）',
      '■ 次回更新: 02:50',
    ],
    rollback: 'status 対応 切り戻し',
    log: 'log 02:05 発生 エラー率が上昇',
    logged: '🕒 タイムラインに追加しました: 02:05 発生 鈴木 葵 エラー率が上昇',
    due: '次回更新の時刻です（02:50）',
    second: '第2報',
    followUp: '【障害経過】第2報',
    day: '11/24(火)',
    moved: '（02:05 → 02:03）',
    refused: '終息宣言ができるのはICと宣言者です',
    over: '✅ 終息しました 02:03–03:05（1時間2分）',
    last: '最終報',
    recovery:
      /^<!subteam\^S0CS>\n【障害復旧】最終報 SEV2 [\s\S]*\n■ 復旧時刻: 11\/24\(火\) 03:0\d\n■ 影響時間: 1時間\d分\n/,
    ask: 'ポストモーテムの担当を決めてください',
    owner: '📝 ポストモーテムの担当: ',
  },
  en: {
    acknowledged: 'Acknowledged',
    title: 'Photo upload fails',
    checking: '■ Affected: being checked',
    customer: 'We are currently experiencing',
    report: '[Incident]',
    already: 'It was sent already.',
    first: [
      '<!subteam^S0CS>',
      '[Incident] Report 1 SEV2 Photo upload fails',
      expect.stringMatching(/^■ Occurred: Tue Nov 24 02:1\d$/),
      '■ Affected: being checked',
      '■ What is happening: アップロードがエラーになる',
      '■ Response: being checked (IC: 田中 健)',
      '■ Next update: 02:50',
    ],
    rollback: 'status rollback',
    log: 'log 02:05 occurred エラー率が上昇',
    logged: '🕒 Added to the timeline: 02:05 Occurred 鈴木 葵 エラー率が上昇',
    due: 'the next update is due (02:50)',
    second: 'Report 2',
    followUp: '[Incident] Report 2',
    day: 'Tue Nov 24',
    moved: '(02:05 → 02:03)',
    refused: 'Only the IC and whoever declared it give the all clear',
    over: '✅ All clear 02:03–03:05 (1 h 2 min)',
    last: 'Final report',
    recovery:
      /^<!subteam\^S0CS>\n\[Recovered\] Final report SEV2 [\s\S]*\n■ Recovered: Tue Nov 24 03:0\d\n■ Lasted: 1 h \d min\n/,
    ask: 'Who takes the postmortem?',
    owner: '📝 Owner of the postmortem: ',
  },
} as const;

describe.each(['ja', 'en'] as const)('a whole incident in %s', (locale) => {
  const words = WORDS[locale];

  it('I-12 L-02 L-03 L-04 N-01 N-02 N-03 N-04 N-05 P-01 P-02 goes from the alert to the draft', async () => {
    story = await new Story({
      locale,
      // Slack gives an app 3 s: on a busy machine that is little real time where the clock flows fast.
      flow: 3,
      at: time('02:10'),
      extra:
        'features: { runbooks: false }\nincidents: { announce_channel: engineers, stakeholders: { SEV2: [S0CS] } }',
      before: ({ slack }) =>
        slack.addUserGroup({ id: 'S0CS', handle: 'cs', name: 'CS', users: [CAST.manager.slackId] }),
    }).begin();
    const { slack, pagerduty, clock } = story;

    // 02:10 An alert, and PagerDuty's incident.
    const alert = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-upload-errors'));
    const pager = pagerduty.trigger({ service: PAGER.service, title: 'prod-upload-errors' });
    const mention = await slack.until(
      () => slack.thread(CHANNELS.alerts, alert).find((message) => buttonsOf(message).includes('alert.escalate')),
      'the mention, joined',
    );
    clock.advanceTo(time('02:12'));
    await slack.press(tanaka.slackId, CHANNELS.alerts, mention.ts, 'alert.acknowledge');
    await slack.until(
      () => slack.message(CHANNELS.alerts, mention.ts)?.text.includes(words.acknowledged),
      'the acknowledgement',
    );

    // 02:15 Declared from the alert; Tanaka leads.
    clock.advanceTo(time('02:15'));
    await slack.shortcut(sato.slackId, CHANNELS.alerts, alert, 'declare_incident');
    await submitDeclaration(story, sato.slackId, {
      title: words.title,
      severity: 'SEV2',
      impact: 'yes',
    });
    const room = await slack.until(() => roomsOf(story)[0], 'the room');
    const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
    await slack.until(
      () => slack.message(room.id, status.ts)?.text.includes('PagerDuty: <'),
      'PagerDuty in the status',
    );
    await slack.press(tanaka.slackId, room.id, status.ts, 'incident.take_command');
    await slack.until(() => slack.message(room.id, status.ts)?.text.includes(`IC: <@${tanaka.slackId}>`), 'the IC');
    expect(buttonsOf(slack.message(room.id, status.ts))).toEqual(
      expect.arrayContaining(['announcement.open', 'incident.open_all_clear']),
    );
    const oncall = (who: { slackId: string }, text: string) => slack.command(who.slackId, room.id, '/oncall', text);

    // 02:20 The first report: previewed, sent once though the button is pressed twice.
    clock.advanceTo(time('02:20'));
    await oncall(tanaka, 'announce');
    await submit(tanaka, { scope: '', happening: 'アップロードがエラーになる', next: '02:50' });
    const preview = await whispered(tanaka, '👀');
    expect(preview.text).toContain(words.checking);
    expect(slack.messages(CHANNELS.engineers)).toHaveLength(0);
    await slack.press(tanaka.slackId, room.id, preview.ts, 'announcement.draft_for_customers');
    await whispered(tanaka, words.customer);
    await slack.press(tanaka.slackId, room.id, preview.ts, 'announcement.send');
    const first = await said(CHANNELS.engineers, words.report);
    await slack.press(tanaka.slackId, room.id, preview.ts, 'announcement.send');
    await whispered(tanaka, words.already);
    expect(first.text.split('\n')).toEqual(words.first);
    expect(slack.messages(CHANNELS.engineers)).toHaveLength(1);

    // 02:30 Work: a message pinned, a second one pinned and unpinned, an edit followed.
    clock.advanceTo(time('02:30'));
    const cause = slack.postAsUser(room.id, suzuki.slackId, '原因は api #1234 のデプロイ');
    slack.react(sato.slackId, room.id, cause, 'pushpin');
    const chat = slack.postAsUser(room.id, suzuki.slackId, 'コーヒーを入れます');
    slack.react(sato.slackId, room.id, chat, 'pushpin');
    const timeline = async () => {
      const before = slack.ephemerals.length;
      await oncall(sato, 'timeline');
      return slack.until(
        () => slack.ephemerals.slice(before).find(({ text }) => text.startsWith('🕒')),
        'the timeline',
      );
    };
    const shows = async (part: string, is: boolean) => {
      for (let tries = 0; tries < 40; tries++) {
        const shown = await timeline();
        if (shown.text.includes(part) === is) return shown;
      }
      throw new Error(`The timeline ${is ? 'lacks' : 'still has'} ${part}`);
    };
    await shows('コーヒー', true);
    slack.unreact(sato.slackId, room.id, chat, 'pushpin');
    await shows('コーヒー', false);
    slack.editMessage(room.id, cause, { text: '原因は api #1235 のデプロイ', blocks: [] });
    await shows('#1235', true);
    const deleted = slack.postAsUser(room.id, suzuki.slackId, '消すメッセージ');
    await slack.shortcut(suzuki.slackId, room.id, deleted, 'add_timeline_entry');
    await whispered(suzuki, '消すメッセージ');
    slack.deleteMessage(room.id, deleted);
    await shows('消す', false);

    await oncall(suzuki, 'doing api を切り戻す');
    await oncall(tanaka, words.rollback);
    await oncall(suzuki, words.log);
    await said(room.id, words.logged);

    // 02:50 The promised update is chased, and sent into the thread.
    clock.advanceTo(time('02:50'));
    const due = await said(room.id, words.due);
    expect(due.text).toContain(`<@${tanaka.slackId}>`);
    await slack.press(tanaka.slackId, room.id, due.ts, 'announcement.open');
    await submit(tanaka, { scope: 'iOS/Android 全ユーザー', response: '02:45 原因の変更を切り戻し中', next: '03:20' });
    const second = await whispered(tanaka, words.second);
    await slack.press(tanaka.slackId, room.id, second.ts, 'announcement.send');
    const followUp = await said(CHANNELS.engineers, words.followUp);
    expect(followUp).toMatchObject({ thread_ts: first.ts, subtype: 'thread_broadcast' });
    expect(followUp.text).not.toContain('S0CS');

    // The first row began earlier than anybody saw; the correction is kept.
    await oncall(suzuki, 'done');
    const shown = await timeline();
    await slack.press(sato.slackId, room.id, shown.ts, 'timeline.edit');
    const edit = await form(sato);
    const option = textsWithValue(edit.blocks).find(({ text }) => text.startsWith(`${words.day} 02:05`))?.value;
    expect(await slack.submitView(sato.slackId, edit.id, { entry: option, time: '25:00' } as never)).toMatchObject({
      kind: 'errors',
    });
    await slack.submitView(sato.slackId, edit.id, { entry: option, time: '02:03' } as never);
    await whispered(sato, words.moved);

    // 03:05 All clear: by the commander or the declarer alone.
    clock.advanceTo(time('03:05'));
    await slack.press(suzuki.slackId, room.id, status.ts, 'incident.open_all_clear');
    await whispered(suzuki, words.refused);
    await slack.press(tanaka.slackId, room.id, status.ts, 'incident.open_all_clear');
    await submit(tanaka, {});
    const line = words.over;
    const done = await said(room.id, line);
    await slack.until(() => slack.thread(CHANNELS.alerts, alert).some(({ text }) => text === line), 'the alert told');
    const told = await said(CHANNELS.engineers, line);
    expect(told).toMatchObject({ thread_ts: first.ts, subtype: 'thread_broadcast' });
    expect(pagerduty.incident(pager).status).toBe('resolved');

    // The recovery report, with what is known.
    await slack.press(tanaka.slackId, room.id, done.ts, 'announcement.open_recovery');
    await submit(tanaka, {});
    const third = await whispered(tanaka, words.last);
    await slack.press(tanaka.slackId, room.id, third.ts, 'announcement.send');
    const recovery = await said(CHANNELS.engineers, words.last);
    expect(recovery.text).toMatch(words.recovery);

    // The draft, and who finishes it.
    const asked = await said(room.id, words.ask);
    const draft = await slack.until(() => draftsIn(room.id)[0], 'the draft');
    await slack.press(suzuki.slackId, room.id, asked.ts, 'postmortem.take');
    await slack.until(
      () => slack.message(room.id, asked.ts)?.text === `${words.owner}<@${suzuki.slackId}>`,
      'the owner',
    );

    const events = await storedEvents();
    const template = readFileSync(join(__dirname, `../../templates/postmortem.${locale}.md`), 'utf8');
    expect(headingsOf(draft).slice(1)).toEqual(headingsOf(template).slice(1));
    expect(unexplained(draft, template, events, locale)).toEqual([]);
    if (locale === 'ja') expect(anonymous(draft)).toBe(anonymous(example));
  });
});

/** The draft of this very story, as it is shown to readers. */
const example = readFileSync(join(__dirname, '../../docs/postmortem-example.ja.md'), 'utf8');

/** Minutes and ids differ from run to run. */
function anonymous(draft: string): string {
  return draft
    .replace(/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, 'TIME')
    .replace(/\d+時間(?:\d+分)?|\d+分/g, 'SPAN')
    .replace(/archives\/\w+(?:\/p\d+)?(?:\?[^)]*)?/g, 'archives/MESSAGE')
    .replace(/incidents\/\w+/g, 'incidents/ID');
}

function textsWithValue(node: unknown): readonly { text: string; value: string }[] {
  if (Array.isArray(node)) return node.flatMap(textsWithValue);
  if (typeof node !== 'object' || node === null) return [];
  const { text, value } = node as { text?: { text?: unknown }; value?: unknown };
  const own = typeof text?.text === 'string' && typeof value === 'string' ? [{ text: text.text, value }] : [];
  return [...own, ...Object.values(node).flatMap(textsWithValue)];
}

async function storedEvents(): Promise<readonly IncidentEvent[]> {
  const database = await openDatabase(`file:${join(story.dir, 'toban.db')}`);
  try {
    return await createWarRoomStore(database, story.clock).events(1);
  } finally {
    await database.destroy();
  }
}
