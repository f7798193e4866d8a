/** /oncall says who comes next, for days or weeks, to whoever asks, and calls nobody (H-08, E-01). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { guest, suzuki, sato, ito, manager } = CAST;
let story: Story;

async function ask(text: string, who: { slackId: string } = guest): Promise<string> {
  const { slack } = story;
  const before = slack.ephemerals.length;
  const asked = story.clock.now();
  await slack.command(who.slackId, CHANNELS.random, '/oncall', text);
  const answer = await slack.until(() => slack.ephemerals[before], `the answer to /oncall ${text}`);
  expect(story.clock.now() - asked).toBeLessThan(3000);
  expect(slack.mentions(answer)).toEqual([]);
  return answer.text;
}
const begin = (options: StoryOptions = {}) => new Story({ flow: 2, ...options }).begin();
/** The coming weeks are read after the bot is ready. */
const weeksKnown = () => story.slack.until(() => story.logged('coming weeks were read')[0], 'the coming weeks');
const end = async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
};

describe('/oncall about the coming days, in Japanese', () => {
  beforeAll(async () => {
    story = await begin({
      before: ({ pagerduty }) => {
        const [start, end] = ['2026-11-25T19:00:00+09:00', '2026-11-25T22:00:00+09:00'];
        pagerduty.addOverride(PAGER.schedule, { user: ito.pagerId, start, end });
      },
    });
    await weeksKnown();
  });
  afterAll(end);

  it.each(['next sre', '次 sre', '次回 ＳＲＥ'])('H-08 tells who is next: /oncall %s', async (text) => {
    expect(await ask(text)).toBe('⏭️ 次のオンコール: SRE\n11/24(火) 10:00〜翌10:00 @鈴木 葵\nいま @田中 健');
  });

  it('H-08 tells every change of some days', async () => {
    expect((await ask('next 2 sre')).split('\n').slice(1)).toEqual([
      '11/24(火) 10:00〜翌10:00 @鈴木 葵',
      '11/25(水) 10:00〜19:00 @佐藤 花',
      '11/25(水) 19:00〜22:00 @伊藤 蓮',
      '11/25(水) 22:00〜翌10:00 @佐藤 花',
      'いま @田中 健',
    ]);
  });

  it.each(['schedule 14 sre', '予定 sre 14', 'スケジュール 14日 sre'])(
    'H-08 gives a line a day, holidays and covers included: /oncall %s',
    async (text) => {
      const [head, ...lines] = (await ask(text)).split('\n');
      expect(head).toBe('📅 オンコール予定: SRE');
      expect(lines).toHaveLength(15);
      expect(lines.slice(0, 4)).toEqual([
        '11/23(月・祝) @田中 健',
        '11/24(火) @鈴木 葵',
        '11/25(水) @佐藤 花、19:00から @伊藤 蓮、22:00から @佐藤 花',
        '11/26(木) @田中 健',
      ]);
      expect(lines[13]).toBe('12/6(日) @鈴木 葵');
      expect(lines[14]).toBe('1行は 10:00 からの1日です');
    },
  );

  it('H-08 tells every team a week where none is named', async () => {
    const answer = await ask('schedule');
    expect(answer.match(/^\d+\/\d+\(/gm)).toHaveLength(14);
    expect(answer).toContain('📅 オンコール予定: 決済\n11/23(月・祝) @伊藤 蓮');
  });

  it('H-08 says up to when it knows', async () => {
    expect(await ask('schedule 60 pay')).toContain('1/21(木) @');
    expect(await ask('schedule 9999 pay')).not.toContain('確認できています');
  });

  it.each(['me', '自分', '私'])('H-08 tells one person their own shifts: /oncall %s', async (text) => {
    const lines = (await ask(text, ito)).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '📅 あなたのオンコール予定',
      '📟 いま当番です: 11/23(月・祝) 10:00〜11/30(月) 10:00 決済 1次',
      '11/25(水) 19:00〜22:00 SRE 1次',
    ]);
    expect((await ask(`${text} 2`, suzuki)).split('\n').slice(1)).toEqual([
      '11/24(火) 10:00〜翌10:00 SRE 1次',
      '常時 SRE 2次',
    ]);
  });

  it('H-12 tells whoever has no shift where to look', async () => {
    expect(await ask('me')).toMatch(/^📅 あなたのオンコール予定\n予定されている当番はありません\n表示されないときは/);
  });

  it.each(['policy sre', 'ポリシー sre', '段階 sre'])('E-01 tells the levels: /oncall %s', async (text) => {
    expect(await ask(text)).toBe(
      [
        '📶 エスカレーション: SRE',
        '1次 @田中 健 (SRE 当番) → 5分でエスカレーション',
        '2次 @佐藤 花、@鈴木 葵 → 10分でエスカレーション',
        '3次 @山田 誠 → 最後の段階（15分）',
      ].join('\n'),
    );
  });

  it('H-07 names the teams where there is no such team', async () => {
    for (const word of ['next', 'schedule 3', 'me', 'policy']) {
      expect(await ask(`${word} nosuch`)).toBe('「nosuch」というチームはありません。チーム: sre、pay');
    }
  });

  it('H-14 says how old its answer is while PagerDuty is silent, and forgets nothing over a restart', async () => {
    const { pagerduty, clock } = story;
    pagerduty.down(true);
    await story.stopBot();
    clock.advance(10 * 60_000);
    await story.startBot();
    const answer = await ask('schedule 30 sre');
    expect(answer).toContain('12/20(日) @');
    expect(answer).toMatch(/\n最終確認 02:1\d（PagerDuty応答なし）$/);
    expect(await ask('me', sato)).toContain('最終確認');
    expect(await ask('policy sre')).toContain('5分でエスカレーション');
    pagerduty.down(false);
  });
});

