/** The runbook's steps come into the alert's thread, and people say whether they fit. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { CAST, CHANNELS, Story } from '../support/story.ts';

const { tanaka, guest, sato } = CAST;
let story: Story;
let dir: string;
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const runbookOf = (ts: string) =>
  story.slack.until(() => replies(ts).find(({ text }) => /^📘|^該当ランブックなし/.test(text)), 'the runbook message');
const page = (title: string, keywords: string, steps: string) =>
  `---\ntitle: ${JSON.stringify(title)}\nkeywords: [${keywords}]\n---\n# ${title}\n\n## 対応手順\n${steps}\n\n## 背景\n背景の説明。\n`;
const write = (name: string, text: string) => writeFileSync(join(dir, name), text);
const fire = (text: string, appId = 'ANR') => {
  // Far enough apart to be no flood.
  story.clock.advance(15_000);
  return story.slack.postAsApp(CHANNELS.alerts, { appId, botId: `B${appId}`, username: 'New Relic', text });
};
const press = (who: { slackId: string }, ts: string, action: string) =>
  story.slack.press(who.slackId, CHANNELS.alerts, ts, action);
const whispersTo = (who: { slackId: string }) => story.slack.ephemerals.filter(({ user }) => user === who.slackId);

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'toban-runbooks-'));
  write(
    'replica-lag.md',
    page('レプリカラグ増大', 'レプリカラグ, AuroraReplicaLag', '1. 書き込み量を見る\n2. 長いトランザクションを止める'),
  );
  write('db-writes.md', page('書き込み過多', '書き込み', '1. バッチを止める'));
  write('sqs-backlog.md', page('キュー滞留', '滞留, sqs', '1. コンシューマを増やす'));
  write('hostile.md', page('<!channel> *太字*です @here', 'hostileword', '1. <@U0SATO01> を呼ぶ'));
  write('broken.md', '---\ntitle: [never closed\n---\n本文\n');
  story = await new Story({ runbooksDir: dir }).begin();
});
afterAll(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  rmSync(dir, { recursive: true, force: true });
  expect(faults).toEqual([]);
});

describe('the runbook of an alert', () => {
  let ts: string;
  let posted: string;

  it('R-01 R-02 R-03 R-05 comes within 5 s, says by which words, and shows the steps to everybody', async () => {
    ts = fire('[New Relic] Critical: レプリカ ラグが 30 秒、書き込みあり');
    const message = await runbookOf(ts);
    posted = message.ts;
    expect(Number(posted) - Number(ts)).toBeLessThan(5);
    expect(message.text).toBe('📘 ランブック: レプリカラグ増大（一致: レプリカラグ）');
    const blocks = JSON.stringify(message.blocks);
    expect(blocks).toContain('書き込み量を見る');
    expect(blocks).toContain('長いトランザクションを止める');
    expect(blocks).toContain('他の候補: 書き込み過多');
    expect(buttonsOf(message)).toEqual(['runbook.helpful', 'runbook.wrong', 'runbook.show_full']);
    expect(notified(story)).toEqual([tanaka.slackId]);
  });

  it('R-02 shows the whole page to whoever asks, them alone', async () => {
    await press(guest, posted, 'runbook.show_full');
    const whole = await story.slack.until(() => whispersTo(guest)[0], 'the page');
    expect(whole.text).toBe('📘 ランブック全文: レプリカラグ増大');
    expect(JSON.stringify(whole.blocks)).toContain('背景の説明。');
  });

  it('R-03 shows the next candidate for everybody after [違う], and then says that there is none', async () => {
    await press(sato, posted, 'runbook.wrong');
    const next = await story.slack.until(
      () => replies(ts).find(({ text, ts: at }) => at === posted && text.includes('書き込み過多')),
      'the next candidate',
    );
    expect(JSON.stringify(next.blocks)).toContain('バッチを止める');
    await press(sato, posted, 'runbook.wrong');
    const none = await story.slack.until(
      () => replies(ts).find(({ text, ts: at }) => at === posted && text.includes('他の候補はありません')),
      'the end of the candidates',
    );
    expect(none.text).toBe('📘 他の候補はありません。調査から始めてください。');
    expect(buttonsOf(none)).toEqual([]);
    expect(whispersTo(sato).map(({ text }) => text)).toEqual(['評価を記録しました。', '評価を記録しました。']);
    const last = whispersTo(sato).at(-1);
    await press(sato, last?.ts ?? '', 'runbook.take_back');
    await story.slack.until(
      () => replies(ts).find(({ text, ts: at }) => at === posted && text.includes('書き込み過多')),
      'the candidate to come back',
    );
  });

  it('R-03 keeps one verdict of a person', async () => {
    const other = fire('[New Relic] Critical: sqs が滞留');
    const message = await runbookOf(other);
    expect(message.text).toContain('キュー滞留');
    await press(tanaka, message.ts, 'runbook.helpful');
    await press(tanaka, message.ts, 'runbook.helpful');
    await press(guest, message.ts, 'runbook.helpful');
    await story.slack.until(() => whispersTo(guest)[1], 'the thanks');
    expect(whispersTo(tanaka).map(({ text }) => text)).toEqual([
      '評価を記録しました。',
      'このランブックの評価は記録済みです。',
    ]);
    const metrics = await (await fetch(`http://127.0.0.1:${story.app?.port}/metrics`)).text();
    expect(metrics).toMatch(/toban_runbook_feedback_total\{verdict="helpful"\} 2/);
    expect(metrics).toMatch(/toban_runbook_feedback_total\{verdict="wrong"\} 2/);
  });

  it('R-02 whispers the page from the button under the mention too', async () => {
    const other = fire('[New Relic] Critical: キューの滞留が続いています');
    await runbookOf(other);
    const mention = replies(other).find(({ firstMentions }) => firstMentions.length > 0);
    const before = whispersTo(sato).length;
    await press(sato, mention?.ts ?? '', 'runbook.show');
    const whole = await story.slack.until(() => whispersTo(sato)[before], 'the page');
    expect(whole.text).toBe('📘 ランブック全文: キュー滞留');
  });
});

describe('which runbook it is', () => {
  it('R-04 R-05 says so where none matches, and guesses nothing', async () => {
    for (const text of ['[CRITICAL] dbus reload failed', '[CRITICAL] zzz qqq']) {
      const message = await runbookOf(fire(text));
      expect(message.text).toBe(
        '該当ランブックなし\n未知のアラートです。調査から始めてください。手順が分かったらランブックに残してください。',
      );
      expect(buttonsOf(message)).toEqual(['runbook.create']);
    }
  });

  it('R-05 matches half-width kana and another spelling', async () => {
    const message = await runbookOf(fire('[CRITICAL] ﾚﾌﾟﾘｶﾗｸﾞ 拡大'));
    expect(message.text).toMatch(/^📘 ランブック: レプリカラグ増大（一致: レプリカラグ/);
  });

  it('R-06 takes the one that the alert itself names, over every keyword', async () => {
    const message = await runbookOf(
      fire('[CRITICAL] レプリカラグ AuroraReplicaLag\nrunbook_url: https://wiki.example.com/runbooks/sqs-backlog'),
    );
    expect(message.text).toBe('📘 ランブック: キュー滞留（アラート指定）');
  });

  it('R-02 shows hostile pages as letters', async () => {
    const message = await runbookOf(fire('[CRITICAL] hostileword seen'));
    expect(story.slack.mentions(message)).toEqual([]);
    expect(faultsOfSpeech(story)).toEqual([]);
  });

  it('R-07 uses a file that was added while it runs, and keeps the others in spite of a broken one', async () => {
    expect(JSON.stringify(story.log)).toContain('broken.md');
    const read = story.logged('runbooks were read').length;
    write('added.md', page('追加した手順', 'kafka-consumer-lag', '1. 追加の手順'));
    await story.pagerduty.until(() => {
      story.clock.advance(1000);
      return story.logged('runbooks were read').length > read;
    }, 'the library to be read again');
    const message = await runbookOf(fire('[CRITICAL] kafka-consumer-lag over 1000'));
    expect(message.text).toBe('📘 ランブック: 追加した手順（一致: kafka-consumer-lag）');
  });
});
