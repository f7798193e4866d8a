/** Where PagerDuty and Slack disagree for a while: what Toban says, whom it calls, and what a click does then. */

import { buttonsOf, faultsOfSpeech, notified } from '../support/spoken.ts';
import { called, CAST, CHANNELS, cloudwatch, PAGER, Story, TEAMS, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, suzuki, sato, guest } = CAST;
const ALARM = 'prod-api-5xx';
const { alerts } = CHANNELS;
let story: Story;
afterEach(async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
});

const begin = (options: StoryOptions = {}) => new Story({ extra: 'features: { runbooks: false }', ...options }).begin();
const head = (ts: string) => story.slack.thread(alerts, ts)[0];
const says = (ts: string, part: string) =>
  story.slack.until(() => story.slack.thread(alerts, ts).find(({ text }) => text.includes(part)), part);
const whispered = (part: string) =>
  story.slack.until(() => story.slack.ephemerals.find(({ text }) => text.includes(part)), part);
const press = (who: { slackId: string }, ts: string, action: string) =>
  story.slack.press(who.slackId, alerts, head(ts)?.ts ?? '', action);
const writes = () => story.pagerduty.calls.filter(({ method }) => method !== 'GET');

async function joined(title = ALARM, service: string = PAGER.service) {
  const incident = story.pagerduty.trigger({ service, title });
  const ts = story.slack.postAsApp(alerts, cloudwatch(title));
  await story.slack.until(() => buttonsOf(head(ts)).includes('alert.escalate'), 'the incident to be joined');
  return { ts, incident };
}

describe('a PagerDuty incident on another service of the team’s policy', () => {
  it('A-06 A-03 is joined by the poll, and acknowledged by a click', async () => {
    story = await begin({
      before: ({ pagerduty }) =>
        pagerduty.addService({ id: 'PSERVICE9', name: 'search', escalationPolicy: PAGER.policy }),
    });
    const { ts, incident } = await joined(ALARM, 'PSERVICE9');
    await press(tanaka, ts, 'alert.acknowledge');
    await says(ts, '確認済み');
    expect(story.pagerduty.incident(incident).status).toBe('acknowledged');
  });
});

describe('a click on what PagerDuty has ended or given to somebody already', () => {
  it('A-03 does not reopen a resolved incident, and calls nobody', async () => {
    story = await begin({ extra: 'features: { runbooks: false }\npagerduty: { poll: 1h }' });
    const { ts, incident } = await joined();
    story.pagerduty.resolve(incident, sato.pagerId);
    const before = notified(story).length;
    await press(tanaka, ts, 'alert.acknowledge');
    await whispered('すでに復旧しています');
    await says(ts, '✅ 復旧');
    expect(story.pagerduty.incident(incident).status).toBe('resolved');
    expect(writes()).toEqual([]);
    expect(notified(story)).toHaveLength(before);
  });

  it('A-03 does not acknowledge a second time, and says who did', async () => {
    story = await begin({ extra: 'features: { runbooks: false }\npagerduty: { poll: 1h }' });
    const { ts, incident } = await joined();
    story.pagerduty.acknowledge(incident, sato.pagerId);
    await press(tanaka, ts, 'alert.acknowledge');
    await whispered(`すでに <@${sato.slackId}> が確認しています`);
    expect(writes()).toEqual([]);
    expect(story.pagerduty.incident(incident).acknowledgers).toEqual([sato.pagerId]);
  });
});

describe('a tool that tells a recovery while PagerDuty goes on calling', () => {
  it('A-07 A-11 says so, keeps the buttons, and calls the next level when PagerDuty does', async () => {
    story = await begin({ webhooks: true });
    const { ts, incident } = await joined();
    story.slack.postAsApp(alerts, cloudwatch(ALARM, 'OK'));
    await story.slack.until(() => JSON.stringify(head(ts)?.blocks).includes('PagerDutyは未解決'), 'the open incident');
    expect(buttonsOf(head(ts))).toEqual(expect.arrayContaining(['alert.acknowledge', 'alert.resolve']));
    story.pagerduty.escalate(incident, 2);
    await says(ts, '1次→2次');
    expect(called(story, alerts, ts)).toEqual([tanaka.slackId, USER_GROUP]);
    await press(tanaka, ts, 'alert.resolve');
    await story.slack.until(() => !JSON.stringify(head(ts)?.blocks).includes('PagerDutyは未解決'), 'the end');
    expect(story.pagerduty.incident(incident).status).toBe('resolved');
    expect(buttonsOf(head(ts))).toEqual([]);
  });
});

