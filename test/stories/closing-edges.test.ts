/** The ends of an incident that go another way: no PagerDuty account, a drill, no channel to announce in, a stop in the middle (I-12, I-17, E-08, N-03, N-04, P-01). */

import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';
import { roomsOf, submitDeclaration } from '../support/war-room.ts';

const { sato, guest } = CAST;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const limit = { timeoutMs: 15_000 };
const whispered = (to: { slackId: string }, part: string) =>
  story.slack.until(
    () => story.slack.ephemerals.findLast(({ user, text }) => user === to.slackId && text.includes(part)),
    `a whisper "${part}"`,
    limit,
  );
const saidIn = (channel: string, part: string) =>
  story.slack.history(channel).filter(({ text }) => text.includes(part));
const said = (channel: string, part: string) => story.slack.until(() => saidIn(channel, part)[0], `"${part}"`, limit);
const submit = async (who: { slackId: string }, values: Record<string, unknown>) => {
  const view = await story.slack.until(() => {
    const [open] = story.slack.views(who.slackId);
    return open && 'submit' in open && open.submit ? open : undefined;
  }, 'the form');
  const result = await story.slack.submitView(who.slackId, view.id, values as never);
  expect(result.kind).not.toBe('errors');
};
const files = (channel: string) => story.slack.history(channel).flatMap((message) => message.files ?? []);

/** A room declared by Sato on the command line. */
async function declared(values: Record<string, unknown>, options: StoryOptions = {}) {
  story = await new Story({ extra: 'features: { runbooks: false }', flow: 3, ...options }).begin();
  const { slack } = story;
  await slack.command(sato.slackId, CHANNELS.random, '/oncall', 'declare 決済が失敗する');
  await submitDeclaration(story, sato.slackId, { severity: 'SEV1', ...values });
  const room = await slack.until(() => roomsOf(story)[0], 'the room');
  const status = await slack.until(() => slack.messages(room.id)[0], 'the status');
  const oncall = (who: { slackId: string }, text: string) => slack.command(who.slackId, room.id, '/oncall', text);
  return { slack, room, status, oncall };
}

it('E-08 I-12 does not resolve PagerDuty for whoever has no account, and is over all the same', async () => {
  const { slack, room, status } = await declared({});
  await slack.until(() => slack.message(room.id, status.ts)?.text.includes('PagerDuty: <'), 'PagerDuty', limit);
  slack.joinChannel(room.id, guest.slackId);
  await slack.press(guest.slackId, room.id, status.ts, 'incident.take_command');
  await slack.until(() => slack.message(room.id, status.ts)?.text.includes(`IC: <@${guest.slackId}>`), 'the IC', limit);
  await slack.press(guest.slackId, room.id, status.ts, 'incident.open_all_clear');
  await submit(guest, {});
  await whispered(guest, 'PagerDutyは解決していません');
  await said(room.id, '✅ 終息しました');
  expect(story.pagerduty.incidents.map((incident) => incident.status)).not.toContain('resolved');
});

it('I-12 P-01 L-02 is told once and drafted, though the process stops right after the word', async () => {
  const { slack, room, oncall } = await declared({});
  await oncall(guest, 'status 終息');
  await whispered(guest, '終息宣言はICか宣言した人');
  await oncall(sato, 'status 終息');
  await story.stopBot();
  await story.startBot();
  await said(room.id, '✅ 終息しました');
  const [first] = await slack.until(() => files(room.id).length > 0 && files(room.id), 'the draft', limit);
  const draft = slack.file(String(first?.id))?.content?.toString('utf8') ?? '';
  // Nobody was alerted: the declaration is how it was found, and when it began is for people to say.
  expect(draft).toContain('- 発生: （要記入）\n- 検知: 11/24(火)');
  expect(draft).toMatch(/\| 発見 \| 11\/24\(火\) [\d:]+ \| 佐藤 花 \| インシデント宣言: 決済が失敗する SEV1 \|/);
  await said(room.id, 'ポストモーテムの担当を決めてください');
  expect(saidIn(room.id, '✅ 終息しました')).toHaveLength(1);
  await oncall(sato, 'postmortem');
  await slack.until(() => files(room.id).length === 2, 'the draft written anew', limit);
});

it('I-17 N-03 N-04 marks a drill everywhere, mentions no group, and sends nothing without a channel', async () => {
  const extra = 'features: { runbooks: false }\nincidents: { stakeholders: { SEV1: [S0CS] } }';
  const { slack, room, status, oncall } = await declared({ options: ['room', 'drill'] }, { extra });
  await oncall(sato, 'announce');
  await submit(sato, { happening: '*太字*の<!channel>' });
  const preview = await whispered(sato, '👀');
  expect(preview.text).toContain('告知チャンネルが未設定');
  expect(preview.text).toContain('\n【訓練】【障害発生】第1報 SEV1 決済が失敗する\n');
  expect(preview.text).toContain('■ 起きていること: ∗太字∗の&lt;!channel&gt;');
  expect(preview.text).not.toContain('S0CS');
  expect(buttonsOf(preview)).toEqual(['announcement.edit', 'announcement.draft_for_customers']);
  await slack.press(sato.slackId, room.id, status.ts, 'incident.open_all_clear');
  await submit(sato, {});
  await said(room.id, '【訓練】✅ 終息しました');
  await said(room.id, '【訓練】📝 ポストモーテムの担当');
  // A drill stands in no list.
  await oncall(sato, 'postmortem list 2026');
  await whispered(sato, '2026年のポストモーテムはありません');
});
