/** /oncall doctor and /oncall config in Slack: what is wrong and what is in force, to whoever asks, without a secret (O-01, H-12). */

import { faultsOfSpeech } from '../support/spoken.ts';
import { CAST, CHANNELS, Story, TEAMS, WEBHOOK_SECRET } from '../support/story.ts';

let story: Story;
beforeAll(async () => {
  story = await new Story({
    extra: `admins: [${CAST.manager.slackId}]`,
    teams: TEAMS.replace('channel: alerts-pay', 'channel: outside'),
    webhooks: true,
    before: ({ slack }) => slack.addChannel({ id: 'C0OUTSIDE', name: 'outside' }),
  }).begin();
});
afterAll(() => story.end());

/** Everything that the answer says, blocks included. */
async function ask(text: string): Promise<string> {
  const { slack } = story;
  const before = slack.ephemerals.length;
  await slack.command(CAST.guest.slackId, CHANNELS.random, '/oncall', text);
  const answer = await slack.until(() => slack.ephemerals[before], `the answer to /oncall ${text}`, {
    timeoutMs: 15_000,
  });
  expect(slack.mentions(answer)).toEqual([]);
  return [answer.text, JSON.stringify(answer.blocks)].join('\n');
}

describe('/oncall doctor', () => {
  it.each(['doctor', '診断'])('H-12 says what is, what should be and what to do: /oncall %s', async (word) => {
    const answer = await ask(word);
    expect(answer).toContain('🩺 Toban の診断');
    expect(answer).toContain('❌ Toban がチャンネル #outside（アラート）に参加していません');
    expect(answer).toContain('やること: #outside で /invite @toban を実行してください');
    // The rest is fine: the running bot's own route and its database too.
    expect(answer).toContain('host.webhook');
    expect(answer).toContain('致命的 1 件・注意 0 件・未確認 0 件');
    expect(faultsOfSpeech(story)).toEqual([]);
  });
});

describe('/oncall config', () => {
  it('O-01 shows the settings in force, defaults included, and no secret', async () => {
    const answer = await ask('config');
    for (const line of [
      'locale: ja',
      'escalation_policy: PPOLICY1',
      'at: 10:00',
      'mode: socket',
      'poll: 30s',
      'webhooks: true',
    ]) {
      expect(answer).toContain(line);
    }
    const { slack, pagerduty } = story;
    for (const secret of [slack.botToken, slack.appToken, pagerduty.token, WEBHOOK_SECRET]) {
      expect(answer).not.toContain(secret);
    }
    expect(await ask('設定')).toContain('escalation_policy: PPOLICY1');
  });
});
