/** /oncall ical: a file by direct message and a feed whose address only the asker is told (H-09). */

import ICAL from 'ical.js';
import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story } from '../support/story.ts';

const { suzuki, ito, guest } = CAST;
let story: Story;

async function ask(text: string, who: { slackId: string } = suzuki): Promise<string> {
  const { slack } = story;
  const before = slack.ephemerals.length;
  const asked = story.clock.now();
  await slack.command(who.slackId, CHANNELS.random, '/oncall', text);
  const answer = await slack.until(() => slack.ephemerals[before], `the answer to /oncall ${text}`);
  expect(story.clock.now() - asked).toBeLessThan(3000);
  expect(answer.user).toBe(who.slackId);
  return answer.text;
}

const addressIn = (answer: string) => /http:\/\/127\.0\.0\.1:\d+\/ical\/[\w-]{43}\.ics/.exec(answer)?.[0] ?? '';

interface Entry {
  readonly uid: string;
  readonly summary: string;
  readonly start: string;
  readonly end: string;
}

function entriesOf(text: string): readonly Entry[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, startDate, endDate } = new ICAL.Event(component);
    return { uid, summary, start: startDate.toJSDate().toISOString(), end: endDate.toJSDate().toISOString() };
  });
}

async function feed(address: string): Promise<readonly Entry[]> {
  const response = await fetch(address);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  return entriesOf(await response.text());
}

const begin = (options: ConstructorParameters<typeof Story>[0] = {}) => new Story({ flow: 0.5, ...options }).begin();
const end = async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
};

describe('/oncall ical', () => {
  beforeAll(async () => {
    story = await begin({
      before: ({ pagerduty }) => {
        const [start, end] = ['2026-11-24T19:00:00+09:00', '2026-11-24T22:00:00+09:00'];
        pagerduty.addOverride(PAGER.schedule, { user: ito.pagerId, start, end });
      },
    });
    await story.slack.until(() => story.logged('coming weeks were read')[0], 'the coming weeks');
  });
  afterAll(end);

  it('H-09 gives a file and a feed of my own shifts, covers included', async () => {
    const answer = await ask('ical');
    const lines = answer.split('\n');
    expect(lines[0]).toBe('📆 カレンダー: あなたの当番');
    expect(lines[1]).toBe(`購読アドレス: ${addressIn(answer)}`);
    // Under load the file may come after the answer.
    expect(answer).toMatch(/\nファイル（.ics）をダイレクトメッセージに送(?:りました|っています)\n/);
    expect(answer).toContain('作り直し: `/oncall ical rotate` 停止: `/oncall ical revoke`');
    const mine = await feed(addressIn(answer));
    expect(mine.slice(0, 3).map(({ start, end: until, summary }) => [start, until, summary])).toEqual([
      ['2026-11-24T01:00:00.000Z', '2026-11-24T10:00:00.000Z', 'オンコール当番 SRE（1次）'],
      ['2026-11-24T13:00:00.000Z', '2026-11-25T01:00:00.000Z', 'オンコール当番 SRE（1次）'],
      ['2026-11-27T01:00:00.000Z', '2026-11-28T01:00:00.000Z', 'オンコール当番 SRE（1次）'],
    ]);
    expect(mine.length).toBeGreaterThan(15);
    expect(await feed(addressIn(answer))).toEqual(mine);

    const { slack } = story;
    const shared = await slack.until(() => {
      const direct = slack.channels.find(({ kind, members }) => kind === 'im' && members.has(suzuki.slackId));
      const message = direct && slack.history(direct.id).find(({ files }) => files !== undefined);
      return ((message?.files ?? []) as { id: string; name: string }[])[0];
    }, 'the file');
    expect(shared.name).toBe('oncall.ics');
    const file = slack.file(shared.id);
    expect(entriesOf(Buffer.from(file?.content ?? '').toString('utf8'))).toEqual(mine);
  });

  it('H-09 tells an address once, and ends it where it is asked to', async () => {
    const first = addressIn(await ask('ical', ito));
    expect(first).not.toBe('');
    const second = await ask('カレンダー', ito);
    expect(addressIn(second)).toBe('');
    expect(second).toContain('発行済みです。もう一度は表示できません');
    const rotated = await ask('ical rotate', ito);
    expect(rotated).toContain('前のアドレスは使えなくなりました');
    expect((await fetch(first)).status).toBe(404);
    expect((await feed(addressIn(rotated))).map(({ summary }) => summary)).toContain('オンコール当番 SRE（1次）');
    expect(await ask('ical revoke', ito)).toBe('🗑️ 購読アドレスを停止しました');
    expect((await fetch(addressIn(rotated))).status).toBe(404);
    expect(await ask('ical 停止', ito)).toBe('停止する購読アドレスはありません');
  });

  it("H-09 gives a team's feed to anybody, which says who", async () => {
    const answer = await ask('ical sre', guest);
    expect(answer.split('\n')[0]).toBe('📆 カレンダー: SRE のオンコール');
    const summaries = (await feed(addressIn(answer))).map(({ summary }) => summary);
    expect(summaries).toContain('伊藤 蓮 オンコール SRE（1次）');
    expect(summaries).toContain('田中 健 オンコール SRE（1次）');
    expect(await ask('ical nosuch', guest)).toBe('「nosuch」というチームはありません。チーム: sre、pay');
  });

  it('H-09 keeps the secret out of the log and of the database', async () => {
    const token = /ical\/([\w-]+)\.ics/.exec(addressIn(await ask('ical pay', guest)))?.[1] ?? '';
    const { port } = story.app ?? { port: 0 };
    for (const path of [`/ical/${token}x.ics`, '/ical/', '/ical/..%2f.ics', `/ical/${'a'.repeat(43)}.ics`]) {
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
    }
    expect(token).toHaveLength(43);
    expect(story.log.join('')).not.toContain(token);
  });

  it('H-09 H-14 serves from memory while PagerDuty is down, over a restart too', async () => {
    const address = addressIn(await ask('ical rotate'));
    const before = await feed(address);
    story.pagerduty.down(true);
    await story.stopBot();
    await story.startBot();
    const moved = address.replace(/:\d+/, `:${story.app?.port}`);
    expect(await feed(moved)).toEqual(before);
    story.pagerduty.down(false);
  });
});

describe('/oncall ical in English', () => {
  afterAll(end);

  it('H-09 names the public address, and says why a file did not come', async () => {
    story = await begin({ locale: 'en', extra: 'ical: { url: "https://toban.corp.example/" }' });
    story.slack.faults.add({ method: 'files.getUploadURLExternal', kind: 'error', error: 'missing_scope' });
    const answer = await ask('ical');
    expect(answer).toMatch(
      /^📆 Calendar: your shifts\nFeed address: https:\/\/toban\.corp\.example\/ical\/[\w-]{43}\.ics\n/,
    );
    expect(answer).toContain('The file (.ics) could not be sent (missing_scope). Use the feed address');
    expect(answer).not.toContain('ical.url');
  });
});
