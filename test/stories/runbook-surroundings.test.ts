/** What stands around an alert: first checks that two people tick, changes, links, and how it ended last time. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story } from '../support/story.ts';

const { tanaka, sato, guest } = CAST;
const DEPLOYS = 'C0DEPLOYS';
let story: Story;
let dir: string;

const fire = (text: string) =>
  story.slack.postAsApp(CHANNELS.alerts, { appId: 'ANR', botId: 'BANR', username: 'New Relic', text });
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const checksOf = (ts: string) =>
  story.slack.until(() => replies(ts).find(({ text }) => text.startsWith('🔎')), 'the first checks');
const standing = (ts: string, at: string, part: string) =>
  story.slack.until(
    () => replies(ts).find((message) => message.ts === at && JSON.stringify(message.blocks).includes(part)),
    part,
  );
interface Shown {
  readonly text?: { readonly text: string };
  readonly accessory?: { readonly action_id: string; readonly value: string; readonly text: { readonly text: string } };
}
const itemsOf = (message: { readonly blocks?: readonly unknown[] }) =>
  ((message.blocks ?? []) as readonly Shown[]).flatMap(({ text, accessory }) =>
    accessory ? [{ says: text?.text ?? '', button: accessory.text.text, value: accessory.value }] : [],
  );
const press = (who: { slackId: string }, ts: string, action: string, value: string) =>
  story.slack.press(who.slackId, CHANNELS.alerts, ts, action, { value });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'toban-runbooks-'));
  writeFileSync(
    join(dir, 'replica-lag.md'),
    '---\ntitle: レプリカラグ増大\nkeywords: [レプリカラグ]\nservices: [aurora]\nfirst_checks: [書き込み量, レプリカの台数]\n---\n## 対応手順\n1. 書き込み量を見る\n   ```\n   SHOW PROCESSLIST\n   ```\n2. 長いトランザクションを止める\n\n## 背景\n背景。\n',
  );
  story = await new Story({
    runbooksDir: dir,
    extra: `changes: { channels: [deploys] }
services:
  aurora:
    first_checks: [CPU, AAS, 接続数]
    links: [{ title: Aurora, url: 'https://grafana.example.com/d/aurora' }, { title: ログ, url: 'https://logs.example.com/?from={from_s}&to={to_s}' }]
`,
    before: ({ slack, pagerduty, clock }) => {
      slack.addChannel({ id: DEPLOYS, name: 'deploys', members: [sato.slackId], botIsMember: true });
      pagerduty.addChangeEvent({
        summary: 'infra: *terraform* apply <!channel>',
        service: PAGER.service,
        at: clock.now() - 40 * 60_000,
      });
    },
  }).begin();
});

afterAll(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  rmSync(dir, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

describe('an alert of a known service', () => {
  let ts: string;
  let posted: string;

  it('R-10 R-11 R-12 A-09 shows the checks of its service, the changes before it, and links with its time range', async () => {
    story.slack.postAsApp(DEPLOYS, { appId: 'ADEPLOY', botId: 'BDEPLOY', username: 'deploy', text: 'api #1234 @dev' });
    ts = fire('[New Relic] Critical: aurora レプリカ ラグが 30 秒');
    const message = await checksOf(ts);
    posted = message.ts;
    expect(itemsOf(message)).toMatchObject([
      { says: '☐ CPU', button: '完了' },
      { says: '☐ AAS', button: '完了' },
      { says: '☐ 接続数', button: '完了' },
    ]);
    const blocks = JSON.stringify(message.blocks);
    expect(blocks).toMatch(
      /🔀 直近の変更\\n02:1\d api #1234 @dev（\d+秒前）\\n01:30 infra: ∗terraform∗ apply &lt;!channel&gt;（4\d分前）/,
    );
    const from = Math.round(Number(ts) * 1000) - 30 * 60_000;
    expect(blocks).toContain(`https://grafana.example.com/d/aurora?from=${from}&amp;to=`);
    expect(blocks).toContain(`https://logs.example.com/?from=${Math.floor(from / 1000)}&amp;to=`);
  });

  it('R-10 shows to everybody who ticked what and when; two people, one list', async () => {
    const [cpu, , connections] = itemsOf(await checksOf(ts));
    // The second to do the same thing in the same second takes nothing from the first.
    await Promise.all([tanaka, sato].map((who) => press(who, posted, 'checklist.tick', cpu?.value ?? '')));
    await standing(ts, posted, `<@${tanaka.slackId}>`);
    await press(guest, posted, 'checklist.tick', connections?.value ?? '');
    const both = await standing(ts, posted, `<@${guest.slackId}>`);
    expect(itemsOf(both).map(({ says, button }) => [says.replace(/\d\d:\d\d/, 'HH:MM'), button])).toEqual([
      [`☑ CPU\n<@${tanaka.slackId}> HH:MM`, '取り消し'],
      ['☐ AAS', '完了'],
      [`☑ 接続数\n<@${guest.slackId}> HH:MM`, '取り消し'],
    ]);
    await press(guest, posted, 'checklist.untick', connections?.value ?? '');
    const after = await story.slack.until(() => {
      const now = replies(ts).find((message) => message.ts === posted);
      return now && !JSON.stringify(now.blocks).includes(guest.slackId) ? now : undefined;
    }, 'the tick to be taken back');
    expect(JSON.stringify(after.blocks)).toContain(tanaka.slackId);
    expect(JSON.stringify(after.blocks)).not.toContain(sato.slackId);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('R-02 R-10 has the steps of its runbook ticked the same way, commands whole', async () => {
    const steps = replies(ts).find(({ text }) => text.startsWith('📘'));
    const [first, second] = itemsOf(steps ?? {});
    expect(first?.says).toBe('1. ☐ 書き込み量を見る\n```\nSHOW PROCESSLIST\n```');
    await press(sato, steps?.ts ?? '', 'checklist.tick', second?.value ?? '');
    const ticked = await standing(ts, steps?.ts ?? '', `<@${sato.slackId}>`);
    expect(itemsOf(ticked)[1]?.says).toMatch(/^2\. ☑ 長いトランザクションを止める\n<@U0SATO01> \d\d:\d\d$/);
    expect(JSON.stringify(ticked.blocks)).toContain('既知のアラートです');
  });

  it('R-10 L-02 brings what was ticked to the timeline of its incident', async () => {
    const mention = replies(ts).find(({ firstMentions }) => firstMentions.length > 0);
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, mention?.ts ?? '', 'incident.open_war_room');
    const room = await story.slack.until(
      () => story.slack.channels.find(({ name }) => name.startsWith('inc-')),
      'the room',
    );
    await story.slack.command(tanaka.slackId, room.id, '/oncall', 'timeline');
    const shown = await story.slack.until(
      () => story.slack.ephemerals.find(({ user, channel }) => user === tanaka.slackId && channel === room.id),
      'the timeline',
    );
    const rows = JSON.stringify(shown.blocks);
    expect(rows).toContain('✅ 長いトランザクションを止める');
    expect(rows).toContain('✅ CPU');
    expect(rows).not.toContain('✅ 接続数');
  });

  it('R-15 shows next time how it ended, and who had it', async () => {
    const steps = replies(ts).find(({ text }) => text.startsWith('📘'));
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, steps?.ts ?? '', 'runbook.helpful');
    story.clock.advance(20 * 60_000);
    fire('[New Relic] Recovered: aurora レプリカ ラグが 30 秒');
    await story.slack.until(() => replies(ts).find(({ text }) => text.startsWith('✅')), 'the recovery');
    story.clock.advance(3 * 3_600_000);
    const again = fire('[New Relic] Critical: aurora レプリカ ラグが 30 秒');
    const blocks = JSON.stringify((await checksOf(again)).blocks);
    expect(blocks).toMatch(
      /🕘 類似\\n11\/24\(火\) 02:1\d <http[^|]+\|[^>]*レプリカ ラグが 30 秒> <#C\w+>・2\d分で復旧・役に立ったランブック: レプリカラグ増大/,
    );
    expect(blocks).toContain('🔀 直近2時間の変更なし');
  });
});

describe('an alert that nobody knows', () => {
  it('A-09 R-10 says so, and gives the checks that always help', async () => {
    const ts = fire('[CRITICAL] zzz qqq');
    const message = await checksOf(ts);
    expect(message.text.split('\n')[0]).toBe('🔎 初動確認');
    expect(itemsOf(message).map(({ says }) => says)).toContain('☐ 影響範囲（どの機能・どのユーザーか）');
    expect(replies(ts).some(({ text }) => text.includes('未知のアラートです。調査から始めてください'))).toBe(true);
  });

  it('G-03 R-11 is silent where the account has no AIOps, and says so where PagerDuty does not answer', async () => {
    story.pagerduty.down(true);
    const ts = fire('[CRITICAL] yyy ppp');
    expect(JSON.stringify((await checksOf(ts)).blocks)).toContain('🔀 直近の変更: 確認できません（PagerDuty応答なし）');
    story.pagerduty.down(false);
  });
});
