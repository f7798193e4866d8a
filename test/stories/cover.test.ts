/** A cover is previewed, asked for, accepted, written into PagerDuty in the right name, and undone (H-06, E-08). */

import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { guest, tanaka, suzuki, sato, ito, manager } = CAST;
/** 15:00 on a Tuesday: Tanaka has the pager until tomorrow at 10:00. */
const AFTERNOON = Date.parse('2026-11-24T15:00:00+09:00');
let story: Story;

type Person = { readonly slackId: string };

async function type(text: string, who: Person) {
  const { slack } = story;
  const before = slack.ephemerals.length;
  const asked = story.clock.now();
  await slack.command(who.slackId, CHANNELS.random, '/oncall', text);
  const answer = await slack.until(() => slack.ephemerals[before], `the answer to /oncall ${text}`);
  expect(story.clock.now() - asked).toBeLessThan(3000);
  return answer;
}
const ask = async (text: string, who: Person) => (await type(text, who)).text;

/** What stands in the direct messages with Toban. */
const direct = (who: Person) => {
  const channel = story.slack.channels.find(({ kind, members }) => kind === 'im' && members.has(who.slackId));
  return channel ? story.slack.messages(channel.id).map((message) => ({ ...message, channel: channel.id })) : [];
};
const latest = (who: Person) => direct(who).findLast(({ blocks }) => blocks !== undefined);
/** New messages about an outcome, which notify as the edit of the message before does not. */
const news = (who: Person) =>
  direct(who)
    .filter(({ blocks }) => blocks === undefined)
    .map(({ text }) => text.split('\n'));
const hears = async (who: Person, ...lines: readonly string[]) => {
  const heard = () => news(who).find(([state]) => state?.startsWith(lines[0] ?? ''));
  expect(await story.slack.until(heard, `the news ${lines[0]}`)).toEqual(
    lines.map((line) => expect.stringContaining(line)),
  );
};
const says = (who: Person, words: string) =>
  story.slack.until(() => {
    const message = latest(who);
    return message?.text.includes(words) ? message : undefined;
  }, `${words} in the direct messages`);

async function press(who: Person, message: { channel: string; ts: string } | undefined, action: string): Promise<void> {
  expect(message).toBeDefined();
  const result = await story.slack.press(who.slackId, message?.channel ?? '', message?.ts ?? '', action);
  expect(result).toMatchObject({ acked: true });
}

/** Does something that changes the schedule, and waits until Toban has read it again. */
async function reread(change: () => Promise<void>): Promise<void> {
  const times = () => story.logged('coming weeks were read').length;
  const before = times();
  await change();
  await story.slack.until(() => times() > before, 'the schedule after the change');
}

/** Confirms the preview that only the asker sees, and gives what takes its place. */
async function confirm(
  who: Person,
  preview: { channel: string; ts: string },
  action = 'cover.confirm',
): Promise<string> {
  const { slack } = story;
  await press(who, preview, action);
  const replaced = await slack.until(
    () => slack.ephemerals.find(({ ts, blocks }) => ts === preview.ts && blocks.length === 0),
    'the answer to the confirmation',
  );
  return replaced.text;
}

/** PagerDuty's own answer to who is on the first level of a policy. */
const onCall = (policy: string, text: string) =>
  story.pagerduty
    .onCallsAt(Date.parse(`2026-11-${text}+09:00`))
    .filter((entry) => entry.policy === policy && entry.level === 1)
    .map(({ user }) => user);

const overrides = () =>
  story.pagerduty.calls.filter(({ method, path }) => method !== 'GET' && path.includes('/overrides'));
const begin = async (options: StoryOptions = {}) => {
  story = await new Story({ at: AFTERNOON, flow: 1, ...options }).begin();
  await story.slack.until(() => story.logged('coming weeks were read')[0], 'the coming weeks');
};
const end = async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
};

