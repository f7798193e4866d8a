/** The handover comes once and on time whatever happens to the process, to PagerDuty or to the plan (H-03, H-04, H-14, H-15). */

import { Scene } from '../support/child.ts';
import { CAST, CHANNELS, PAGER, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { sato, suzuki, tanaka, manager, ito } = CAST;
const AT = (time: string) => Date.parse(`${time}+09:00`);
const TEAM = `teams: { sre: { name: SRE, escalation_policy: ${PAGER.policy}, schedule: ${PAGER.schedule} } }`;
const EXTRA = `admins: [${manager.slackId}]\nhandover: { channel: engineers }`;

let story: Story;
afterEach(async () => {
  // One of them has a scene instead.
  await (story as Story | undefined)?.end();
});

const begin = async (options: StoryOptions) => {
  story = await new Story({ flow: 4, teams: TEAM, extra: EXTRA, ...options }).begin();
};
const posts = () =>
  story.slack.history(CHANNELS.engineers).filter(({ text, thread_ts: thread }) => !thread && text.startsWith('📟'));
const post = (index = 0) => story.slack.until(() => posts()[index], `post ${index + 1}`);
const warned = (part: string) =>
  story.slack.until(
    () => story.slack.history(story.slack.openDirect(manager.slackId)).find(({ text }) => text.includes(part)),
    `a warning "${part}"`,
  );
/** Minutes pass; nothing more is posted. */
async function stays(count: number): Promise<void> {
  for (let look = 0; look < 8; look++) {
    story.clock.advance(20_000);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(posts()).toHaveLength(count);
}

describe('the handover comes once', () => {
  it('H-03 over a restart at 09:59:59 and one at 10:00:01', async () => {
    await begin({ at: AT('2026-11-24T09:59:00') });
    story.clock.advanceTo(AT('2026-11-24T09:59:59'));
    await story.stopBot();
    await story.startBot();
    story.clock.advanceTo(AT('2026-11-24T10:00:01'));
    await story.stopBot();
    await story.startBot();
    expect((await post()).text).toContain(`当番: <@${suzuki.slackId}>（田中 健さん から交代）`);
    expect(posts()[0]?.text).not.toContain('に投稿');
    await stays(1);
  });

  it('H-03 late where Toban was stopped, and says so; not again after another restart', async () => {
    await begin({ at: AT('2026-11-24T09:55:00') });
    await story.stopBot();
    story.clock.advanceTo(AT('2026-11-24T10:08:00'));
    await story.startBot();
    const late = await post();
    expect(late.text).toMatch(/（10:08 に投稿）$/);
    expect(late.text).toContain(`当番: <@${suzuki.slackId}>（田中 健さん から交代）`);
    await story.stopBot();
    story.clock.advanceTo(AT('2026-11-24T10:20:00'));
    await story.startBot();
    await stays(1);
  });

  it('H-03 late after a cover was made meanwhile: no gap, and whoever has the pager now is called', async () => {
    await begin({ at: AT('2026-11-24T09:55:00') });
    await story.stopBot();
    const span = { start: AT('2026-11-24T19:00:00'), end: AT('2026-11-24T22:00:00') };
    story.pagerduty.addOverride(PAGER.schedule, { user: sato.pagerId, ...span });
    story.clock.advanceTo(AT('2026-11-24T20:00:00'));
    await story.startBot();
    const late = await post();
    expect(late.text.split('\n').slice(0, 6)).toEqual([
      '📟 本日のオンコール 11/24(火) 10:00 → 11/25(水) 10:00',
      '当番: 鈴木 葵（田中 健さん から交代）',
      `いま: <@${sato.slackId}>`,
      expect.stringMatching('^2次: '),
      expect.stringMatching('^3次: '),
      '次回: 11/24(火) 22:00 → 鈴木 葵',
    ]);
    expect(late.text).toContain(`体制: 10:00–19:00 鈴木 葵／19:00–22:00 <@${sato.slackId}>／22:00–翌10:00 鈴木 葵`);
    expect(late.text).not.toContain('⚠️');
    expect(late.firstMentions).toEqual([sato.slackId]);
    await story.slack.press(sato.slackId, CHANNELS.engineers, late.ts, 'handover.confirm');
    await story.slack.until(() => posts()[0]?.text.includes('✅ 引き継ぎ済み: 佐藤 花'), 'the confirmation');
    await story.stopBot();
    story.clock.advanceTo(AT('2026-11-25T10:00:01'));
    await story.startBot();
    expect((await post(1)).text).toMatch(/前回の引き継ぎ（11\/24\(火\) 20:\d\d）/);
  });

  it('H-03 from two processes at once on one database', async () => {
    const scene = await new Scene().begin({ teams: `${TEAM}\nhandover: { channel: engineers, at: "00:00" }` });
    try {
      const bots = [scene.launch(), scene.launch()];
      for (const bot of bots) await bot.ready;
      for (const bot of bots) await bot.settled();
      const all = scene.slack.history(CHANNELS.engineers).map(({ text }) => text.split('\n')[0]);
      expect(all).toEqual([expect.stringContaining('📟 本日のオンコール')]);
      expect(scene.output.match(/handover was posted/g)).toHaveLength(1);
    } finally {
      await scene.end();
    }
  }, 60_000);

  it('H-04 H-11 says 継続 while a weekly rotation does not change, each team in its own place', async () => {
    const weekly = `
teams:
  sre: { name: SRE, escalation_policy: ${PAGER.policy} }
  pay: { name: 決済, escalation_policy: ${PAGER.payPolicy}, handover: { channel: random, at: "09:30" } }
`;
    await begin({ at: AT('2026-11-25T09:29:00'), teams: weekly });
    story.clock.advanceTo(AT('2026-11-25T09:30:00'));
    const pay = await story.slack.until(() => story.slack.history(CHANNELS.random)[0], 'the post of the payments team');
    expect(pay.text).toContain('📟 本日のオンコール 11/25(水) 09:30 → 11/26(木) 09:30');
    expect(pay.text).toMatch(new RegExp(`本日も継続: <@${ito.slackId}>（〜\\d+/\\d+\\(.\\) 10:00）`));
    expect(pay.text).not.toContain('交代');
    expect(posts()).toEqual([]);
    story.clock.advanceTo(AT('2026-11-25T10:00:00'));
    expect((await post()).text).not.toContain('決済');
  });
});

describe('a handover that something is wrong with', () => {
  it('H-15 shouts about a gap to whoever can mend it, and still tells the rest', async () => {
    await begin({
      at: AT('2026-11-24T09:59:00'),
      before: ({ pagerduty }) => {
        pagerduty.addSchedule({
          id: 'PEMPTY',
          name: '空き',
          timeZone: 'Asia/Tokyo',
          kind: 'layers',
          entries: [{ user: tanaka.pagerId, start: AT('2026-11-23T10:00:00'), end: AT('2026-11-24T10:00:00') }],
        });
        pagerduty.addEscalationPolicy({
          id: 'PGAP',
          name: '空き',
          levels: [
            { timeoutMinutes: 5, targets: [{ schedule: 'PEMPTY' }] },
            { timeoutMinutes: 5, targets: [{ user: sato.pagerId }] },
            { timeoutMinutes: 5, targets: [{ user: manager.pagerId }] },
          ],
        });
      },
      teams: `
teams:
  gap: { name: Gap, escalation_policy: PGAP }
  unknown: { name: Unknown, schedule: PNOSUCH }
  sre: { name: SRE, escalation_policy: ${PAGER.policy} }
`,
    });
    story.clock.advanceTo(AT('2026-11-24T10:00:00'));
    const { text, firstMentions } = await post();
    expect(text).toContain(`【Gap】\n⚠️ 当番が未設定です。<@${manager.slackId}> スケジュールを確認してください`);
    expect(text).toContain('【Unknown】\n⚠️ 当番が未設定です。');
    expect(text).toContain('⚠️ 7日以内の当番の空き: 11/24(火) 10:00〜');
    expect(text).toContain(`当番: <@${suzuki.slackId}>`);
    expect([...(firstMentions ?? [])].toSorted()).toEqual([manager.slackId, suzuki.slackId].toSorted());
    await warned('Gap: 当番が未設定です');
    await warned('Unknown: 当番が未設定です');
  });

  it.each([402, 403, 404, 429, 500])(
    'H-14 goes out from memory while PagerDuty answers %d, and the admins learn why',
    async (status) => {
      await begin({ at: AT('2026-11-24T09:50:00') });
      story.pagerduty.faults.add({
        path: /./,
        ...(status === 429 ? { kind: 'rate_limited' } : { kind: 'error', status }),
      });
      for (let look = 0; look < 12; look++) {
        story.clock.advance(20_000);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      story.clock.advanceTo(AT('2026-11-24T10:00:00'));
      const { text } = await post();
      expect(text).toContain(`当番: <@${suzuki.slackId}>`);
      expect(text).toMatch(/⚠️ 最終確認 09:5\d（PagerDuty応答なし）/);
      expect((await warned('PagerDuty')).text).toContain('最後に確認した当番');
    },
  );

  it('H-12 names whoever is not in Slack, and the admins learn it', async () => {
    await begin({
      at: AT('2026-11-24T09:59:00'),
      locale: 'en',
      before: ({ slack }) => slack.updateUser(suzuki.slackId, { deleted: true }),
    });
    story.clock.advanceTo(AT('2026-11-24T10:00:00'));
    const { text, firstMentions } = await post();
    expect(text).toBe(
      [
        '📟 On call today Tue Nov 24 10:00 → Wed Nov 25 10:00',
        'On call: 鈴木 葵 (not in Slack) (takes over from 田中 健)',
        'Level 2: 佐藤 花, 鈴木 葵 (not in Slack)',
        'Level 3: 山田 誠',
        'Next: Wed Nov 25 10:00 → 佐藤 花',
        'Coverage: on-call all day',
        '🔔 No alerts, none open',
        '📝 No handover note',
        'Counted over the last 24 hours',
      ].join('\n'),
    );
    expect(firstMentions).toEqual([]);
    await warned('鈴木 葵 cannot be found in Slack');
  });
});