describe('/oncall about the coming days, in English', () => {
  afterAll(end);

  it('H-08 E-01 says the same, in the configured zone', async () => {
    const gap = { user: manager.pagerId, start: '2026-11-20T00:00:00Z', end: '2026-11-26T00:00:00Z' };
    story = await begin({
      locale: 'en',
      before: ({ pagerduty }) => {
        const base = { id: 'PGAP', name: 'gap <!here>', timeZone: 'UTC', kind: 'layers' as const };
        pagerduty.addSchedule({ ...base, entries: [gap] });
        pagerduty.addEscalationPolicy({
          id: 'PPOLGAP',
          name: 'gap',
          levels: [{ timeoutMinutes: 5, targets: [{ schedule: 'PGAP' }] }],
          repeat: 2,
        });
      },
      extra: '  gap: { name: Gap, escalation_policy: PPOLGAP }\n',
    });
    await weeksKnown();
    expect((await ask('next gap')).split('\n')).toEqual([
      '⏭️ Next on call: Gap',
      expect.stringMatching(/^Thu Nov 26 09:00 to Mon Jan 25 02:1\d ⚠️ nobody$/),
      'Now @山田 誠',
    ]);
    expect((await ask('schedule 4 gap')).split('\n').slice(1, 5)).toEqual([
      'Mon Nov 23 (holiday) @山田 誠',
      'Tue Nov 24 @山田 誠',
      'Wed Nov 25 @山田 誠, from 09:00 ⚠️ nobody',
      'Thu Nov 26 ⚠️ nobody',
    ]);
    expect(await ask('policy gap')).toBe(
      [
        '📶 Escalation: Gap',
        'level 1 @山田 誠 (gap &lt;!here&gt;) → the last level (5 min)',
        'Without an acknowledgement it starts again from level 1, 2 more times',
      ].join('\n'),
    );
    expect(await ask('me', ito)).toContain(
      '📟 On call now: Mon Nov 23 (holiday) 10:00 to Mon Nov 30 10:00 決済 level 1',
    );
  });
});