describe('a cover on a layer-based schedule', () => {
  beforeAll(() => begin());
  afterAll(end);
  let preview: { channel: string; ts: string };

  it('H-06 is previewed with the schedule as it would be, and changes nothing yet', async () => {
    const answer = await type('cover @ito 19:00-22:00', tanaka);
    preview = answer;
    expect(answer.text.split('\n')).toEqual([
      '🔁 交代の確認: SRE',
      '11/24(火) 19:00〜22:00 @田中 健 → @伊藤 蓮',
      '変更後の予定',
      '11/24(火) 10:00〜19:00 @田中 健',
      '11/24(火) 19:00〜22:00 @伊藤 蓮 🆕',
      '11/24(火) 22:00〜翌10:00 @田中 健',
      '@伊藤 蓮 さんが引き受けると、PagerDutyに書き込みます',
    ]);
    expect(buttonsOf(answer)).toEqual(['cover.confirm', 'cover.drop']);
    expect(overrides()).toEqual([]);
    expect(direct(ito)).toEqual([]);
  });

  it('H-06 is asked of the other person, who alone can accept', async () => {
    expect(await confirm(tanaka, preview)).toBe('📨 @伊藤 蓮 さんに依頼しました。返事はダイレクトメッセージに届きます');
    const request = await says(ito, '@田中 健 さんからの依頼です');
    expect(request.text).toContain(
      '🔁 当番の交代: SRE\n@田中 健 さんからの依頼です\n11/24(火) 19:00〜22:00 @田中 健 → @伊藤 蓮',
    );
    expect(buttonsOf(request)).toEqual(['cover.accept', 'cover.decline']);
    expect(buttonsOf(await says(tanaka, '⏳ 返事を待っています'))).toEqual(['cover.withdraw']);
    expect(overrides()).toEqual([]);
  });

  it('H-06 E-08 is written in the name of who accepts, once, and both are told', async () => {
    const request = latest(ito);
    await reread(async () => {
      await Promise.all([press(ito, request, 'cover.accept'), press(ito, request, 'cover.accept')]);
    });
    const accepted = await says(ito, '✅ PagerDutyに書き込みました');
    expect(buttonsOf(accepted)).toEqual(['cover.undo']);
    expect(accepted.text).toMatch(
      /\n11\/24\(火\) 15:0\d 田中 健 依頼\n11\/24\(火\) 15:0\d 伊藤 蓮 PagerDutyに書き込み$/,
    );
    expect(buttonsOf(await says(tanaka, '✅ PagerDutyに書き込みました'))).toEqual(['cover.undo']);
    await hears(
      tanaka,
      '✅ PagerDutyに書き込みました',
      '11/24(火) 19:00〜22:00 @田中 健 → @伊藤 蓮',
      '伊藤 蓮 PagerDutyに書き込み',
    );
    expect(news(ito)).toEqual([]);
    const [post, ...more] = overrides();
    expect(more).toEqual([]);
    expect(post).toMatchObject({
      method: 'POST',
      path: `/schedules/${PAGER.schedule}/overrides`,
      headers: { from: ito.email },
    });
  });

  it('H-06 shows in /oncall at once, from its first minute to its last', async () => {
    expect(await ask('next 1 sre', guest)).toContain('11/24(火) 19:00〜22:00 @伊藤 蓮');
    expect(await ask('cover', guest)).toContain(
      '🔁 当番の交代: SRE ✅ PagerDutyに書き込みました\n11/24(火) 19:00〜22:00 @田中 健 → @伊藤 蓮',
    );
    for (const [at, who] of [
      ['18:59:59', tanaka],
      ['19:00:00', ito],
    ] as const) {
      expect(onCall(PAGER.policy, `24T${at}`)).toEqual([who.pagerId]);
    }
  });

  it('H-06 is undone before it starts, by either, and not after', async () => {
    await reread(() => press(tanaka, latest(tanaka), 'cover.undo'));
    const undone = await says(tanaka, '↩️ 取り消しました');
    expect(buttonsOf(undone)).toEqual([]);
    expect(undone.text).toMatch(/田中 健 取り消し$/);
    await hears(ito, '↩️ 取り消しました', '19:00〜22:00', '田中 健 取り消し');
    expect(news(tanaka)).toHaveLength(1);
    expect(overrides().at(-1)).toMatchObject({ method: 'DELETE', headers: { from: tanaka.email } });
    expect(onCall(PAGER.policy, '24T20:00:00')).toEqual([tanaka.pagerId]);

    const again = await type('代わり @ito 15:30-16:00', tanaka);
    await confirm(tanaka, again);
    await press(ito, await says(ito, '15:30〜16:00'), 'cover.accept');
    const standing = await says(ito, '✅ PagerDutyに書き込みました');
    story.clock.advanceTo(Date.parse('2026-11-24T15:31:00+09:00'));
    const before = story.slack.ephemerals.length;
    await press(ito, standing, 'cover.undo');
    const refused = await story.slack.until(() => story.slack.ephemerals[before], 'the refusal');
    expect(refused.text).toContain('もう始まっています');
  });
});

