/** Every shape of alert calls the on-call once in its thread; nothing else calls anybody; hostile text stays letters. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOfSpeech, notified } from '../support/spoken.ts';
import { called, CAST, CHANNELS, cloudwatch, PAGER, Story, TEAMS, USER_GROUP } from '../support/story.ts';

interface Case {
  readonly name: string;
  readonly alert?: string;
  readonly event: object;
  readonly expected: {
    readonly severity?: string;
    readonly state: string;
    readonly title: string;
    readonly service?: string;
  } | null;
}

const FOLDER = join(process.cwd(), 'test/fixtures/alerts');
const suites = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json') && name !== 'not-alerts.json')
  .map((name) => ({ name: name.replace('.json', ''), cases: casesOf(name) }));

function casesOf(file: string): readonly Case[] {
  return (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { cases: Case[] }).cases;
}

/** Every alert has a mention of its own. */
const EACH_ALONE = `features: { runbooks: false }
alerts: { remind_after: [], mention_budget: { channel: 1000, person: 1000 } }`;
let story: Story;
const replies = (ts: string) => story.slack.thread(CHANNELS.alerts, ts);
const reactions = (ts: string) => (story.slack.message(CHANNELS.alerts, ts)?.reactions ?? []).map(({ name }) => name);
/** An alert after it is mentioned: everything before it has been looked at by then. */
const thenOneAlert = async (alarm: string) => {
  const before = notified(story).length;
  const ts = story.slack.postAsApp(CHANNELS.alerts, cloudwatch(alarm));
  await story.slack.until(() => replies(ts)[0], `the mention for ${alarm}`);
  expect(notified(story).slice(before)).toEqual([CAST.tanaka.slackId]);
  return ts;
};

describe('the alerts of the tools, at night', () => {
  beforeAll(async () => {
    story = await new Story({ flow: 2, extra: EACH_ALONE }).begin();
  });
  afterAll(() => story.end());

  describe.each(suites)('$name', ({ name, cases }) => {
    it('A-01 A-05 A-07 A-08 G-02 calls the on-call once within 5 s for each new alert that cannot wait, and nobody for the rest', async () => {
      const open = new Set<string>();
      const before = notified(story).length;
      let wanted = 0;
      for (const one of cases) {
        story.clock.advance(2000);
        const ts = story.slack.postRaw(CHANNELS.alerts, one.event);
        if (one.expected?.state === 'resolved') open.delete(one.alert ?? '');
        if (one.expected?.state !== 'firing' || (one.alert && open.has(one.alert))) continue;
        if (one.alert) open.add(one.alert);
        if (one.expected.severity === 'warning') {
          await story.slack.until(() => reactions(ts).includes('crescent_moon'), `the moon on: ${one.name}`);
          expect(replies(ts)).toEqual([]);
          continue;
        }
        wanted += 1;
        const reply = await story.slack.until(() => replies(ts)[0], `the mention for: ${one.name}`);
        expect(Number(reply.ts) - Number(ts)).toBeLessThan(5);
        expect(reply.text).toMatch(/^<@U0TANAKA> アラートを確認してください\n/);
        expect(reply.text).toMatch(/緊急度: [高低]/);
        if (one.expected?.service) expect(reply.text).toContain(`サービス: ${one.expected.service}`);
        expect(called(story, CHANNELS.alerts, ts)).toEqual([CAST.tanaka.slackId]);
      }
      await thenOneAlert(`after-${name}`);
      expect(notified(story)).toHaveLength(before + wanted + 1);
      expect(wanted).toBeGreaterThan(0);
    });
  });

  it('A-01 mentioned nobody but the on-call, and wrote nothing that breaks', async () => {
    expect(new Set(notified(story))).toEqual(new Set([CAST.tanaka.slackId]));
    expect(faultsOfSpeech(story)).toEqual([]);
  });
});

