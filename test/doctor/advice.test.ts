/** Breaks one thing after the other, and reads what the doctor says of it: what is, what should be, what to do (H-12). */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteConnection from 'better-sqlite3';
import { parse, stringify } from 'yaml';
import { surveyConfig } from '../../src/config/survey.ts';
import { examine } from '../../src/doctor/examine.ts';
import type { Finding } from '../../src/doctor/finding.ts';
import { cutManifest } from '../../src/doctor/manifest.ts';
import type { Manifest } from '../../src/doctor/manifest.ts';
import { findingLines } from '../../src/doctor/views.ts';
import { probesOf, setupOf } from '../../src/examining.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import { furnish } from '../../src/simulator/cast.ts';
import { document } from '../documents/support/documents.ts';
import { CAST, PAGER, Story, TEAMS } from '../support/story.ts';

let story: Story;
let dir: string;
/** Nobody listens there. */
let closedPort: number;
beforeAll(async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closedPort = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  dir = mkdtempSync(join(tmpdir(), 'toban-doctor-'));
  story = await new Story({ startBot: false, flow: 2 }).begin();
});
afterAll(async () => {
  await story.end();
  rmSync(dir, { recursive: true, force: true });
});
afterEach(() => {
  story.slack.faults.clear();
  story.pagerduty.faults.clear();
  story.pagerduty.down(false);
});

const FILE = `runbooks: { dir: runbooks }\nadmins: [${CAST.manager.slackId}]\nhandover: { channel: engineers }\n${TEAMS}`;

interface Broken {
  readonly environment?: Readonly<Record<string, string>>;
  readonly file?: string | undefined;
  readonly clock?: Clock;
}

async function findings(broken: Broken = {}, locale: 'ja' | 'en' = 'ja'): Promise<readonly Finding[]> {
  const { slack, pagerduty } = story;
  const environment = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_TOKEN: pagerduty.token,
    PAGERDUTY_API_URL: pagerduty.apiUrl,
    DATABASE_URL: `file:${join(dir, 'toban.db')}`,
    ...broken.environment,
  };
  const file = 'file' in broken ? broken.file : FILE;
  const survey = surveyConfig(environment, () => file && `locale: ${locale}\n${file}`);
  return examine(setupOf(survey), probesOf(survey.config, broken.clock ?? story.clock));
}

/** What is not fine, as the terminal shows it. */
async function ills(broken: Broken = {}, locale: 'ja' | 'en' = 'ja'): Promise<string> {
  const found = await findings(broken, locale);
  for (const { weight, should, todo } of found) {
    expect(weight === 'fine' || (Boolean(should) && Boolean(todo))).toBe(true);
  }
  return findingLines(
    found.filter(({ weight }) => weight !== 'fine'),
    locale,
  ).join('\n');
}

describe('a set-up without a fault', () => {
  it('is fine in every check', async () => {
    const found = await findings();
    expect(found.filter(({ weight }) => weight !== 'fine')).toEqual([]);
    expect(found.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'slack.scopes',
        'slack.line',
        'slack.channels',
        'pagerduty.gaps',
        'people.linked',
        'host.clock',
      ]),
    );
  });

  it('is looked at without a write', async () => {
    story.slack.clearCalls();
    story.pagerduty.clearCalls();
    await findings();
    expect(story.slack.calls.filter(({ method }) => /\.(?:post|update|open|set|add|create)/.test(method))).toEqual([
      expect.objectContaining({ method: 'apps.connections.open' }),
    ]);
    expect(story.pagerduty.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(story.slack.sockets).toBe(0);
  });
});

