/** The library grows: pages are found from anywhere, an alert without one becomes a draft, and Mondays tell what lacks. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buttonsOf, faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, Story } from '../support/story.ts';

const { tanaka, sato, guest } = CAST;
let story: Story;
let dir: string;

const fire = (text: string) => {
  story.clock.advance(20_000);
  return story.slack.postAsApp(CHANNELS.alerts, { appId: 'ANR', botId: 'BANR', username: 'New Relic', text });
};
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const reply = (ts: string, part: string) =>
  story.slack.until(
    () => replies(ts).find((message) => JSON.stringify([message.text, message.blocks]).includes(part)),
    part,
  );
const whispersTo = (who: { slackId: string }) => story.slack.ephemerals.filter(({ user }) => user === who.slackId);
const ask = async (who: { slackId: string }, text: string, channel: string = CHANNELS.random) => {
  const before = whispersTo(who).length;
  await story.slack.command(who.slackId, channel, '/oncall', text);
  return story.slack.until(() => whispersTo(who)[before], `the answer to ${text}`);
};
const viewOf = (who: { slackId: string }) =>
  story.slack.until(() => story.slack.views(who.slackId).at(-1), 'the modal');

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'toban-runbooks-'));
  mkdirSync(join(dir, 'db'));
  writeFileSync(
    join(dir, 'sqs-backlog.md'),
    '---\ntitle: キュー滞留\nkeywords: [滞留, sqs]\nreviewed_at: 2026-01-05\n---\n## 対応手順\n1. コンシューマを増やす\n',
  );
  writeFileSync(
    join(dir, 'db', 'slow.md'),
    '# Slow query\n\nSee [the queue](../sqs-backlog.md) and [this](./gone.md).\n',
  );
  // A Monday morning.
  story = await new Story({
    runbooksDir: dir,
    at: Date.parse('2026-11-30T09:30:00+09:00'),
    extra: 'handover: { channel: engineers }',
  }).begin();
});
afterAll(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  rmSync(dir, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

describe('a runbook that somebody looks for', () => {
  it('R-08 is found from any channel by a word of it, and shown', async () => {
    const answer = await ask(guest, 'runbook 滞留');
    expect(answer.text).toBe('🔍 「滞留」のランブック');
    expect(buttonsOf(answer)).toEqual(['runbook.show_full', 'runbook.paste']);
    const before = whispersTo(guest).length;
    await story.slack.press(guest.slackId, CHANNELS.random, answer.ts, 'runbook.show_full');
    const whole = await story.slack.until(() => whispersTo(guest)[before], 'the page');
    expect(whole.text).toBe('📘 ランブック全文: キュー滞留');
  });

  it('R-08 is pasted into the thread of an alert, where its steps are ticked', async () => {
    const ts = fire('[CRITICAL] zzz qqq worker');
    await reply(ts, '該当ランブックなし');
    const answer = await ask(sato, 'ランブック 滞留', CHANNELS.alerts);
    await story.slack.press(sato.slackId, CHANNELS.alerts, answer.ts, 'runbook.paste');
    const view = await viewOf(sato);
    await story.slack.submitView(sato.slackId, view.id);
    const pasted = await reply(ts, `📘 ランブック: キュー滞留（<@${sato.slackId}> が選択）`);
    expect(JSON.stringify(pasted.blocks)).toContain('コンシューマを増やす');
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, pasted.ts, 'checklist.tick');
    await reply(ts, `☑ コンシューマを増やす\\n<@${tanaka.slackId}>`);
  });

  it('R-08 that nobody wrote is said to be none, and hostile words stay letters', async () => {
    expect((await ask(guest, 'runbook <!channel> *x*')).text).toContain('に合うランブックはありません');
    expect((await ask(guest, 'runbook')).text).toContain('探す語を入れてください');
  });
});

describe('an alert without a runbook', () => {
  it('R-09 A-09 becomes a draft with its words and with what people did', async () => {
    const ts = fire('[CRITICAL] Snowflake warehouse queue WH1');
    const none = await reply(ts, '未知のアラートです');
    expect(buttonsOf(none)).toEqual(['runbook.create']);
    story.slack.postAsUser(CHANNELS.alerts, sato.slackId, 'ウェアハウスを再開しました <@U0TANAKA>', { threadTs: ts });
    const checks = await reply(ts, '🔎');
    const [first] = (checks.blocks ?? []) as readonly { accessory?: { value: string } }[];
    expect(first).toBeDefined();
    const value = ((checks.blocks ?? []) as readonly { accessory?: { value: string } }[]).flatMap(
      ({ accessory }) => accessory?.value ?? [],
    )[0];
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, checks.ts, 'checklist.tick', { value: value ?? '' });
    await reply(ts, '取り消し');
    await story.slack.press(tanaka.slackId, CHANNELS.alerts, none.ts, 'runbook.create');
    const view = await viewOf(tanaka);
    await story.slack.submitView(tanaka.slackId, view.id, {
      steps: 'ウェアハウスを再開する\n待ち行列を見る',
    });
    const draft = await reply(ts, '📝 ランブックの下書きです');
    expect(draft.text).toMatch(/^📝 ランブックの下書きです。.+\/snowflake-warehouse-queue-wh1\.md として保存し/);
    const text = JSON.stringify(draft.blocks);
    expect(text).toContain('keywords:\\n  - ');
    expect(text).toContain('1. ウェアハウスを再開する\\n2. 待ち行列を見る');
    expect(text).toContain('- ウェアハウスを再開しました');
    expect(text).toContain('first_checks:\\n  - 影響範囲');
    expect(story.slack.mentions(draft)).toEqual([tanaka.slackId]);
  });

  it('R-09 R-03 is counted on Monday, beside pages that are stale and links that lead nowhere', async () => {
    fire('[CRITICAL] Snowflake warehouse queue WH1');
    story.clock.advanceTo(Date.parse('2026-11-30T10:00:01+09:00'));
    const list = await story.slack.until(
      () => story.slack.messages(CHANNELS.engineers).find(({ text }) => text.startsWith('📚')),
      'the weekly list',
    );
    expect(list.text).toBe('📚 ランブックの週次まとめ（11/23〜11/29）\nランブックなし TOP1');
    const blocks = JSON.stringify(list.blocks);
    expect(blocks).toContain('Snowflake warehouse queue WH1');
    expect(blocks).toContain('🕰 180日以上見直していないページ: キュー滞留');
    expect(blocks).toContain('🔗 リンク切れ: db/slow.md:3 ./gone.md');
    expect(story.slack.mentions(list)).toEqual([]);
  });
});

describe('npm run runbooks:lint', () => {
  it('R-07 R-13 names file and line, and ends with 1', () => {
    const lint = (...args: string[]) =>
      spawnSync(process.execPath, ['src/runbooks-lint.ts', ...args], { encoding: 'utf8' });
    const found = lint(dir);
    expect(found.stdout).toBe('db/slow.md:3: ./gone.md is no page of the library\n');
    expect(found.status).toBe(1);
    expect(lint('runbooks', '--strict')).toMatchObject({ status: 0, stdout: '' });
  });
});