describe('what is no alert', () => {
  beforeAll(async () => {
    story = await new Story({ flow: 2, extra: EACH_ALONE }).begin();
  });
  afterAll(() => story.end());

  it('A-12 mentions nobody for what apps say besides', async () => {
    const all = casesOf('not-alerts.json').map(({ event }) => story.slack.postRaw(CHANNELS.alerts, event));
    await thenOneAlert('after-the-chatter');
    expect(all.flatMap((ts) => replies(ts))).toEqual([]);
  });

  it('A-12 mentions nobody for people, for its own posts, for thread chatter and for edits', async () => {
    const { slack } = story;
    const human = slack.postAsUser(CHANNELS.alerts, CAST.sato.slackId, 'ALARM って何?');
    const threadOf = await thenOneAlert('with-a-thread');
    slack.postAsUser(CHANNELS.alerts, CAST.sato.slackId, '[CRITICAL] 見ています', { threadTs: threadOf });
    slack.postAsApp(CHANNELS.alerts, { ...cloudwatch('in-the-thread'), threadTs: threadOf });
    const { botId, appId, botUserId: user } = slack.identity;
    const own = { bot_id: botId, app_id: appId, user, text: 'ALARM: "mine" in Tokyo' };
    const mine = slack.postRaw(CHANNELS.alerts, own);
    slack.editMessage(CHANNELS.alerts, threadOf, { text: '[FIRING:1] something-else [CRITICAL] host=a' });
    slack.editMessage(CHANNELS.alerts, human, { text: 'ALARM: 直しました' });
    await thenOneAlert('after-the-talk');
    expect(replies(human)).toEqual([]);
    expect(replies(mine)).toEqual([]);
    expect(replies(threadOf).filter((one) => one.bot_id === botId)).toHaveLength(1);
  });

  it('A-12 mentions nobody in a channel that no team watches', async () => {
    const elsewhere = story.slack.postAsApp(CHANNELS.random, cloudwatch('prod-api-5xx-elsewhere'));
    await thenOneAlert('in-the-right-channel');
    expect(story.slack.thread(CHANNELS.random, elsewhere)).toEqual([]);
  });

  it('A-07 closes the thread of an alert that its tool rewrites as recovered, without a mention', async () => {
    const { slack } = story;
    const ts = await thenOneAlert('rewritten-alarm');
    slack.editMessage(CHANNELS.alerts, ts, { text: cloudwatch('rewritten-alarm', 'OK').text });
    const closing = await slack.until(() => replies(ts)[1], 'the closing line');
    expect(closing.text).toMatch(/^✅ 復旧 02:1\d（\d+(?:秒|分)）$/);
    expect(closing.firstMentions).toEqual([]);
  });

  it('A-12 O-04 goes on after malformed and huge events', async () => {
    const { slack } = story;
    const app = { bot_id: 'BJUNK', app_id: 'AJUNK' };
    const junk: object[] = [
      {},
      { text: null, user: 17, bot_id: { a: 1 } },
      { ...app, text: '[FIRING] x', blocks: 'none' },
      { ...app, text: '[FIRING] y', blocks: [null, 3, { type: 'section', text: { type: 'mrkdwn', text: 7 } }] },
      { ...app, text: 'z', attachments: [null, { fields: { a: 1 }, color: 5, blocks: [[[]]] }] },
      { ...app, text: `[CRITICAL] ${'あ'.repeat(60_000)}` },
      {
        ...app,
        text: '',
        attachments: Array.from({ length: 400 }, () => ({ title: '[ALERT] '.repeat(50), text: '*'.repeat(900) })),
      },
      { ...app, text: '[CRITICAL]'.repeat(3000), thread_ts: 'never' },
      { ...app, subtype: 'message_changed', message: 'none' },
      { ...app, subtype: 'message_changed' },
      { subtype: 'message_deleted', hidden: true },
      nested(400),
    ];
    for (const event of junk) slack.postRaw(CHANNELS.random, event);
    const before = notified(story).length;
    for (const event of junk) {
      slack.postRaw(CHANNELS.alerts, event);
      story.clock.advance(1500);
    }
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('after-the-junk'));
    await slack.until(() => replies(ts)[0], 'the mention after the junk', { timeoutMs: 15_000 });
    expect(called(story, CHANNELS.alerts, ts)).toEqual([CAST.tanaka.slackId]);
    expect(new Set(notified(story).slice(before))).toEqual(new Set([CAST.tanaka.slackId]));
    expect(story.logged('handler failed')).toEqual([]);
    expect(faultsOfSpeech(story)).toEqual([]);
  });
});

function nested(depth: number): object {
  let inner: object = { type: 'rich_text_section', elements: [] };
  for (let at = 0; at < depth; at += 1) inner = { type: 'rich_text_quote', elements: [inner] };
  return { bot_id: 'BJUNK', text: '[CRITICAL] deep', blocks: [{ type: 'rich_text', elements: [inner] }] };
}

