/** Whatever Slack, PagerDuty or the line does: no alert is lost, none is mentioned twice. */

import { startApp } from '../../src/app.ts';
import type { RunningApp } from '../../src/app.ts';
import { silentLog } from '../../src/ports/log.ts';
import { outboxEmpty } from '../support/child.ts';
import { CAST, CHANNELS, called, cloudwatch, Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story.ts';

jest.setTimeout(60_000);
const SOON = { timeoutMs: 20_000 };
const ALARM = 'prod-aurora-AuroraReplicaLag';
const { alerts } = CHANNELS;
const TANAKA = [CAST.tanaka.slackId];

let story: Story;
afterEach(() => story.end());

async function begin(options: StoryOptions = {}): Promise<Story> {
  story = new Story({ slackTimeoutMs: 1_500, ...options });
  return story.begin();
}

function fire(name = ALARM, state: 'ALARM' | 'OK' = 'ALARM'): string {
  return story.slack.postAsApp(alerts, cloudwatch(name, state));
}

async function mentioned(ts: string): Promise<void> {
  await story.slack.until(() => called(story, alerts, ts).length > 0, 'the mention', SOON);
}

/** A later alert is mentioned, and nothing waits to go out any more: no row is in doubt. */
async function nothingMore(): Promise<void> {
  await mentioned(fire('later-alarm'));
  if (story.app) await outboxEmpty(story.app.port);
}

function postsTo(ts: string) {
  return story.slack.calls.filter(({ method, args }) => method === 'chat.postMessage' && args['thread_ts'] === ts);
}

describe('a post that Slack does not take at once', () => {
  it('O-04 waits as long as a 429 asks, and stands once', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 30, times: 1 });
    const ts = fire();
    await mentioned(ts);
    const [first, second] = postsTo(ts);
    expect(first?.outcome).toBe('429');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(30_000);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('A-01 O-04 says in its message that Slack kept it waiting', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 180, times: 1 });
    const ts = fire();
    await story.slack.until(() => story.logged('Slack asked to wait').length > 0, 'the 429', SOON);
    story.clock.advance(179_000);
    const late = () => story.slack.thread(alerts, ts).find(({ text }) => text.includes('送信が3分遅れました'));
    await story.slack.until(late, 'the delay to be told', SOON);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 is looked for after a 500, and sent again where it is not found', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'http500', times: 1 });
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
    expect(story.slack.calls.some(({ method }) => method === 'conversations.replies')).toBe(true);
  });

  it('O-04 is found in the thread after a lost answer, and not sent again', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'lost_answer', times: 1 });
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
    expect(postsTo(ts).filter(({ args }) => String(args['text']).includes('<@'))).toHaveLength(1);
  });

  it('O-04 is looked for again where the first look failed too', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'lost_answer', times: 1 });
    story.slack.faults.add({ method: 'conversations.replies', kind: 'http500', times: 1 });
    story.slack.faults.add({ method: 'conversations.replies', kind: 'rate_limited', retryAfter: 5, times: 1 });
    const ts = fire();
    await nothingMore();
    await story.slack.until(() => story.slack.thread(alerts, ts).length > 1, 'the runbook', SOON);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 is sent again after it hung past the time limit', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'hang', times: 1 });
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 is found where it came through after all', async () => {
    await begin({ slackTimeoutMs: 400 });
    // Answered after the bot gave up on it, and before it looks.
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'slow', delayMs: 4_000, times: 1 });
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 A-01 is sent as text where Slack refuses its blocks', async () => {
    await begin();
    const hasBlocks = (args: Readonly<Record<string, unknown>>) => args['blocks'] !== undefined;
    story.slack.faults.add({
      method: 'chat.postMessage',
      kind: 'error',
      error: 'invalid_blocks',
      times: 99,
      when: hasBlocks,
    });
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
    expect(story.slack.thread(alerts, ts)[0]?.blocks).toBeUndefined();
    expect(story.logged('Slack refused a message; sent in a simpler form')).not.toHaveLength(0);
  });

  it('O-04 A-01 goes to the channel where the message to answer was deleted', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 2, times: 1 });
    const ts = fire();
    await story.slack.until(() => postsTo(ts).length > 0, 'the first try', SOON);
    story.slack.deleteMessage(alerts, ts);
    const found = () => story.slack.messages(alerts).filter(({ firstMentions }) => firstMentions.length > 0);
    await story.slack.until(() => found().length > 0, 'the mention in the channel', SOON);
    await nothingMore();
    expect(found().map(({ firstMentions }) => firstMentions)).toEqual([TANAKA]);
  });
});

