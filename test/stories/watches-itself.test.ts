/** Toban watches itself: what fails reaches the admin once, directly, and /healthz, and so does its end (O-03). */

import { sql } from 'kysely';
import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, cloudwatch, NIGHT, Story } from '../support/story.ts';

const { manager } = CAST;
const WAIT = { timeoutMs: 25_000 };

let story: Story;
beforeAll(async () => {
  story = await new Story({ at: NIGHT, flow: 45, extra: `admins: [${manager.slackId}]` }).begin();
});
afterAll(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});
afterEach(() => story.slack.faults.clear());

/** What the admin was told directly; a call that failed told nothing. */
function told(): readonly string[] {
  return story.slack.calls
    .filter(
      ({ method, args, outcome }) =>
        method === 'chat.postMessage' && args['channel'] === manager.slackId && outcome === 'ok',
    )
    .map(({ args }) => String(args['text']));
}

const saying = (words: string) => told().filter((text) => text.includes(words));

async function ailing(): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${story.app?.port}/healthz`);
  const { ailing: list } = (await response.json()) as { ailing: { vital: string }[] };
  return list.map(({ vital }) => vital);
}

describe('an admin hears once', () => {
  it('O-03 of a dead socket, and that it is back; a restart does not tell it again', async () => {
    const { slack } = story;
    expect(await ailing()).toEqual([]);
    slack.refuseSockets(true);
    slack.dropSockets();
    await slack.until(() => saying('Slack との接続が切れています')[0], 'the warning of the line', WAIT);
    expect(saying('Slack との接続が切れています')[0]).toMatch(/^🩺 Toban 自身の異常です\n⚠️ .+（\d\d:\d\d から）\n👉 /);
    expect(await ailing()).toEqual(['slack.line']);
    slack.refuseSockets(false);
    await story.stopBot();
    await story.startBot();
    await slack.until(() => saying('✅ 直りました: Slack との接続')[0], 'the end of it, by the next process', WAIT);
    expect(saying('Slack との接続が切れています')).toHaveLength(2);
    expect(await ailing()).toEqual([]);
  });

  it('O-03 of an outbox that fails, though the warning goes the same way', async () => {
    const { slack } = story;
    const when = (args: Readonly<Record<string, unknown>>) => args['channel'] === CHANNELS.alerts;
    const mend = slack.faults.add({ method: 'chat.postMessage', kind: 'http500', times: 1e6, when });
    slack.postAsApp(CHANNELS.alerts, cloudwatch('outbox-stuck'));
    await slack.until(() => saying('送れていません')[0], 'the warning of the outbox', WAIT);
    expect(saying('送れていません')[0]).toMatch(/Slack への投稿 \d 件が送れていません（最長 [3-9] 分）/);
    expect(await ailing()).toEqual(['slack.outbox']);
    mend();
    await slack.until(() => saying('✅ 直りました: Slack への投稿')[0], 'the end of it', WAIT);
  });

  it('O-03 of a post that Slack refuses, with what to do', async () => {
    const { slack } = story;
    const when = (args: Readonly<Record<string, unknown>>) => args['channel'] === CHANNELS.alertsPay;
    const mend = slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'not_in_channel',
      times: 1e6,
      when,
    });
    slack.postAsApp(CHANNELS.alertsPay, cloudwatch('refused-post'));
    const text = await slack.until(() => saying('断りました')[0], 'the warning of the refusal', WAIT);
    expect(text).toContain(`Slack が <#${CHANNELS.alertsPay}> への投稿を断りました（not_in_channel）`);
    expect(text).toContain('👉 そのチャンネルで /invite @toban を実行してください');
    mend();
    await slack.until(() => saying('✅ 直りました: Slack が')[0], 'the end of it', WAIT);
    expect(saying('断りました（not_in_channel）')).toHaveLength(2);
  });

  it('O-03 of a full disk, while the database can keep nothing', async () => {
    const { slack, database } = story;
    if (!database) throw new Error('the story has no database');
    await sql`vacuum`.execute(database);
    await sql`pragma max_page_count = 1`.execute(database);
    await slack.until(() => saying('データベースに書き込めません')[0], 'the warning of the database', WAIT);
    expect(saying('データベースに書き込めません')[0]).toContain('データベースに書き込めません（SQLITE_FULL）');
    expect(await ailing()).toContain('database');
    await sql`pragma max_page_count = 1000000`.execute(database);
    await slack.until(() => saying('✅ 直りました: データベースに')[0], 'the end of it', WAIT);
    expect(saying('👉 ディスクの空き')).toHaveLength(1);
  });
});

describe('a handover that is missing', () => {
  it('O-03 is told at 10:05, and that it stands after all', async () => {
    await story.end();
    story = new Story({
      at: Date.parse('2026-11-24T10:03:30+09:00'),
      flow: 45,
      extra: `admins: [${manager.slackId}]\nhandover: { channel: engineers }`,
    });
    await story.begin();
    const { slack } = story;
    const when = (args: Readonly<Record<string, unknown>>) => args['channel'] === CHANNELS.engineers;
    const mend = slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'not_in_channel',
      times: 1e6,
      when,
    });
    const text = await slack.until(() => saying('引き継ぎがチャンネル')[0], 'the warning of the handover', WAIT);
    expect(text).toMatch(/⚠️ 10:00 の引き継ぎがチャンネル engineers に出ていません（10:0[5-7] から）/);
    expect(await ailing()).toContain('handover');
    mend();
    await slack.until(() => saying('✅ 直りました: 10:00 の引き継ぎ')[0], 'the end of it', WAIT);
    expect(saying('引き継ぎがチャンネル')).toHaveLength(2);
  });
});