describe('people who change levels at a hand-over', () => {
  it('E-02 are not an escalation', async () => {
    const at = Date.parse('2026-11-24T09:58:00+09:00');
    // Tanaka hands over to Suzuki at 10:00, and is on the second level from then on.
    const rotating = ({ pagerduty }: Story) => {
      const day = (from: string, to: string, user: string) => ({ user, start: `${from}+09:00`, end: `${to}+09:00` });
      const second = [
        day('2026-11-23T10:00:00', '2026-11-24T10:00:00', sato.pagerId),
        day('2026-11-24T10:00:00', '2026-11-25T10:00:00', tanaka.pagerId),
      ];
      pagerduty.addSchedule({ id: 'PSECOND', name: '2次', timeZone: 'Asia/Tokyo', kind: 'layers', entries: second });
      pagerduty.addEscalationPolicy({
        id: 'PROTATING',
        name: 'SRE',
        levels: [
          { timeoutMinutes: 30, targets: [{ schedule: PAGER.schedule }] },
          { timeoutMinutes: 30, targets: [{ schedule: 'PSECOND' }] },
        ],
      });
      pagerduty.addService({ id: 'PROTSERVICE', name: 'rotating', escalationPolicy: 'PROTATING' });
    };
    const teams = TEAMS.replace(PAGER.policy, 'PROTATING').replace(PAGER.service, 'PROTSERVICE');
    story = await begin({ at, teams, before: rotating });
    const { ts } = await joined(ALARM, 'PROTSERVICE');
    story.clock.advance(4 * 60_000);
    await story.slack.command(guest.slackId, CHANNELS.random, '/oncall', 'now sre');
    await whispered(`1次 @${suzuki.name}`);
    await press(suzuki, ts, 'alert.escalate');
    await story.slack.until(
      () => JSON.stringify(story.slack.views(suzuki.slackId).at(-1)?.['blocks'] ?? '').includes('2次'),
      'the next level offered',
    );
    expect(story.slack.thread(alerts, ts).filter(({ text }) => text.includes('⏫'))).toEqual([]);
    expect(called(story, alerts, ts)).toEqual([tanaka.slackId]);
  });
});

describe('a team of which nobody on call is in Slack', () => {
  it('A-10 is called once, as its group', async () => {
    story = await begin({
      before: ({ slack }) => {
        for (const { slackId } of Object.values(CAST)) slack.updateUser(slackId, { deleted: true });
      },
      teams: TEAMS.replace(PAGER.policy, 'PALONE'),
      startBot: false,
    });
    story.pagerduty.addEscalationPolicy({
      id: 'PALONE',
      name: 'alone',
      levels: [{ timeoutMinutes: 30, targets: [{ user: tanaka.pagerId }] }],
    });
    story.pagerduty.addService({ id: 'PALONESERVICE', name: 'alone', escalationPolicy: 'PALONE' });
    await story.startBot();
    const { ts } = await joined(ALARM, 'PALONESERVICE');
    expect(called(story, alerts, ts)).toEqual([USER_GROUP]);
  });
});

describe('an alert whose tool never tells a recovery', () => {
  it('A-06 is news again an hour after it was answered, however often it came in between', async () => {
    story = await begin();
    const first = story.slack.postAsApp(alerts, cloudwatch('backup-db-failed'));
    await story.slack.until(() => head(first), 'the first mention');
    await press(tanaka, first, 'alert.acknowledge');
    await says(first, '確認済み');
    story.clock.advance(50 * 60_000);
    const again = story.slack.postAsApp(alerts, cloudwatch('backup-db-failed'));
    await says(first, '同一アラート 1回');
    story.clock.advance(50 * 60_000);
    const later = story.slack.postAsApp(alerts, cloudwatch('backup-db-failed'));
    await story.slack.until(() => head(later), 'a mention of its own');
    expect(called(story, alerts, again)).toEqual([]);
    expect(called(story, alerts, later)).toHaveLength(1);
  });
});

describe('a start after a stop in which the on-call changed', () => {
  it('H-14 A-01 asks PagerDuty first, and calls the person of now', async () => {
    story = await begin();
    await story.stopBot();
    const now = story.clock.now();
    story.pagerduty.addOverride(PAGER.schedule, {
      user: suzuki.pagerId,
      start: now - 60_000,
      end: now + 8 * 3_600_000,
    });
    const ts = story.slack.postAsApp(alerts, cloudwatch(ALARM));
    story.pagerduty.faults.add({ path: '/oncalls', kind: 'slow', delayMs: 1_500, times: 1 });
    await story.startBot();
    await story.slack.until(() => head(ts), 'the mention');
    expect(called(story, alerts, ts)).toEqual([suzuki.slackId]);
  });
});

describe('an incident that is moved to a service of nobody’s', () => {
  it('A-11 is followed to its end', async () => {
    story = await begin({
      webhooks: true,
      before: ({ pagerduty }) => {
        pagerduty.addEscalationPolicy({
          id: 'PELSEWHERE',
          name: 'elsewhere',
          levels: [{ timeoutMinutes: 30, targets: [{ user: CAST.manager.pagerId }] }],
        });
      },
    });
    const { ts, incident } = await joined();
    story.pagerduty.delegate(incident, 'PELSEWHERE', sato.pagerId);
    story.pagerduty.resolve(incident, sato.pagerId);
    await says(ts, '✅ 復旧');
    expect(buttonsOf(head(ts))).toEqual([]);
  });
});
