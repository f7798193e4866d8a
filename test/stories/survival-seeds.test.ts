/** `kill -9` at random moments among sixty alerts in thirty channels: none without a mention, none with two. */

import { seeded } from '../alerts/seeded.ts';
import type { Bot } from '../support/child.ts';
import { Scene } from '../support/child.ts';
import { CAST, cloudwatch, PAGER } from '../support/story.ts';

jest.setTimeout(170_000);
const SOON = { timeoutMs: 80_000 };
const SEEDS = Array.from({ length: 20 }, (_, index) => 4_101 + index);
const ALERTS = 60;
const NAMES = Array.from({ length: 30 }, (_, index) => `alerts-${index}`);
const idOf = (name: string) => `C0${name.toUpperCase().replaceAll('-', '0')}`;
/** Alerts come within so long. */
const BURST_MS = 2_500;
/** About as many events as a run has on each side of a kill. */
const EVENTS = 220;

const TEAMS = `
teams:
  sre:
    name: SRE
    escalation_policy: ${PAGER.policy}
    alert_channels: [${NAMES.map((channel) => `{ channel: ${channel} }`).join(', ')}]
# Every alert is to have its own mention here: what is proven is that none is lost or doubled.
alerts: { mention_budget: { channel: 100, person: 100 } }
`;

/** Kills the bot at the `count`-th event in Slack from now: a call, a message, an acknowledgement. */
function killAtEvent(scene: Scene, bot: Bot, count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let left = count;
    const off = scene.slack.on(() => {
      left -= 1;
      if (left > 0) return;
      off();
      bot.kill9().then(resolve, reject);
    });
  });
}

/** Every message of Toban's by the key it carries. */
function keysOf(scene: Scene): ReadonlyMap<string, number> {
  const keys = new Map<string, number>();
  for (const name of NAMES) {
    for (const { metadata } of scene.slack.history(idOf(name))) {
      const key = (metadata?.['event_payload'] as { key?: string } | undefined)?.key;
      if (key) keys.set(key, (keys.get(key) ?? 0) + 1);
    }
  }
  return keys;
}

async function tell(seed: number): Promise<void> {
  const random = seeded(seed);
  const below = (limit: number) => random.below(limit);
  // Each start reads thirty channels: three within a minute are more than Slack's tier allows, which only takes longer.
  const scene = await new Scene().begin({ teams: TEAMS, tiers: false });
  const { slack, clock } = scene;
  try {
    for (const name of NAMES) slack.addChannel({ id: idOf(name), name, botIsMember: true });
    const first = await scene.start();
    const fired: { channel: string; ts: string }[] = [];
    const fire = (channel: string, alarm: string) => {
      fired.push({ channel, ts: slack.postAsApp(channel, cloudwatch(alarm)) });
    };
    for (let index = 0; index < ALERTS; index++) {
      const channel = idOf(NAMES[index % NAMES.length] ?? '');
      clock.setTimer(below(BURST_MS), () => fire(channel, `alarm-${index}-of-${seed}`));
    }
    await killAtEvent(scene, first, 1 + below(EVENTS));
    if (below(2) === 1) await killAtEvent(scene, scene.launch(), 1 + below(EVENTS));
    const last = await scene.start();
    await slack.until(() => fired.length === ALERTS, 'all to be fired', SOON);
    const mentionsOf = ({ channel, ts }: { channel: string; ts: string }) =>
      slack.thread(channel, ts).flatMap(({ firstMentions }) => firstMentions);
    const waiting = () => fired.filter((alert) => mentionsOf(alert).length === 0);
    const unsuggested = () => {
      const keys = keysOf(scene);
      return fired.filter(({ channel, ts }) => !keys.has(`runbook:${channel}:${ts}`));
    };
    // Looked at only after a new message: sixty threads at every event would keep the bots from the processor.
    let news = true;
    slack.on(({ kind }) => {
      news ||= kind === 'message';
    });
    const sinceNews = (look: () => boolean) => () => {
      if (!news) return false;
      news = false;
      return look();
    };
    await slack
      .until(
        sinceNews(() => waiting().length === 0 && unsuggested().length === 0),
        'every alert to be accounted for',
        SOON,
      )
      .catch((error: unknown) => {
        const missing = JSON.stringify({ mention: waiting(), runbook: unsuggested() });
        throw new Error(`seed ${seed}: not accounted for: ${missing}\n${scene.output.slice(-4_000)}`, { cause: error });
      });
    // What would come twice waits or is in doubt until then.
    await last.settled();
    const doubled = [...keysOf(scene)].filter(([, count]) => count > 1);
    expect({ seed, doubled }).toEqual({ seed, doubled: [] });
    const wrong = fired.filter((alert) => mentionsOf(alert).join() !== CAST.tanaka.slackId);
    expect({ seed, wrong: wrong.map((alert) => [alert, mentionsOf(alert)]) }).toEqual({ seed, wrong: [] });
  } finally {
    await scene.end();
  }
}

describe('a bot that is killed at random', () => {
  it.concurrent.each(SEEDS)('O-04 A-01 mentions each of sixty alerts once, seed %i', tell);
});
