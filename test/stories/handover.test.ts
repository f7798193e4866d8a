/** Two days of handovers over the wire: who takes over, what they must know, that they say they have it, and what changes between. */

import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { sato, suzuki, tanaka, manager, guest } = CAST;
const AT = (time: string) => Date.parse(`${time}+09:00`);
const TEAM = `
teams:
  sre:
    name: SRE
    escalation_policy: ${PAGER.policy}
    user_group: ${USER_GROUP}
    alert_channels: [{ channel: alerts, mention: offhours }]
`;
const EXTRA = `
admins: [${manager.slackId}]
handover: { channel: engineers, rules_url: https://wiki.example/rules }
`;

let story: Story;

const begin = async (options: StoryOptions) => {
  story = await new Story({ flow: 4, teams: TEAM, extra: EXTRA, ...options }).begin();
};
const posts = () =>
  story.slack
    .history(CHANNELS.engineers)
    .filter(({ text, thread_ts: thread, ts }) => text.startsWith('📟') && (!thread || thread === ts));
const post = (index: number) => story.slack.until(() => posts()[index], `post ${index + 1}`);
const replies = (ts: string) => story.slack.thread(CHANNELS.engineers, ts);
const shows = (index: number, part: string) =>
  story.slack.until(() => posts()[index]?.text.includes(part) && posts()[index], `"${part}" in post ${index + 1}`);
const whisper = (part: string) =>
  story.slack.until(() => story.slack.ephemerals.find(({ text }) => text.includes(part)), `a whisper "${part}"`);