describe('which apps count, and whose alert it is', () => {
  beforeAll(async () => {
    const teams = TEAMS.replace('{ channel: alerts }', '{ channel: alerts, apps: [AAWS, BWANTED] }').replace(
      '{ channel: alerts-pay }',
      '{ channel: alerts-pay, ignore_apps: [ANOISY] }',
    );
    story = await new Story({ teams }).begin();
  });
  afterAll(() => story.end());

  it('A-12 takes only the listed apps, by app id or bot id', async () => {
    const { slack } = story;
    const stranger = slack.postAsApp(CHANNELS.alerts, {
      ...cloudwatch('not-listed'),
      appId: 'AOTHER',
      botId: 'BOTHER',
    });
    const byBot = slack.postAsApp(CHANNELS.alerts, { ...cloudwatch('listed-by-bot'), appId: 'AX', botId: 'BWANTED' });
    const listed = slack.postAsApp(CHANNELS.alerts, { ...cloudwatch('listed-by-app'), userId: 'UAWS' });
    await slack.until(() => replies(listed)[0] && replies(byBot)[0], 'both mentions');
    expect(replies(stranger)).toEqual([]);
  });

  it('O-07 calls the on-call of the team whose channel it is, and passes over an ignored app', async () => {
    const { slack } = story;
    const pay = (ts: string) => slack.thread(CHANNELS.alertsPay, ts);
    const noisy = slack.postAsApp(CHANNELS.alertsPay, {
      ...cloudwatch('noisy'),
      userId: 'UNOISY',
      appId: 'ANOISY',
      botId: 'BNOISY',
    });
    const ts = slack.postAsApp(CHANNELS.alertsPay, cloudwatch('prod-pay-errors'));
    const mention = await slack.until(() => pay(ts)[0], 'the mention');
    expect(mention.text).toMatch(/^<@U0ITO001> /);
    expect(called(story, CHANNELS.alertsPay, ts)).toEqual([CAST.ito.slackId]);
    expect(pay(noisy)).toEqual([]);
  });
});

describe('hostile words', () => {
  const EVIL = '<!channel> <!here> <!everyone> <@U0SATO01> <!subteam^S0SRETEAM> @channel @here @everyone *太字*です';
  /** As an app sends what its own text says literally, and as it would send a real mention. */
  const bodies: readonly (readonly [string, object])[] = [
    ['the text', { text: `[CRITICAL] cpu ${EVIL}` }],
    [
      'a title',
      {
        text: '',
        attachments: [{ color: 'danger', title: `[FIRING:1] ${EVIL}`, text: 'x', title_link: 'https://g.example/a' }],
      },
    ],
    [
      'fields',
      {
        text: '[ALERT] disk full',
        attachments: [
          {
            color: 'danger',
            fields: [
              { title: 'Service', value: EVIL },
              { title: EVIL, value: EVIL },
            ],
          },
        ],
      },
    ],
    [
      'a link label',
      { text: '[ALERT] queue <https://a.example/x?a=1|@channel &lt;!channel&gt;> <https://b.example/y|<!here>>' },
    ],
    [
      'blocks',
      {
        text: '',
        blocks: [
          { type: 'header', text: { type: 'plain_text', text: `[CRITICAL] ${EVIL}` } },
          { type: 'section', text: { type: 'mrkdwn', text: EVIL } },
        ],
      },
    ],
    ['escaped text', { text: `[CRITICAL] mem ${EVIL.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}` }],
  ];
  beforeAll(async () => {
    story = await new Story({
      before: ({ pagerduty }) => {
        pagerduty.addService({ id: 'PEVIL', name: EVIL, escalationPolicy: PAGER.policy });
      },
      teams: TEAMS.replace(`service: ${PAGER.service}`, 'service: PEVIL'),
    }).begin();
  });
  afterAll(() => story.end());

  it.each(bodies)('A-12 come out as letters from %s', async (_where, body) => {
    const ts = story.slack.postRaw(CHANNELS.alerts, { app_id: 'AEVIL', bot_id: 'BEVIL', ...body });
    await story.slack.until(() => replies(ts)[1], 'the mention and the runbook');
    expect(called(story, CHANNELS.alerts, ts)).toEqual([CAST.tanaka.slackId]);
    expect(replies(ts).flatMap((one) => story.slack.mentions(one))).toEqual([CAST.tanaka.slackId]);
    expect(faultsOfSpeech(story)).toEqual([]);
  });

  it('A-12 E-03 come out as letters from a PagerDuty title, a service name and a reason', async () => {
    const { slack, pagerduty } = story;
    pagerduty.trigger({ service: 'PEVIL', title: `DB down ${EVIL}` });
    const own = await slack.until(
      () => slack.messages(CHANNELS.alerts).find(({ text }) => text.includes('DB down')),
      "Toban's own message",
      { timeoutMs: 15_000 },
    );
    expect(own.firstMentions).toEqual([CAST.tanaka.slackId]);
    await slack.press(CAST.tanaka.slackId, CHANNELS.alerts, own.ts, 'alert.escalate');
    const view = await slack.until(() => slack.views(CAST.tanaka.slackId).find(({ submit }) => submit), 'the form');
    await slack.submitView(CAST.tanaka.slackId, view.id, { reason: EVIL });
    const told = await slack.until(() => replies(own.ts).find(({ text }) => text.startsWith('⏫')), 'the escalation');
    expect([...told.firstMentions].sort()).toEqual([USER_GROUP, CAST.tanaka.slackId].sort());
    expect(faultsOfSpeech(story)).toEqual([]);
  });
});