describe('tokens', () => {
  it('wrong: Slack refuses the bot token', async () => {
    const text = await ills({ environment: { SLACK_BOT_TOKEN: 'xoxb-1-of-another-app' } });
    expect(text).toContain('❌ slack.bot: Slack が SLACK_BOT_TOKEN を受け付けません（invalid_auth）');
    expect(text).toContain('「OAuth & Permissions」でトークンを写し直してください');
    expect(text).not.toContain('of-another-app');
  });

  it('swapped', async () => {
    const { botToken, appToken } = story.slack;
    const swapped = { SLACK_BOT_TOKEN: appToken, SLACK_APP_TOKEN: botToken };
    expect(await ills({ environment: swapped })).toContain('SLACK_BOT_TOKEN と SLACK_APP_TOKEN が逆に入っています');
    expect(await ills({ environment: swapped }, 'en')).toContain('To do: exchange the two values in .env');
  });

  it('the app token in the bot’s place', async () => {
    const text = await ills({ environment: { SLACK_BOT_TOKEN: story.slack.appToken } });
    expect(text).toContain('SLACK_BOT_TOKEN に Slack のアプリレベルトークン（xapp-…） が入っています');
    expect(text).toContain('あるべき状態: ボットトークン（xoxb-…）が入っている');
  });

  it('a Slack token in PagerDuty’s place, and the other way round', async () => {
    const environment = { PAGERDUTY_TOKEN: 'xoxb-1-secret', SLACK_BOT_TOKEN: 'u+SomePagerDutyKey' };
    const text = await ills({ environment }, 'en');
    expect(text).toContain('PAGERDUTY_TOKEN holds a Slack bot token (xoxb-…)');
    expect(text).toContain('SLACK_BOT_TOKEN holds something that is no Slack token');
    expect(text).not.toMatch(/secret|SomePagerDutyKey/);
  });

  it('an app token that Slack refuses', async () => {
    expect(await ills({ environment: { SLACK_APP_TOKEN: 'xapp-1-gone' } })).toContain(
      '❌ slack.line: Slack が SLACK_APP_TOKEN を受け付けません（invalid_auth）',
    );
  });

  it('none at all, and no file: the rest is looked at all the same', async () => {
    const none = { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', PAGERDUTY_TOKEN: '' };
    const text = await ills({ environment: none, file: undefined }, 'ja');
    expect(text).toContain('SLACK_BOT_TOKEN が未設定です');
    expect(text).toContain('SLACK_APP_TOKEN も SLACK_SIGNING_SECRET も未設定です');
    expect(text).toContain('toban.example.yml を toban.yml に写して');
    expect(text).toContain('❔ slack.bot: Slack の確認');
  });
});

describe('settings', () => {
  it('a wrong key in toban.yml is told with its path, and Slack is looked at all the same', async () => {
    const found = await findings({ file: `${FILE}\nlocal: ja` }, 'en');
    expect(found).toContainEqual(
      expect.objectContaining({
        check: 'settings.file',
        weight: 'fatal',
        is: expect.stringContaining('setting local'),
      }),
    );
    expect(found).toContainEqual(expect.objectContaining({ check: 'slack.bot', weight: 'fine' }));
  });

  it('admins that are missing or unknown', async () => {
    expect(await ills({ file: TEAMS })).toContain('⚠️ settings.admins: admins が空です');
    expect(await ills({ file: `admins: [U0NOBODY]\n${TEAMS}` })).toContain(
      'admins の U0NOBODY は Slack に見つからない',
    );
  });
});

describe('Slack', () => {
  it('O-05 a missing scope, with the features that need it; none for features that are off', async () => {
    const manifest = parse(document('manifest.yml')) as Manifest;
    const only = cutManifest(manifest, { handover: true, mentions: false, runbooks: false, incidents: false });
    const small = await startSlack({ clock: story.clock, manifest: stringify(only) });
    furnish({ slack: small, pagerduty: story.pagerduty, clock: story.clock });
    const environment = { SLACK_API_URL: small.apiUrl };
    try {
      const text = await ills({ environment });
      expect(text).toContain('❌ slack.scopes: スコープ channels:history がありません（使う機能: mentions、runbooks');
      expect(text).toContain('「Reinstall to Workspace」を押してください');
      const off = `features: { mentions: false, runbooks: false, incidents: false }\n${FILE}`;
      expect(await ills({ environment, file: off })).not.toContain('❌');
    } finally {
      await small.close();
    }
  });

  it('H-13 a user group that is not there, and rights that its group and topic lack', async () => {
    const file = FILE.replace(
      '    name: SRE\n',
      '    name: SRE\n    oncall_group: S0NOBODY\n    topic_channel: engineers\n',
    );
    expect(await ills({ file })).toContain('チーム SRE の oncall_group S0NOBODY が Slack にありません');
    const manifest = parse(document('manifest.yml')) as Manifest;
    const none = cutManifest(manifest, { handover: false, mentions: true, runbooks: true, incidents: false });
    const bare = await startSlack({ clock: story.clock, manifest: stringify(none) });
    furnish({ slack: bare, pagerduty: story.pagerduty, clock: story.clock });
    try {
      const text = await ills({ environment: { SLACK_API_URL: bare.apiUrl }, file });
      expect(text).toContain('⚠️ slack.signs: チーム SRE の oncall_group を当番に合わせられません');
      expect(text).toContain('⚠️ slack.signs: チーム SRE の topic_channel のトピックを変えられません');
    } finally {
      await bare.close();
    }
  });

  it('a channel that Toban is not in, and one that does not exist', async () => {
    story.slack.addChannel({ id: 'C0LONELY', name: 'lonely' });
    const file = FILE.replace('channel: alerts-pay', 'channel: lonely').replace(
      'channel: engineers',
      'channel: enginers',
    );
    const text = await ills({ file });
    expect(text).toContain('Toban がチャンネル #lonely（アラート）に参加していません');
    expect(text).toContain('やること: #lonely で /invite @toban を実行してください');
    expect(text).toContain('チャンネル enginers（引き継ぎ）が見つかりません');
  });

  it('is not there: told once, and nothing hangs on it', async () => {
    const text = await ills({ environment: { SLACK_API_URL: `http://127.0.0.1:${closedPort}/api/` } });
    expect(text).toMatch(/❌ slack\.bot: Slack に接続できません（(?:connection_refused|no_answer)）/);
    expect(text).not.toContain('slack.channels');
  });

  it('has another time than this machine', async () => {
    const { clock } = story;
    const ahead = { now: () => clock.now() + 90_000, setTimer: clock.setTimer.bind(clock) };
    const behind = { now: () => clock.now() - 400_000, setTimer: clock.setTimer.bind(clock) };
    expect(await ills({ clock: ahead })).toMatch(/⚠️ host\.clock: このマシンの時計が Slack より [89]\d 秒進んでいます/);
    expect(await ills({ clock: behind }, 'en')).toMatch(/❌ host\.clock: this machine’s clock is \d+ s behind Slack’s/);
  });
});

describe('PagerDuty', () => {
  it('401: the key is wrong', async () => {
    const text = await ills({ environment: { PAGERDUTY_TOKEN: 'not-the-key' } });
    expect(text).toContain('❌ pagerduty.key: PagerDuty が PAGERDUTY_TOKEN を受け付けません（401）');
    expect(text.match(/pagerduty\./g)).toHaveLength(1);
  });

  it('403: the key may not read something', async () => {
    story.pagerduty.faults.add({ path: '/users', kind: 'error', status: 403 });
    expect(await ills()).toContain('❌ pagerduty.people: PagerDuty のキーに /users を見る権限がありません（403）');
  });

  it('is down', async () => {
    story.pagerduty.down(true);
    expect(await ills({}, 'en')).toContain('❌ pagerduty.key: PagerDuty does not answer (unavailable)');
  });

  it('has no schedule, policy or service of that id', async () => {
    const file = FILE.replace(PAGER.schedule, 'PNOSCHED')
      .replace(PAGER.payPolicy, 'PNOPOLICY')
      .replace(PAGER.payService, 'PNOSERVICE');
    const text = await ills({ file });
    expect(text).toContain('スケジュール PNOSCHED（チーム SRE）が PagerDuty にありません');
    expect(text).toContain('エスカレーションポリシー PNOPOLICY（チーム 決済）が PagerDuty にありません');
    expect(text).toContain('サービス PNOSERVICE（チーム 決済）が PagerDuty にありません');
    expect(text).toContain('URL の最後の部分を toban.yml に写してください');
  });

  it('knows schedules of shifts too', async () => {
    const start = story.clock.now() - 1;
    story.pagerduty.addSchedule({
      id: 'PSHIFTS',
      name: 'shifts',
      timeZone: 'Asia/Tokyo',
      kind: 'shifts',
      entries: [{ user: CAST.sato.pagerId, start, end: start + 40 * 86_400_000 }],
    });
    expect(await ills({ file: FILE.replace(PAGER.schedule, 'PSHIFTS') })).not.toContain('PSHIFTS');
  });

  it('H-15 has gaps in the next 14 days, an empty level, a single level', async () => {
    const now = story.clock.now();
    const hour = 3_600_000;
    story.pagerduty.addSchedule({
      id: 'PGAPS',
      name: 'gaps',
      timeZone: 'Asia/Tokyo',
      kind: 'layers',
      entries: [{ user: CAST.sato.pagerId, start: now - hour, end: now + 100 * hour }],
    });
    story.pagerduty.addSchedule({ id: 'PEMPTY', name: 'none', timeZone: 'Asia/Tokyo', kind: 'layers', entries: [] });
    story.pagerduty.addEscalationPolicy({
      id: 'PGAPPY',
      name: '穴あき',
      levels: [
        { timeoutMinutes: 5, targets: [{ schedule: 'PGAPS' }] },
        { timeoutMinutes: 5, targets: [] },
      ],
    });
    story.pagerduty.addEscalationPolicy({
      id: 'PLONE',
      name: '一人',
      levels: [{ timeoutMinutes: 5, targets: [{ schedule: 'PEMPTY' }] }],
    });
    const file = FILE.replace(PAGER.policy, 'PGAPPY').replace(PAGER.payPolicy, 'PLONE');
    const text = await ills({ file });
    expect(text).toMatch(/⚠️ pagerduty\.gaps: チーム SRE の 1次に空きがあります: 11\/28\(土\) \d\d:\d\d – 12\/8\(火\)/);
    expect(text).toContain('⚠️ pagerduty.levels: ポリシー 穴あき の 2次に誰も設定されていません');
    expect(text).toContain('⚠️ pagerduty.levels: ポリシー 一人 は 1次だけです');
    expect(text).toContain('❌ pagerduty.gaps: チーム 決済 には、いま 1次の当番がいません');
    // O-02: the services still use the policies that toban.yml no longer names.
    expect(text).toContain(
      '⚠️ pagerduty.drift: サービス api のエスカレーションポリシーが、チーム SRE のものと違います',
    );
  });
});

describe('people', () => {
  it('H-12 whoever is on call and cannot be mentioned', async () => {
    story.pagerduty.addUser({ id: 'PSTRAY', name: '迷子 太郎', email: 'stray@corp.example' });
    story.pagerduty.addSchedule({
      id: 'PSTRAYS',
      name: 'stray',
      timeZone: 'Asia/Tokyo',
      kind: 'layers',
      rotation: { users: ['PSTRAY'], handoff: story.clock.now(), everySeconds: 86_400 },
    });
    story.pagerduty.addEscalationPolicy({
      id: 'PSTRAYP',
      name: 'stray',
      levels: [{ timeoutMinutes: 5, targets: [{ schedule: 'PSTRAYS' }] }],
    });
    const file = `people: { nobody@corp.example: U0SATO01 }\n${FILE.replace(PAGER.payPolicy, 'PSTRAYP')}`;
    const text = await ills({ file, environment: { PAGERDUTY_FROM: 'bot@corp.example' } });
    expect(text).toContain('迷子 太郎（stray@corp.example）は 11/2');
    expect(text).toContain(
      'やること: toban.yml の people に stray@corp.example: U…（Slack のメンバー ID）を足してください',
    );
    expect(text).toContain('people にある nobody@corp.example は PagerDuty にいません');
    expect(text).toContain('PAGERDUTY_FROM の bot@corp.example は PagerDuty のユーザーではありません');
    const tied = await ills({ file: file.replace('nobody@corp.example: U0SATO01', 'stray@corp.example: U0GONE00') });
    expect(tied).toContain('people で 迷子 太郎 に結んだ U0GONE00 は、Slack にいないか無効です');
  });
});

describe('the machine', () => {
  it('a database folder that cannot be written', async () => {
    writeFileSync(join(dir, 'a-file'), '');
    const environment = { DATABASE_URL: `file:${join(dir, 'a-file', 'toban.db')}` };
    expect(await ills({ environment })).toMatch(/❌ host\.database: データベース file:\S+ に書き込めません（ENOTDIR）/);
  });

  it('a database that is damaged, or of a newer version', async () => {
    const [broken, newer] = [join(dir, 'broken.db'), join(dir, 'newer.db')];
    writeFileSync(broken, 'no database at all, and long enough to be looked at as one');
    const connection = new SqliteConnection(newer);
    connection.exec(`create table kysely_migration (name text); insert into kysely_migration values ('9999_future')`);
    connection.close();
    expect(await ills({ environment: { DATABASE_URL: `file:${broken}` } })).toContain(
      'が壊れています（SQLITE_NOTADB）',
    );
    expect(await ills({ environment: { DATABASE_URL: `file:${newer}` } }, 'en')).toContain(
      'belongs to a newer version of Toban (9999_future)',
    );
  });

  it('a webhook secret without a route that answers, and with one that is something else', async () => {
    const secret = { PAGERDUTY_WEBHOOK_SECRET: 'hook-secret', PORT: String(closedPort) };
    expect(await ills({ environment: secret })).toContain(
      `⚠️ host.webhook: PAGERDUTY_WEBHOOK_SECRET はありますが、http://127.0.0.1:${closedPort}/pagerduty/webhook が応答しません`,
    );
    const other = createServer((_request, response) => void response.writeHead(404).end()).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const text = await ills({ environment: { ...secret, PORT: String(port) } }, 'en');
    other.close();
    expect(text).toContain('answers 404 to a call without a signature');
  });

  it('R-07 a runbook whose front matter is broken, with file and line', async () => {
    const pages = mkdtempSync(join(dir, 'runbooks-'));
    writeFileSync(join(pages, 'good.md'), '# Good\n\nSteps.\n');
    writeFileSync(join(pages, 'broken.md'), '---\ntitle: x\nkeywords: [a\n---\n\nSteps.\n');
    const file = FILE.replace('dir: runbooks', `dir: ${JSON.stringify(pages)}`);
    expect(await ills({ file })).toMatch(/⚠️ runbooks\.pages: ランブック broken\.md:\d を使えません/);
  });
});