describe('a start', () => {
  it('O-01 is refused with a clear line where Slack refuses the bot token', async () => {
    await begin({ startBot: false });
    story.slack.faults.add({ method: 'auth.test', kind: 'error', error: 'invalid_auth' });
    await expect(story.startBot()).rejects.toThrow(/SLACK_BOT_TOKEN \(invalid_auth\); copy the bot token/);
  });

  it('O-01 is refused with a clear line where Slack refuses the app token', async () => {
    await begin({ startBot: false });
    story.slack.faults.add({ method: 'apps.connections.open', kind: 'error', error: 'invalid_auth' });
    await expect(story.startBot()).rejects.toThrow(/SLACK_APP_TOKEN \(invalid_auth\); make an app-level token/);
  });

  it('O-04 waits for a Slack that is down, and then serves', async () => {
    await begin({ startBot: false });
    story.slack.faults.add({ method: '*', kind: 'http500', times: 4 });
    story.slack.refuseSockets(true);
    const starting = story.startBot();
    await story.slack.until(() => story.logged('Slack could not be reached again yet').length > 0, 'a try', SOON);
    story.slack.refuseSockets(false);
    await starting;
    const ts = fire();
    await mentioned(ts);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('A-01 the first of all mentions nothing that stood before it', async () => {
    await begin({ startBot: false });
    const before = fire('stood-before');
    await story.startBot();
    await nothingMore();
    expect(story.slack.thread(alerts, before)).toEqual([]);
  });

  it('A-01 the first of all loses nothing that comes while it connects', async () => {
    await begin({ startBot: false });
    fire('stood-before');
    story.slack.refuseSockets(true);
    const starting = story.startBot();
    await story.slack.until(() => story.logged('Slack could not be reached again yet').length > 0, 'a try', SOON);
    // Not even Slack's own retries tell of it.
    story.slack.holdEvents(true);
    const ts = fire();
    story.slack.holdEvents(false);
    story.slack.refuseSockets(false);
    await starting;
    await mentioned(ts);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('A-01 mentions what fired while the bot was down, and says that it is late', async () => {
    await begin();
    await story.stopBot();
    const ts = fire();
    story.clock.advance(10 * 60_000);
    await story.startBot();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
    expect(story.slack.thread(alerts, ts)[0]?.text).toMatch(/\d+:\d\d に発報/);
  });

  it('A-07 does not mention what fired and recovered while the bot was down; the thread says so', async () => {
    await begin();
    await story.stopBot();
    const ts = fire();
    story.clock.advance(5 * 60_000);
    fire(ALARM, 'OK');
    await story.startBot();
    const said = () => story.slack.thread(alerts, ts).find(({ text }) => text.includes('停止中に発報し、復旧しました'));
    await story.slack.until(said, 'the line in the thread', SOON);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual([]);
  });

  it('O-04 sends what the last stop left waiting, once', async () => {
    await begin();
    story.slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 60, times: 1 });
    const waiting = [fire('one'), fire('two'), fire('three')];
    await story.slack.until(() => story.logged('Slack asked to wait').length > 0, 'the 429', SOON);
    await story.slack.until(() => story.logged('alert was received').length === 3, 'the three', SOON);
    await story.stopBot();
    expect(waiting.flatMap((ts) => called(story, alerts, ts))).toEqual([]);
    await story.startBot();
    for (const ts of waiting) await mentioned(ts);
    await nothingMore();
    for (const ts of waiting) expect(called(story, alerts, ts)).toEqual(TANAKA);
  });
});

describe('the line to Slack', () => {
  it('O-04 A-01 makes good within five seconds what came while it was down', async () => {
    // Time flows slower here: five seconds of it are to be enough for the work of a busy machine.
    await begin({ flow: 1.5 });
    story.slack.refuseSockets(true);
    story.slack.dropSockets();
    await story.slack.until(() => story.slack.sockets === 0, 'the line to break', SOON);
    const ts = fire();
    await story.slack.until(() => story.logged('Slack could not be reached again yet').length > 0, 'a try', SOON);
    expect(called(story, alerts, ts)).toEqual([]);
    story.slack.refuseSockets(false);
    await story.slack.until(() => story.slack.sockets === 1, 'the line to stand', SOON);
    const back = story.clock.now();
    await mentioned(ts);
    expect(story.clock.now() - back).toBeLessThan(5_000);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 comes back after a normal disconnect of Slack', async () => {
    await begin();
    story.slack.disconnectSockets('refresh_requested');
    await story.slack.until(() => story.logged('Slack was connected').length === 2, 'a new line', SOON);
    const ts = fire();
    await mentioned(ts);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 A-01 mentions at the next minute what its events did not tell', async () => {
    await begin();
    story.slack.holdEvents(true);
    const ts = fire();
    story.slack.holdEvents(false);
    const at = story.clock.now();
    await mentioned(ts);
    expect(story.clock.now() - at).toBeLessThan(75_000);
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('O-04 takes doubled events and redeliveries as one', async () => {
    await begin();
    story.slack.duplicateEvents(true);
    const ts = fire();
    await mentioned(ts);
    const told = story.slack.events.find(({ event }) => event['ts'] === ts);
    story.slack.redeliver(told?.id ?? '');
    await nothingMore();
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('A-07 a recovery that is read again in the history ends nothing that fired after it', async () => {
    await begin();
    fire(ALARM, 'OK');
    story.clock.advance(1_000);
    const ts = fire();
    await mentioned(ts);
    const reads = () => story.slack.calls.filter(({ method }) => method === 'conversations.history').length;
    const before = reads();
    await story.slack.until(() => reads() >= before + 4, 'two sweeps', SOON);
    await nothingMore();
    expect(
      story.slack
        .thread(alerts, ts)
        .map(({ text }) => text)
        .join('\n'),
    ).not.toContain('復旧');
  });

  it('A-01 two instances on one database mention once', async () => {
    await begin();
    const second: RunningApp = await startApp({
      config: story.config(),
      clock: story.clock,
      log: silentLog,
      everyMinute: () => async () => {},
      slackTimeoutMs: 1_500,
    });
    try {
      story.slack.duplicateEvents(true);
      story.slack.faults.add({ method: 'chat.postMessage', kind: 'lost_answer', times: 2 });
      const all = [fire('one'), fire('two'), fire('three')];
      for (const ts of all) await mentioned(ts);
      await nothingMore();
      for (const ts of all) expect(called(story, alerts, ts)).toEqual(TANAKA);
    } finally {
      await second.stop();
    }
  });
});

describe('a PagerDuty that is down', () => {
  it('H-14 A-01 keeps nobody from the right person', async () => {
    await begin();
    story.pagerduty.down(true);
    const ts = fire();
    await mentioned(ts);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
  });

  it('H-14 A-01 not even after a restart, and not after a change of shift', async () => {
    await begin();
    await story.stopBot();
    story.pagerduty.down(true);
    await story.startBot();
    const ts = fire('before-the-change');
    await mentioned(ts);
    expect(called(story, alerts, ts)).toEqual(TANAKA);
    story.clock.advance(9 * 3_600_000);
    const after = fire('after-the-change');
    await mentioned(after);
    expect(called(story, alerts, after)).toEqual([CAST.suzuki.slackId]);
  });
});
