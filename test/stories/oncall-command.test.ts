/** /oncall says who is on call to whoever asks, within 3 s whatever PagerDuty does, and calls nobody (H-07, H-12, H-14, H-15, O-06). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story, TEAMS } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { guest, tanaka, ito } = CAST;
let story: Story;

/** Asks, and gives the one answer. */
async function ask(text: string, who: { slackId: string } = guest): Promise<string> {
  const { slack } = story;
  const before = slack.ephemerals.length;
  const asked = story.clock.now();
  const result = await slack.command(who.slackId, CHANNELS.random, '/oncall', text);
  expect(result).toMatchObject({ acked: true });
  const answer = await slack.until(() => slack.ephemerals[before], `the answer to /oncall ${text}`);
  expect(story.clock.now() - asked).toBeLessThan(3000);
  expect(answer.user).toBe(who.slackId);
  expect(slack.mentions(answer)).toEqual([]);
  return answer.text;
}
const end = async () => {
  const { slack } = story;
  const faults = faultsOfSpeech(story);
  const posted = slack.channels
    .flatMap(({ id }) => slack.history(id))
    .filter(({ bot_id: bot }) => bot === slack.identity.botId);
  await story.end();
  expect(faults).toEqual([]);
  expect(posted).toEqual([]);
};
const begin = (options: StoryOptions = {}) => new Story({ flow: 2, ...options }).begin();

describe('/oncall in Japanese', () => {
  beforeAll(async () => {
    story = await begin({ extra: 'handover: { rules_url: "https://wiki.example/rules" }' });
  });
  afterAll(end);

  const SRE = [
    '📟 オンコール: SRE',
    '1次 @田中 健（〜11/24(火) 10:00）',
    '2次 @佐藤 花（常時）、@鈴木 葵（常時）',
    '3次 @山田 誠（常時）',
  ].join('\n');

  it('H-07 tells every level of every team, until when', async () => {
    const answer = await ask('');
    expect(answer).toContain(SRE);
    expect(answer).toContain('📟 オンコール: 決済\n1次 @伊藤 蓮（〜');
  });

  it.each(['now sre', 'now SRE', 'いま sre', '今 sre', 'NOW　ｓｒｅ'])(
    'H-07 tells one team: /oncall %s',
    async (text) => {
      expect(await ask(text)).toBe(SRE);
    },
  );

  it('H-07 O-07 knows a team by its name too', async () => {
    expect(await ask('now 決済')).toMatch(/^📟 オンコール: 決済\n1次 @伊藤 蓮/);
  });

  it('H-07 names the teams where there is no such team', async () => {
    expect(await ask('now <!channel>')).toBe('「&lt;!channel&gt;」というチームはありません。チーム: sre、pay');
  });

  it.each(['help', '?', '？', 'ヘルプ', '使い方', 'HELP'])('O-06 explains itself: /oncall %s', async (text) => {
    const help = await ask(text);
    expect(help.split('\n')[0]).toBe('📟 Toban の使い方');
    for (const command of ['`/oncall`', '`/oncall help`', '`/oncall now sre`']) expect(help).toContain(command);
    expect(help).toContain('オンコールのルール: <https://wiki.example/rules|社内ドキュメント>');
  });

  it('O-06 explains itself for a word that it does not know', async () => {
    const help = await ask('<@U0SATO01> 教えて');
    expect(help.split('\n')[0]).toMatch(/^「\S+」というコマンドはありません。使えるコマンドは次のとおりです。$/);
    expect(help).toContain('`/oncall help`');
  });

  it('H-07 names who comes after the handover from its very instant on', async () => {
    story.clock.advanceTo(Date.parse('2026-11-24T10:00:00+09:00'));
    expect(await ask('now sre')).toContain('1次 @鈴木 葵（〜11/25(水) 10:00）');
  });
});

describe('/oncall in English', () => {
  afterEach(end);

  it('H-07 O-06 says the same', async () => {
    story = await begin({ locale: 'en' });
    expect(await ask('now sre')).toBe(
      [
        '📟 On call: SRE',
        'Level 1 @田中 健 (until Tue Nov 24 10:00)',
        'Level 2 @佐藤 花 (always), @鈴木 葵 (always)',
        'Level 3 @山田 誠 (always)',
      ].join('\n'),
    );
    expect((await ask('?')).split('\n')[0]).toBe('📟 How to use Toban');
  });

  it('J-01 shows the times of the configured zone', async () => {
    story = await begin({ locale: 'en', extra: 'timezone: America/New_York' });
    expect(await ask('now sre')).toContain('Level 1 @田中 健 (until Mon Nov 23 20:00)');
  });
});

describe('/oncall when PagerDuty is slow or silent', () => {
  afterEach(end);

  it('H-07 H-14 answers at once from memory, and after a while says how old that is', async () => {
    story = await begin();
    const { pagerduty, clock } = story;
    const calm = pagerduty.faults.add({ path: /./, kind: 'slow', delayMs: 4000 });
    expect(await ask('now sre')).toContain('1次 @田中 健');
    calm();
    pagerduty.down(true);
    expect(await ask('now sre')).not.toContain('PagerDuty応答なし');
    clock.advance(5 * 60_000);
    const stale = await ask('now sre');
    expect(stale).toContain('1次 @田中 健');
    expect(stale).toMatch(/\n最終確認 02:1[0-2]（PagerDuty応答なし）$/);
    pagerduty.down(false);
    await story.pagerduty.until(() => {
      clock.advance(5000);
      return story.logged('PagerDuty answered again').length > 0;
    }, 'the roster');
    expect(await ask('now sre')).not.toContain('PagerDuty応答なし');
  });

  it('H-14 remembers over a restart', async () => {
    story = await begin();
    story.pagerduty.down(true);
    await story.stopBot();
    story.clock.advance(10 * 60_000);
    await story.startBot();
    const answer = await ask('now sre');
    expect(answer).toContain('1次 @田中 健');
    expect(answer).toContain('（PagerDuty応答なし）');
  });
});

describe('/oncall for a schedule that is not whole', () => {
  afterEach(end);

  it('H-15 H-12 shouts about a gap, and marks who is not in Slack', async () => {
    story = await begin({
      before: ({ slack, pagerduty }) => {
        slack.updateUser(ito.slackId, { deleted: true });
        pagerduty.addSchedule({
          id: PAGER.schedule,
          name: 'SRE 当番',
          timeZone: 'Asia/Tokyo',
          kind: 'shifts',
          entries: [],
        });
      },
    });
    expect(await ask('now sre')).toBe(
      [
        '📟 オンコール: SRE',
        '1次 ⚠️ 当番が未設定です。PagerDutyのスケジュールを確認してください',
        '2次 @佐藤 花（常時）、@鈴木 葵（常時）',
        '3次 @山田 誠（常時）',
      ].join('\n'),
    );
    expect(await ask('now pay')).toContain('1次 @伊藤 蓮（Slack未連携）（〜');
  });

  it('H-07 reads a team that has a schedule alone', async () => {
    story = await begin({ teams: TEAMS.replace(`    escalation_policy: ${PAGER.policy}\n`, '') });
    expect(await ask('now sre', tanaka)).toBe('📟 オンコール: SRE\n1次 @田中 健（〜11/24(火) 10:00）');
  });
});
