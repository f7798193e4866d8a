/** `kill -9` in the moment in which a war room stands and nobody is in it yet: the next process completes it (I-04, O-04). */

import { Scene } from '../support/child.ts';
import { CAST, CHANNELS, cloudwatch } from '../support/story.ts';

jest.setTimeout(100_000);
const SOON = { timeoutMs: 50_000 };
const { tanaka, sato } = CAST;

it('I-04 completes the room that a killed process made, and makes no second one', async () => {
  const scene = await new Scene().begin();
  try {
    const { slack, pagerduty } = scene;
    const bot = await scene.start();
    const alert = slack.postAsApp(CHANNELS.alerts, cloudwatch('prod-api-5xx'));
    const mention = await slack.until(() => slack.thread(CHANNELS.alerts, alert)[0], 'the mention', SOON);
    const rooms = () => slack.channels.filter(({ name }) => name?.startsWith('inc-'));
    const killed = new Promise<void>((resolve, reject) => {
      const off = slack.on((event) => {
        if (event.kind !== 'channel' || rooms().length === 0) return;
        off();
        bot.kill9().then(resolve, reject);
      });
    });
    await slack.press(sato.slackId, CHANNELS.alerts, mention.ts, 'incident.open_war_room');
    await killed;
    const [room] = rooms();
    expect(room?.members.size).toBe(1);
    const next = await scene.start();
    const isIn = (id: string) => room?.members.has(id) === true;
    await slack.until(() => isIn(sato.slackId) && isIn(tanaka.slackId), 'the people', SOON);
    const status = () => slack.messages(room?.id ?? '').filter(({ text }) => text.startsWith('🚨'));
    await slack.until(() => status().length > 0 && room?.pins.length === 1 && room.topic !== '', 'the rest', SOON);
    await slack.until(() => status()[0]?.text.includes('PagerDuty: <'), 'PagerDuty', SOON);
    await next.settled();
    expect(rooms()).toHaveLength(1);
    expect(status()).toHaveLength(1);
    expect(pagerduty.incidents).toHaveLength(1);
    const links = slack.thread(CHANNELS.alerts, alert).filter(({ text }) => text.startsWith('🛟'));
    expect(links).toHaveLength(1);
  } finally {
    await scene.end();
  }
});
