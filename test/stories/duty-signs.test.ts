/** A user group and a channel's topic follow whoever is on call, and a workspace that refuses breaks nothing (H-12, H-13). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, PAGER, Story, USER_GROUP } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

const { tanaka, suzuki, ito, manager } = CAST;
const GROUP = 'S0ONCALL1';
let story: Story;

const teams = (own = `oncall_group: ${GROUP}`) => `
teams:
  sre: { name: SRE, escalation_policy: ${PAGER.policy}, user_group: ${USER_GROUP}, ${own} }
  pay: { name: "決済|Pay", escalation_policy: ${PAGER.payPolicy}, ${own} }
`;
const begin = async (options: StoryOptions = {}) => {
  story = await new Story({
    flow: 2,
    teams: teams(),
    extra: `admins: [${manager.slackId}]`,
    ...options,
    before: (one) => {
      one.slack.addUserGroup({ id: GROUP, handle: 'oncall', name: 'On call', users: [manager.slackId] });
      return options.before?.(one);
    },
  }).begin();
};
const end = async () => {
  const faults = faultsOfSpeech(story);
  await story.end();
  expect(faults).toEqual([]);
};
const members = () => [...(story.slack.userGroups.find(({ id }) => id === GROUP)?.users ?? [])].toSorted();
const write = (text: string) => {
  const channel = story.slack.channels.find(({ id }) => id === CHANNELS.engineers);
  (channel as { topic: string }).topic = text;
};
const topic = () => story.slack.channels.find(({ id }) => id === CHANNELS.engineers)?.topic;
const updates = (method: string) => story.slack.calls.filter((call) => call.method === method).length;
/** Lets the minutes of the clock pass until it is so. */
const minutes = (isSo: () => boolean, what: string) =>
  story.slack.until(() => {
    story.clock.advance(10_000);
    return isSo();
  }, what);

describe('the user group of the on-call', () => {
  afterEach(end);

  it('H-13 is set at the start, follows the switch, merges teams, and is left alone in between', async () => {
    await begin();
    await story.slack.until(() => members().length === 2, 'the group');
    expect(members()).toEqual([ito.slackId, tanaka.slackId].toSorted());
    story.clock.advanceTo(Date.parse('2026-11-24T10:00:00+09:00'));
    await minutes(() => members().includes(suzuki.slackId), 'the group after the switch');
    expect(members()).toEqual([ito.slackId, suzuki.slackId].toSorted());
    expect(updates('usergroups.users.update')).toBe(2);
    // Somebody changes it by hand: within minutes it is as it should be again.
    story.slack.addUserGroup({ id: GROUP, handle: 'oncall', name: 'On call', users: [manager.slackId] });
    await minutes(() => members().length === 2, 'the group after a change by hand');
    expect(updates('usergroups.users.update')).toBe(3);
  });

  it('H-13 H-12 is never emptied: whoever is not in Slack cannot be in it', async () => {
    await begin({
      before: ({ slack }) => {
        for (const one of [tanaka, ito]) slack.updateUser(one.slackId, { deleted: true });
      },
    });
    await minutes(() => story.clock.now() > Date.parse('2026-11-24T02:14:00+09:00'), 'some minutes');
    expect(members()).toEqual([manager.slackId]);
    expect(updates('usergroups.users.update')).toBe(0);
  });

  it('H-13 is given up with one warning where the workspace refuses, and nothing else breaks', async () => {
    await begin({
      before: ({ slack }) => {
        slack.faults.add({ method: 'usergroups.users.update', kind: 'error', error: 'permission_denied', times: 99 });
      },
    });
    const warnings = () =>
      story.slack.channels
        .filter(({ kind, members: people }) => kind === 'im' && people.has(manager.slackId))
        .flatMap(({ id }) => story.slack.messages(id))
        .filter(({ text }) => text.includes(GROUP));
    await story.slack.until(() => warnings()[0], 'the warning');
    await minutes(() => story.clock.now() > Date.parse('2026-11-24T02:40:00+09:00'), 'half an hour');
    expect(warnings().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^⚠️ ユーザーグループ S0ONCALL1 を当番に合わせられません（permission_denied）。/),
    ]);
    expect(updates('usergroups.users.update')).toBe(1);
    const before = story.slack.ephemerals.length;
    await story.slack.command(tanaka.slackId, CHANNELS.random, '/oncall', 'now sre');
    expect((await story.slack.until(() => story.slack.ephemerals[before], 'the answer')).text).toContain('田中 健');
  });
});

describe('the topic of a channel', () => {
  afterEach(end);

  it('H-13 says who is on call, beside what people wrote', async () => {
    await begin({
      teams: teams('topic_channel: engineers'),
      before: (one) => {
        story = one;
        write('障害は #alerts へ');
      },
    });
    await story.slack.until(() => topic()?.includes('📟'), 'the topic');
    expect(topic()).toBe('障害は #alerts へ | 📟 当番: SRE 田中 健、決済/Pay 伊藤 蓮');
    // Slack keeps the emoji as its name, and people go on writing.
    write(':pager: 当番: SRE 田中 健、決済/Pay 伊藤 蓮 | 障害は #alerts へ');
    story.clock.advanceTo(Date.parse('2026-11-24T10:00:00+09:00'));
    await minutes(() => topic()?.includes('鈴木 葵') === true, 'the topic after the switch');
    expect(topic()).toBe('📟 当番: SRE 鈴木 葵、決済/Pay 伊藤 蓮 | 障害は #alerts へ');
    const set = updates('conversations.setTopic');
    write(topic()?.replace('📟', ':pager:') ?? '');
    const until = story.clock.now() + 25 * 60_000;
    await minutes(() => story.clock.now() > until, 'further looks');
    expect(updates('conversations.setTopic')).toBe(set);
  });
});
