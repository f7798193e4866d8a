/** `kill -9` at every state of a message: whatever the bot was doing, each alert is mentioned once. */

import type { Bot } from '../support/child.ts';
import { Scene } from '../support/child.ts';
import { CAST, CHANNELS, cloudwatch } from '../support/story.ts';

jest.setTimeout(100_000);
/** Generous: a start, a look-up, and others on the same two cores. */
const SOON = { timeoutMs: 50_000 };
const ALARM = 'prod-aurora-AuroraReplicaLag';

type Args = Readonly<Record<string, unknown>>;
const isMention = (args: Args) => String(args['text']).includes('確認してください');
const isRunbook = (args: Args) => String(args['text']).includes('📘');

/** The scenes run side by side: each waits for Slack's one message a second most of the time. */
function story(name: string, tell: (scene: Scene) => Promise<void>): void {
  it.concurrent(name, async () => {
    const scene = await new Scene().begin();
    try {
      await tell(scene);
      expect(scene.output).not.toContain(scene.slack.botToken);
      expect(scene.output).not.toContain(scene.slack.appToken);
      expect(scene.output).not.toContain(scene.pagerduty.token);
    } finally {
      await scene.end();
    }
  });
}

function fire({ slack }: Scene, name = ALARM): string {
  return slack.postAsApp(CHANNELS.alerts, cloudwatch(name));
}

function mentions({ slack }: Scene, ts: string): readonly string[] {
  return slack.thread(CHANNELS.alerts, ts).flatMap(({ firstMentions }) => firstMentions);
}

function runbooks({ slack }: Scene, ts: string): number {
  return slack.thread(CHANNELS.alerts, ts).filter(isRunbook).length;
}

/** Kills the bot in the very moment in which a message of that kind stands: it cannot have read the answer. */
function killWhenItStands(scene: Scene, bot: Bot, which: (message: Args) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    const off = scene.slack.on((event) => {
      if (event.kind !== 'message' || !which(event.message as Args)) return;
      off();
      bot.kill9().then(resolve, reject);
    });
  });
}

/** The mention and the runbook stand once, and nothing is on its way any more. */
async function accounted(scene: Scene, bot: Bot, ts: string): Promise<void> {
  const { slack } = scene;
  const all = () => mentions(scene, ts).length > 0 && runbooks(scene, ts) > 0;
  await slack.until(all, 'the mention and the runbook', SOON);
  const later = fire(scene, 'later-alarm');
  await slack.until(() => mentions(scene, later).length > 0, 'the mention of a later alert', SOON);
  await bot.settled();
  expect(mentions(scene, ts)).toEqual([CAST.tanaka.slackId]);
  expect(runbooks(scene, ts)).toBe(1);
  expect(mentions(scene, later)).toEqual([CAST.tanaka.slackId]);
}

describe('a bot that is killed', () => {
  story('O-04 A-01 before it handled the event: mentions after the restart, once', async (scene) => {
    const { slack } = scene;
    const bot = await scene.start();
    const dead = new Promise<void>((resolve, reject) => {
      const off = slack.on((event) => {
        if (event.kind !== 'delivery' || event.outcome !== 'acked') return;
        off();
        bot.kill9().then(resolve, reject);
      });
    });
    const ts = fire(scene);
    await dead;
    await accounted(scene, await scene.start(), ts);
  });

  story('O-04 A-01 while Slack makes it wait: the mention goes out after the restart, once', async (scene) => {
    const { slack } = scene;
    slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 4, times: 1 });
    const bot = await scene.start();
    const ts = fire(scene);
    await bot.said('Slack asked to wait');
    await bot.kill9();
    expect(mentions(scene, ts)).toEqual([]);
    await accounted(scene, await scene.start(), ts);
  });

  story('O-04 A-01 while the mention is being sent: it is sent after the restart, once', async (scene) => {
    const { slack } = scene;
    slack.faults.add({ method: 'chat.postMessage', kind: 'hang', times: 1 });
    const bot = await scene.start();
    const ts = fire(scene);
    await slack.until(() => slack.calls.some(({ outcome }) => outcome === 'hang'), 'the call that hangs', SOON);
    await bot.kill9();
    expect(mentions(scene, ts)).toEqual([]);
    await accounted(scene, await scene.start(), ts);
  });

  story('O-04 A-01 the moment the mention stands: it is found, and not sent again', async (scene) => {
    const { slack } = scene;
    const dead = killWhenItStands(scene, await scene.start(), isMention);
    const ts = fire(scene);
    await dead;
    await accounted(scene, await scene.start(), ts);
    const sent = slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args['thread_ts'] === ts);
    expect(sent.filter(({ args }) => isMention(args))).toHaveLength(1);
  });

  story('O-04 A-01 after the answer to the mention was lost: it is found, and not sent again', async (scene) => {
    const { slack } = scene;
    slack.faults.add({ method: 'chat.postMessage', kind: 'lost_answer', times: 1 });
    const bot = await scene.start();
    const ts = fire(scene);
    await bot.said('answer to a post was lost');
    await bot.kill9();
    await accounted(scene, await scene.start(), ts);
  });

  story('O-04 R-02 while the runbook is being sent, arrived or not: it stands once', async (scene) => {
    const { slack } = scene;
    slack.faults.add({ method: 'chat.postMessage', kind: 'hang', times: 1, when: isRunbook });
    const first = await scene.start();
    const ts = fire(scene);
    await slack.until(() => slack.calls.some(({ outcome }) => outcome === 'hang'), 'the call that hangs', SOON);
    await first.kill9();
    const second = scene.launch();
    await killWhenItStands(scene, second, isRunbook);
    await accounted(scene, await scene.start(), ts);
  });

  story('O-04 after everything was sent: says nothing again', async (scene) => {
    const bot = await scene.start();
    const ts = fire(scene);
    await scene.slack.until(() => runbooks(scene, ts) > 0, 'the runbook', SOON);
    await bot.kill9();
    await accounted(scene, await scene.start(), ts);
  });

  story('A-01 two processes on one database: one mention for each alert', async (scene) => {
    const { slack } = scene;
    const bots = await Promise.all([scene.start(), scene.start()]);
    slack.duplicateEvents(true);
    const all = Array.from({ length: 6 }, (_, index) => fire(scene, `alarm-${index}`));
    await slack.until(() => all.every((ts) => mentions(scene, ts).length > 0), 'every mention', SOON);
    const later = fire(scene, 'later-alarm');
    await slack.until(() => mentions(scene, later).length > 0, 'the mention of a later alert', SOON);
    for (const bot of bots) await bot.settled();
    for (const ts of [...all, later]) expect(mentions(scene, ts)).toEqual([CAST.tanaka.slackId]);
  });
});