describe('a cover that does not come about', () => {
  beforeAll(() => begin());
  afterAll(end);

  it('H-06 is declined, or withdrawn', async () => {
    await confirm(tanaka, await type('cover @suzuki 11/24 19:00-22:00 sre', tanaka));
    await press(suzuki, await says(suzuki, '依頼です'), 'cover.decline');
    expect((await says(tanaka, '🙅 引き受けられませんでした')).text).toContain('鈴木 葵 辞退');
    await hears(tanaka, '🙅 引き受けられませんでした', '19:00〜22:00', '鈴木 葵 辞退');
    await confirm(tanaka, await type('cover @suzuki 明日 8:00-9:00', tanaka));
    await press(tanaka, await says(tanaka, '⏳'), 'cover.withdraw');
    const gone = await says(suzuki, '↩️ 取り下げました');
    expect(buttonsOf(gone)).toEqual([]);
    await hears(suzuki, '↩️ 取り下げました', '08:00〜09:00', '田中 健 取り下げ');
    expect([news(tanaka), news(suzuki)].map(({ length }) => length)).toEqual([1, 1]);
    const dropped = await confirm(tanaka, await type('cover @suzuki 20:00-21:00', tanaka), 'cover.drop');
    expect(dropped).toContain('取りやめました');
    expect(overrides()).toEqual([]);
  });

  it('H-06 E-08 is refused with what to do', async () => {
    for (const [text, who, words] of [
      ['cover @ito', tanaka, 'いつの当番かが読み取れません'],
      ['cover @ito 11/24 9:00-10:00', tanaka, 'この時間はもう過ぎています'],
      ['cover @ito 19:00-22:00 nosuch', tanaka, '「nosuch」というチームはありません。チーム: sre、pay'],
      ['cover @guest 19:00-22:00', tanaka, 'のPagerDutyアカウントが見つかりません'],
      ['cover @ito 19:00-22:00', guest, 'PagerDutyアカウントが見つかりません。'],
      ['cover @tanaka 19:00-22:00 sre', manager, 'その時間の当番は、もうその人です'],
      ['cover @sato 19:00-22:00', suzuki, 'どのチームかを最後に書いてください: sre、pay'],
      ['cover @sato 2027-06-01 sre', tanaka, '予定が分かるのは 1/2'],
      ['swap sato', tanaka, '相手を @ で選んでください'],
      ['swap @tanaka', tanaka, '相手に自分は選べません'],
      ['swap @ito sre', tanaka, '相手の当番が見つかりません'],
    ] as const) {
      expect([text, await ask(text, who)]).toEqual([text, expect.stringContaining(words)]);
    }
  });

  it('H-06 answers within 3 s while PagerDuty is silent, and can be tried again', async () => {
    const { pagerduty } = story;
    const preview = await type('cover 20:00-21:00 sre', suzuki);
    expect(preview.text).toContain('確定すると、あなたの名前でPagerDutyに書き込みます');
    const calm = pagerduty.faults.add({ path: /overrides/, kind: 'http500', times: 9 });
    const before = story.slack.ephemerals.length;
    await press(suzuki, preview, 'cover.confirm');
    const failed = await story.slack.until(() => story.slack.ephemerals[before], 'the failure');
    expect(failed.text).toContain('⚠️ PagerDutyに書き込めませんでした。何も変わっていません');
    calm();
    expect(await confirm(suzuki, preview)).toBe('✅ PagerDutyに書き込みました');
    expect((await says(tanaka, '20:00〜21:00')).text).toContain('@田中 健 → @鈴木 葵');
    expect(overrides().at(-1)).toMatchObject({ headers: { from: suzuki.email } });
  });

  it('H-06 is found again where the answer to the write was lost, and can be undone', async () => {
    const preview = await type('cover 23:00-24:00 sre', suzuki);
    story.pagerduty.faults.add({ path: /overrides$/, method: 'POST', kind: 'lost_answer', times: 1 });
    expect(await confirm(suzuki, preview)).toBe('✅ PagerDutyに書き込みました');
    expect(onCall(PAGER.policy, '24T23:30:00')).toEqual([suzuki.pagerId]);
    expect(overrides().filter(({ body }) => JSON.stringify(body)?.includes('T14:00:00'))).toHaveLength(1);
    await press(suzuki, await says(suzuki, '23:00〜24:00'), 'cover.undo');
    await says(suzuki, '↩️ 取り消しました');
    expect(onCall(PAGER.policy, '24T23:30:00')).toEqual([tanaka.pagerId]);
  });

  it('H-06 is not written where the schedule has changed meanwhile', async () => {
    await confirm(tanaka, await type('cover @ito 22:00-23:00', tanaka));
    const request = await says(ito, '22:00〜23:00');
    story.pagerduty.addOverride(PAGER.schedule, {
      user: sato.pagerId,
      start: '2026-11-24T21:30:00+09:00',
      end: '2026-11-24T22:30:00+09:00',
    });
    await press(ito, request, 'cover.accept');
    await says(ito, '⚠️ 書き込めませんでした');
    await hears(tanaka, '⚠️ 書き込めませんでした', '22:00〜23:00', '伊藤 蓮 書き込み失敗');
    expect(onCall(PAGER.policy, '24T22:45:00')).toEqual([tanaka.pagerId]);
  });
});