/** Lets minutes pass until something has happened. */
async function soon<T>(what: string, found: () => T | undefined | false): Promise<T> {
  for (let look = 0; look < 400; look++) {
    const one = found();
    if (one) return one;
    if (look % 10 === 9) story.clock.advance(30_000);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  throw new Error(`never came: ${what}`);
}

/** Jumps to a moment; the last minutes pass step by step, so that the plan is read as it would have been. */
async function goTo(time: string): Promise<void> {
  const { clock } = story;
  clock.advanceTo(AT(time) - 200_000);
  for (let look = 0; look < 200 && AT(time) - clock.now() > 5_000; look++) {
    const answer = await fetch(`http://127.0.0.1:${story.app?.port}/healthz`);
    const { roster } = (await answer.json()) as { roster: Record<string, { age_seconds: number }> };
    if ((roster['sre']?.age_seconds ?? Infinity) > 60 || look < 5) clock.advance(4_000);
    else break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (; AT(time) - clock.now() > 4_000; clock.advance(4_000)) await new Promise((resolve) => setTimeout(resolve, 5));
  clock.advanceTo(AT(time));
}
const direct = (slackId: string) => story.slack.history(story.slack.openDirect(slackId));

describe('two days of handovers', () => {
  beforeAll(() => begin({ at: AT('2026-11-23T09:59:00') }));
  afterAll(() => story.end());

  it('H-01 H-02 H-05 says on a holiday Monday who takes over from whom, and that the day is the on-call’s', async () => {
    await goTo('2026-11-23T10:00:00');
    const first = await post(0);
    expect(first.text).toBe(
      [
        '📟 本日のオンコール 11/23(月) 10:00 → 11/24(火) 10:00',
        `当番: <@${suzuki.slackId}>（田中 健さん から交代）`,
        '2次: 佐藤 花、鈴木 葵',
        '3次: 山田 誠',
        '次回: 11/24(火) 10:00 → 佐藤 花',
        '体制: 終日オンコール（祝日: 勤労感謝の日）',
        '🔔 発報なし・未解決なし',
        '📝 引き継ぎメモなし',
        'オンコールのルール: <https://wiki.example/rules|社内ドキュメント>',
        '件数はこの24時間のものです',
      ].join('\n'),
    );
    expect(first.firstMentions).toEqual([suzuki.slackId]);
    expect(buttonsOf(first)).toEqual(['handover.confirm', 'handover.write_note']);
  });

  it('H-11 is confirmed by whoever takes over, by nobody else', async () => {
    const { ts } = await post(0);
    await story.slack.press(guest.slackId, CHANNELS.engineers, ts, 'handover.confirm');
    await whisper('引き継ぎを受けるのは 鈴木 葵 です。');
    await story.slack.press(suzuki.slackId, CHANNELS.engineers, ts, 'handover.confirm');
    const confirmed = await shows(0, '✅ 引き継ぎ済み: 鈴木 葵 10:');
    expect(buttonsOf(confirmed)).toEqual(['handover.write_note']);
  });

  it('H-11 takes a note, and refuses an empty form', async () => {
    const { ts } = await post(0);
    await story.slack.press(suzuki.slackId, CHANNELS.engineers, ts, 'handover.write_note');
    const view = await story.slack.until(() => story.slack.views(suzuki.slackId)[0], 'the form');
    expect(await story.slack.submitView(suzuki.slackId, view.id, {})).toMatchObject({ kind: 'errors' });
    await story.slack.submitView(suzuki.slackId, view.id, { text: '22時からDBのメンテナンス <!channel>' });
    await shows(0, '📝 鈴木 葵 11/23(月) 10:');
  });

  it('H-10 tells the next person the evening before and an hour before', async () => {
    await goTo('2026-11-23T18:00:00');
    const evening = await soon('the evening message', () => direct(sato.slackId)[0]);
    expect(evening.text).toBe('📟 明日 11/24(火) 10:00 からオンコール当番です（SRE、〜11/25(水) 10:00）');
    expect(buttonsOf(evening)).toEqual(['handover.show_shifts', 'handover.ask_swap']);
    await story.slack.press(sato.slackId, evening.channel, evening.ts, 'handover.show_shifts');
    await whisper('📅 あなたの当番予定（SRE）\n・11/24(火) 10:00〜翌10:00');
    await goTo('2026-11-24T02:10:00');
    story.slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-aurora-writer CPU'));
    await soon('the alert', () =>
      story.slack.history(CHANNELS.alerts).find(({ firstMentions }) => firstMentions?.length),
    );
    await goTo('2026-11-24T09:00:00');
    const hour = await soon('the last message', () => direct(sato.slackId)[1]);
    expect(hour.text).toContain('今日 11/24(火) 10:00 からオンコール当番です');
  });

  it('H-01 H-05 H-11 Q-08 carries over what the next day must know', async () => {
    await goTo('2026-11-24T10:00:00');
    const second = await post(1);
    expect(second.text.replace(/<https[^|]+\|prod/g, '<…|prod').replace(/ 10:0\d(: 22時|）から)/g, ' 10:0N$1')).toBe(
      [
        '📟 本日のオンコール 11/24(火) 10:00 → 11/25(水) 10:00',
        `当番: <@${sato.slackId}>（鈴木 葵さん から交代）`,
        '2次: 佐藤 花、鈴木 葵',
        '3次: 山田 誠',
        '次回: 11/25(水) 10:00 → 田中 健',
        `体制: 10:00–19:00 チーム全員（SRE）／19:00–翌10:00 <@${sato.slackId}>`,
        '🔔 発報 1件（呼び出し 1件、夜間 1件）',
        '🔥 未解決 1件: <…|prod-aurora-writer CPU>',
        '❗ 未確認 1件: <…|prod-aurora-writer CPU>',
        '📝 鈴木 葵 11/23(月) 10:0N: 22時からDBのメンテナンス &lt;!channel&gt;',
        'オンコールのルール: <https://wiki.example/rules|社内ドキュメント>',
        '件数は前回の引き継ぎ（11/23(月) 10:0N）からです',
      ].join('\n'),
    );
    expect(second.firstMentions).toEqual([sato.slackId]);
  });

  it('H-11 shows a note that is written on an older post in the newest one too', async () => {
    const { ts } = await post(0);
    await story.slack.press(suzuki.slackId, CHANNELS.engineers, ts, 'handover.write_note');
    const view = await story.slack.until(() => story.slack.views(suzuki.slackId)[0], 'the form');
    await story.slack.submitView(suzuki.slackId, view.id, { text: '証明書は木曜に更新' });
    await shows(0, '証明書は木曜に更新');
    await shows(1, '証明書は木曜に更新');
  });

  it('tells the thread of an open alert at the switch', async () => {
    const told = await soon('the switch in the thread', () =>
      story.slack
        .thread(CHANNELS.alerts, story.slack.history(CHANNELS.alerts)[0]?.ts ?? '')
        .find(({ text }) => text.startsWith('🔄 当番交代')),
    );
    expect(told.text).toBe(`🔄 当番交代 鈴木 葵 → <@${sato.slackId}>`);
  });

  it('H-11 reminds once of a handover that nobody confirms, then tells the outgoing person and the next level', async () => {
    const { ts } = await post(1);
    await goTo('2026-11-24T10:16:00');
    const reminder = await soon('the reminder', () => replies(ts)[0]);
    expect(reminder.firstMentions).toEqual([sato.slackId]);
    await goTo('2026-11-24T10:31:00');
    const told = await soon('the escalation', () => replies(ts)[1]);
    expect(told.text).toContain('佐藤 花さんが引き継ぎをまだ確認していません');
    expect([...(told.firstMentions ?? [])].toSorted()).toEqual([sato.slackId, suzuki.slackId].toSorted());
    expect(story.pagerduty.incidents).toEqual([]);
  });

  it('H-06 tells a change between two posts once, in the thread and in the channel', async () => {
    const { ts } = await post(1);
    await goTo('2026-11-24T15:00:00');
    const span = { start: AT('2026-11-24T19:00:00'), end: AT('2026-11-25T10:00:00') };
    story.pagerduty.addOverride(PAGER.schedule, { user: tanaka.pagerId, ...span });
    const changes = () => replies(ts).filter(({ text }) => text.startsWith('🔄'));
    const change = await soon('the change', () => changes()[0]);
    expect(change.text).toBe(`🔄 オンコール変更: <@${sato.slackId}> → <@${tanaka.slackId}>（今日 19:00〜翌10:00）`);
    expect(change.subtype).toBe('thread_broadcast');
    story.clock.advance(130_000);
    await story.slack.command(guest.slackId, CHANNELS.random, '/oncall', 'handover');
    const shown = await whisper('📟 本日のオンコール 11/24(火)');
    expect(story.slack.mentions(shown)).toEqual([]);
    expect(changes()).toHaveLength(1);
  });

  it('posts a handover again on demand, and speaks well', async () => {
    await story.slack.command(guest.slackId, CHANNELS.random, '/oncall', '引き継ぎ post');
    const again = await post(2);
    expect(again.text).toMatch(/（15:\d\d に再投稿）$/);
    await story.slack.press(sato.slackId, CHANNELS.engineers, again.ts, 'handover.confirm');
    await shows(2, '✅ 引き継ぎ済み: 佐藤 花');
    expect(faultsOfSpeech(story)).toEqual([]);
    expect(direct(manager.slackId).filter(({ text }) => text.includes('引き継ぎ'))).toEqual([]);
  });
});
