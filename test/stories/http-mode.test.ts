/** The main job in HTTP mode: signed events instead of a socket, everything else the same. */

import { systemClock } from '../../src/ports/clock.ts';
import { CAST, CHANNELS, called, cloudwatch, PAGER, Story } from '../support/story.ts';

let story: Story;
beforeAll(async () => {
  story = await new Story({ mode: 'http' }).begin();
});
afterAll(() => story.end());

describe('Toban behind a public URL', () => {
  it('A-01 A-03 mentions the on-call and acknowledges for the person who clicks', async () => {
    const { slack, pagerduty } = story;
    expect(slack.sockets).toBe(0);
    expect(await slack.verifyUrl()).toBe(true);
    const incident = pagerduty.trigger({ service: PAGER.service, title: 'prod-web-5xx' });
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-web-5xx'));
    const mention = await slack.until(() => slack.thread(CHANNELS.alerts, ts)[0], 'the mention');
    expect(called(story, CHANNELS.alerts, ts)).toEqual([CAST.tanaka.slackId]);
    await slack.until(
      () => JSON.stringify(slack.thread(CHANNELS.alerts, ts)[0]?.blocks).includes('alert.escalate'),
      'the incident to be joined',
    );
    const pressed = await slack.press(CAST.tanaka.slackId, CHANNELS.alerts, mention.ts, 'alert.acknowledge');
    expect(pressed.acked).toBe(true);
    await pagerduty.until(() => pagerduty.incident(incident).status === 'acknowledged', 'the acknowledgement');
  });

  it('H-07 answers /oncall', async () => {
    const { slack } = story;
    const answered = await slack.command(CAST.guest.slackId, CHANNELS.random, '/oncall', 'now sre');
    expect(answered.acked).toBe(true);
    const answer = await slack.until(
      () => slack.ephemerals.find(({ user }) => user === CAST.guest.slackId),
      'the answer',
    );
    expect(answer.text).toContain('1次 @田中 健（〜11/24(火) 10:00）');
  });

  it('refuses an event with a wrong signature, names it in the log, and goes on', async () => {
    const { slack } = story;
    const url = `http://127.0.0.1:${story.app?.port}/slack/events`;
    const event = { type: 'message', channel: CHANNELS.alerts, ...cloudwatch('forged-alarm'), bot_id: 'BAWS' };
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-slack-signature': 'v0=00',
        'x-slack-request-timestamp': String(Math.floor(systemClock.now() / 1000)),
      },
      body: JSON.stringify({ type: 'event_callback', event }),
    });
    expect(answer.status).toBe(401);
    const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-real-alarm'));
    await slack.until(() => slack.thread(CHANNELS.alerts, ts)[0], 'the mention of a real alert');
    expect(story.log.join('')).toMatch(/signature/i);
    expect(story.log.join('')).not.toContain(slack.botToken);
  });
});