describe('a swap', () => {
  afterEach(end);

  it('H-06 exchanges two shifts, or neither where PagerDuty refuses one of them inside its 201', async () => {
    await begin();
    const preview = await type('swap @sato 11/27 11/29', tanaka);
    expect(preview.text.split('\n').slice(0, 3)).toEqual([
      '🔁 入れ替えの確認: SRE',
      '11/27(金) 10:00〜翌10:00 @田中 健 → @佐藤 花',
      '11/29(日) 10:00〜翌10:00 @佐藤 花 → @田中 健',
    ]);
    await confirm(tanaka, preview);
    const at = (day: number) => onCall(PAGER.policy, `${day}T12:00:00`);
    const request = await says(sato, '🔁 当番の入れ替え: SRE');
    const calm = story.pagerduty.faults.add({
      path: /overrides$/,
      method: 'POST',
      kind: 'error',
      status: 201,
      body: [
        { status: 201, override: { id: 'PMADE' } },
        { status: 400, errors: ['Override <!channel> refused'] },
      ],
    });
    const before = story.slack.ephemerals.length;
    await press(sato, request, 'cover.accept');
    const refused = await story.slack.until(() => story.slack.ephemerals[before], 'the refusal');
    expect(refused.text).toContain('何も変わっていません\nOverride &lt;!channel&gt; refused');
    expect(overrides().at(-1)).toMatchObject({
      method: 'DELETE',
      path: `/schedules/${PAGER.schedule}/overrides/PMADE`,
    });
    calm();
    expect([at(27), at(29)]).toEqual([[tanaka.pagerId], [sato.pagerId]]);
    await press(sato, latest(sato), 'cover.accept');
    await says(tanaka, '✅ PagerDutyに書き込みました');
    expect([at(27), at(29)]).toEqual([[sato.pagerId], [tanaka.pagerId]]);
  });

  it('H-06 works the same on a shift-based schedule, in English', async () => {
    await begin({
      locale: 'en',
      before: ({ pagerduty }) => {
        const day = 24 * 3600;
        pagerduty.addSchedule({
          id: 'PSHIFTS',
          name: 'shifts',
          timeZone: 'Asia/Tokyo',
          kind: 'shifts',
          rotation: { users: [suzuki.pagerId, sato.pagerId], handoff: '2026-11-24T10:00:00+09:00', everySeconds: day },
        });
        pagerduty.addEscalationPolicy({
          id: 'PPOLSHIFTS',
          name: 'shifts',
          levels: [{ timeoutMinutes: 5, targets: [{ schedule: 'PSHIFTS' }] }],
        });
      },
      extra: '  web: { name: Web, escalation_policy: PPOLSHIFTS }\n',
    });
    const at = (text: string) => onCall('PPOLSHIFTS', `${text}:00`);
    await confirm(suzuki, await type('cover @ito 19:00-22:00 web', suzuki));
    const request = await says(ito, '@鈴木 葵 asks you');
    await press(ito, request, 'cover.accept');
    const accepted = await says(suzuki, '✅ Written into PagerDuty');
    expect([at('24T18:59'), at('24T19:00'), at('24T22:00')]).toEqual([
      [suzuki.pagerId],
      [ito.pagerId],
      [suzuki.pagerId],
    ]);
    await reread(() => press(suzuki, accepted, 'cover.undo'));
    await says(ito, '↩️ Undone');
    expect(at('24T20:00')).toEqual([suzuki.pagerId]);

    await confirm(suzuki, await type('swap @sato web', suzuki));
    await press(sato, await says(sato, 'Swap of shifts: Web'), 'cover.accept');
    await says(suzuki, '✅ Written into PagerDuty');
    expect([at('25T12:00'), at('26T12:00')]).toEqual([[suzuki.pagerId], [sato.pagerId]]);
  });
});
