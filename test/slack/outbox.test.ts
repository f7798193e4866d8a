/** The way out, against the strict local Slack: order, coalescing, and what another process left. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConsoleLogger } from '@slack/logger';
import type { Draft, Priority } from '../../src/ports/chat.ts';
import { PRIORITY } from '../../src/ports/chat.ts';
import { silentLog } from '../../src/ports/log.ts';
import type { OutboxStore } from '../../src/ports/outbox-store.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import { SlackOutbox } from '../../src/slack/outbox.ts';
import { ownerName } from '../../src/slack/process-owner.ts';
import { createWebClient } from '../../src/slack/web.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createOutboxStore } from '../../src/store/outbox-store.ts';

const CHANNEL = 'C0ALERTS';
const OTHER = 'C0OTHER00';
const START = Date.parse('2026-11-24T02:10:00+09:00');

let clock: SimulatedClock;
let stopFlow: () => void;
let slack: SlackWorld;
let database: Database;
let store: OutboxStore;
let errors: object[];
const running: SlackOutbox[] = [];

beforeEach(async () => {
  clock = new SimulatedClock(START);
  stopFlow = clock.flow(10);
  const manifest = readFileSync(join(__dirname, '../../manifest.yml'), 'utf8');
  slack = await startSlack({ clock, manifest });
  slack.addChannel({ id: CHANNEL, name: 'alerts', botIsMember: true });
  slack.addChannel({ id: OTHER, name: 'other', botIsMember: true });
  database = await openDatabase('file::memory:');
  store = createOutboxStore(database);
  errors = [];
});

afterEach(async () => {
  for (const outbox of running.splice(0)) await outbox.stop();
  stopFlow();
  await slack.close();
  await database.destroy();
});

function outboxOf(owner = ownerName(), timeoutMs = 1_000): SlackOutbox {
  const logger = new ConsoleLogger();
  logger.error = () => {};
  logger.warn = () => {};
  const outbox = new SlackOutbox({
    client: createWebClient({ token: slack.botToken, apiUrl: slack.apiUrl, logger, timeoutMs }),
    store,
    clock,
    log: { ...silentLog, error: (fields) => errors.push(fields) },
    self: { userId: slack.identity.botUserId, botId: slack.identity.botId },
    metrics: { count: () => {}, gauge: () => {}, observe: () => {} },
    owner,
  });
  running.push(outbox);
  return outbox;
}

function draft(key: string, priority: Priority = PRIORITY.mention, more: Partial<Draft> = {}): Draft {
  return { key, channel: CHANNEL, priority, content: { text: key }, ...more };
}

/** From now on an hour goes by in under four seconds. */
function fast(): void {
  stopFlow();
  stopFlow = clock.flow(1_000);
}

const texts = (channel = CHANNEL) => slack.messages(channel).map(({ text }) => text);
const stand = (count: number, channel = CHANNEL) =>
  slack.until(() => texts(channel).length >= count, `${count} messages`, { timeoutMs: 15_000 });
const callsOf = (method: string) => slack.calls.filter((call) => call.method === method);

/** What a dead process left: a row in `sending`, whose message may stand in Slack. */
async function leftSending(key: string, owner: string, leaseMs = 30_000): Promise<void> {
  await store.add(draft(key), clock.now());
  await store.claim(key, owner, clock.now() + leaseMs);
}

const DEAD = `${ownerName().split('/')[0]}/${process.pid}/000000000000`;
const ELSEWHERE = 'elsewhere/1/000000000000';

describe('the outbox', () => {
  it('sends what is urgent first, whatever came first', async () => {
    const outbox = outboxOf();
    await outbox.post(draft('companion', PRIORITY.companion));
    await outbox.post(draft('cosmetic', PRIORITY.cosmetic));
    await outbox.post(draft('state', PRIORITY.state));
    await outbox.post(draft('mention'));
    await outbox.start();
    await stand(4);
    // All four waited when the first was chosen, or the first alone was under way.
    expect(texts().filter((text) => text !== 'companion')).toEqual(['mention', 'state', 'cosmetic']);
    expect(texts().indexOf('mention')).toBeLessThanOrEqual(1);
  });

  it('A-04 takes back what waits, and leaves what stands', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('remind:a:1'));
    await stand(1);
    slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 5, times: 1 });
    await outbox.post(draft('remind:a:2'));
    await outbox.post(draft('remind:ab:1'));
    await slack.until(() => callsOf('chat.postMessage').some(({ outcome }) => outcome !== 'ok'), 'the 429');
    await outbox.withdraw('remind:ab:');
    await outbox.post(draft('other'));
    await stand(3);
    await slack.until(() => outbox.waiting() === 0, 'the rest', { timeoutMs: 15_000 });
    expect(texts().toSorted()).toEqual(['other', 'remind:a:1', 'remind:a:2']);
    expect(await outbox.post(draft('remind:a:1'))).toBe('known');
  });

  it('O-04 lets a mention pass what waits for the channel already', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('first'));
    await stand(1);
    await outbox.post(draft('companion', PRIORITY.companion));
    await outbox.post(draft('cosmetic', PRIORITY.cosmetic));
    await outbox.post(draft('mention'));
    await stand(4);
    expect(texts()).toEqual(['first', 'mention', 'companion', 'cosmetic']);
  });

  it('lets a mention go out while edits of the same channel wait', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('old'));
    await stand(1);
    slack.faults.add({ method: 'chat.update', kind: 'rate_limited', retryAfter: 30, times: 1 });
    await outbox.edit('old', { text: 'old, edited' });
    await outbox.post(draft('mention'));
    await stand(2);
    expect(texts()).toEqual(['old', 'mention']);
    await slack.until(() => texts()[0] === 'old, edited', 'the edit', { timeoutMs: 15_000 });
  });

  it('does not let one channel wait for another', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'rate_limited', retryAfter: 600, times: 1 });
    await outbox.post(draft('limited'));
    await slack.until(() => callsOf('chat.postMessage').length > 0, 'the 429');
    await outbox.post(draft('free', PRIORITY.mention, { channel: OTHER }));
    await stand(1, OTHER);
    expect(texts()).toEqual([]);
  });

  it('takes a key once', async () => {
    const outbox = outboxOf();
    await outbox.start();
    expect(await outbox.post(draft('once'))).toBe('taken');
    expect(await outbox.post(draft('once'))).toBe('known');
    await outbox.post(draft('after'));
    await stand(2);
    expect(texts()).toEqual(['once', 'after']);
    expect(await outbox.sentTs('once')).toBe(slack.messages(CHANNEL)[0]?.ts);
  });

  it('puts edits that have not gone out yet into one', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('message'));
    await stand(1);
    slack.faults.add({ method: 'chat.update', kind: 'rate_limited', retryAfter: 5, times: 1 });
    for (const text of ['one', 'two', 'three', 'four']) await outbox.edit('message', { text });
    await slack.until(() => texts()[0] === 'four', 'the last edit', { timeoutMs: 15_000 });
    const sent = callsOf('chat.update').filter(({ outcome }) => outcome === 'ok');
    expect(sent.map(({ args }) => args['text'])).toEqual(['four']);
    await slack.until(() => outbox.waiting() === 0, 'nothing to wait');
  });

  it('puts an edit of a message that was not sent into the message', async () => {
    const outbox = outboxOf();
    await outbox.post(draft('message'));
    await outbox.edit('message', { text: 'edited' });
    await outbox.start();
    await stand(1);
    expect(texts()).toEqual(['edited']);
    expect(callsOf('chat.update')).toEqual([]);
  });

  it('makes an edit good that came while the message was on its way', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'slow', delayMs: 1_000, times: 1 });
    await outbox.post(draft('message'));
    await slack.until(() => callsOf('chat.postMessage').length > 0, 'the call');
    await outbox.edit('message', { text: 'edited' });
    await slack.until(() => texts()[0] === 'edited', 'the edit', { timeoutMs: 15_000 });
    expect(texts()).toEqual(['edited']);
  });

  it('says an edit as text where Slack refuses its blocks', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('message'));
    await stand(1);
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(3_001) } }];
    await outbox.edit('message', { text: 'edited', blocks });
    await slack.until(() => texts()[0] === 'edited', 'the edit', { timeoutMs: 15_000 });
  });

  it('gives up a message that Slack will never take, and goes on with the next', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'error', error: 'restricted_action', times: 1 });
    await outbox.post(draft('refused', PRIORITY.state));
    await outbox.post(draft('next'));
    await stand(1);
    expect(texts()).toEqual(['next']);
    expect(errors).toMatchObject([{ key: 'refused', code: 'restricted_action', todo: expect.any(String) }]);
    expect(await store.get('refused')).toMatchObject({ state: 'failed' });
  });

  it('O-04 A-01 tries a refused mention again, and says what to do', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'error', error: 'not_in_channel', times: 2 });
    await outbox.post(draft('mention'));
    fast();
    await stand(1);
    expect(texts()).toEqual(['mention']);
    const todo: unknown = expect.stringContaining('/invite @toban');
    expect(errors).toMatchObject([
      { retryMs: 30_000, todo },
      { retryMs: 60_000, todo },
    ]);
  });

  it('O-04 A-01 gives up a mention that is refused for an hour', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'error', error: 'not_in_channel', times: 99 });
    await outbox.post(draft('mention'));
    fast();
    await slack.until(() => outbox.waiting() === 0, 'the end', { timeoutMs: 15_000 });
    expect(callsOf('chat.postMessage').length).toBeGreaterThan(7);
    expect(clock.now() - START).toBeGreaterThanOrEqual(3_600_000);
    expect(await store.get('mention')).toMatchObject({ state: 'failed' });
  });

  it('gives up a mention at once where its channel is archived', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'error', error: 'is_archived', times: 1 });
    await outbox.post(draft('mention'));
    await slack.until(() => outbox.waiting() === 0, 'the end');
    expect(await store.get('mention')).toMatchObject({ state: 'failed' });
  });

  it('keeps what it could not send while the token is refused', async () => {
    const outbox = outboxOf();
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'error', error: 'token_revoked', times: 1 });
    await outbox.post(draft('message'));
    await stand(1);
    expect(texts()).toEqual(['message']);
  });
});

describe('what another process left in the outbox', () => {
  it('O-04 is found where it stands, and not sent again', async () => {
    const first = outboxOf();
    await first.start();
    await first.post(draft('message'));
    await stand(1);
    await first.stop();
    await database.updateTable('outbox').set({ state: 'sending', ts: null, owner: DEAD }).execute();
    const second = outboxOf();
    await second.start();
    await slack.until(() => second.waiting() === 0, 'the row to be cleared up');
    expect(texts()).toEqual(['message']);
    expect(await store.get('message')).toMatchObject({ state: 'sent', ts: slack.messages(CHANNEL)[0]?.ts });
  });

  it('O-04 is looked for before it is sent, at once where its process is dead', async () => {
    await leftSending('message', DEAD);
    const from = clock.now();
    await outboxOf().start();
    await stand(1);
    expect(clock.now() - from).toBeLessThan(20_000);
    expect(slack.calls.map(({ method }) => method)).toEqual(['conversations.history', 'chat.postMessage']);
  });

  it('O-04 is left alone while its process may be at work, and no longer', async () => {
    await leftSending('message', ELSEWHERE);
    const from = clock.now();
    await outboxOf().start();
    await stand(1);
    expect(clock.now() - from).toBeGreaterThanOrEqual(29_000);
  });

  it('O-04 is cleared up by one of two that see it', async () => {
    await leftSending('message', DEAD);
    slack.faults.add({ method: 'conversations.history', kind: 'slow', delayMs: 500, times: 2 });
    slack.faults.add({ method: 'chat.postMessage', kind: 'slow', delayMs: 2_000, times: 1 });
    await Promise.all([outboxOf().start(), outboxOf().start()]);
    await stand(1);
    await running[0]?.post(draft('after'));
    await stand(2);
    expect(texts()).toEqual(['message', 'after']);
    expect(callsOf('conversations.history')).toHaveLength(1);
  });

  it('O-04 is looked for in a new row too, where it may stand', async () => {
    const outbox = outboxOf();
    await outbox.start();
    await outbox.post(draft('message', PRIORITY.mention, { mayStand: true }));
    await stand(1);
    expect(slack.calls.map(({ method }) => method)).toEqual(['conversations.history', 'chat.postMessage']);
  });

  it.each(['missing_scope', 'not_allowed_token_type', 'not_in_channel'])(
    'O-04 is not sent again while Slack refuses to show whether it stands: %s',
    async (error) => {
      const first = outboxOf();
      await first.start();
      await first.post(draft('message'));
      await stand(1);
      await first.stop();
      await database.updateTable('outbox').set({ state: 'sending', ts: null, owner: DEAD }).execute();
      slack.faults.add({ method: 'conversations.history', kind: 'error', error, times: 3 });
      const second = outboxOf();
      await second.start();
      fast();
      await slack.until(() => second.waiting() === 0, 'the row to be cleared up', { timeoutMs: 15_000 });
      expect(texts()).toEqual(['message']);
      expect(errors).toMatchObject([{ code: error, channel: CHANNEL, todo: expect.any(String) }]);
      const [one, two] = callsOf('conversations.history');
      expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(300_000);
    },
  );

  it.each(['thread_not_found', 'message_not_found', 'channel_not_found', 'is_archived'])(
    'O-04 is sent again where its place is gone: %s',
    async (error) => {
      await leftSending('message', DEAD);
      slack.faults.add({ method: 'conversations.history', kind: 'error', error, times: 1 });
      await outboxOf().start();
      await stand(1);
      expect(callsOf('conversations.history')).toHaveLength(1);
    },
  );

  it('O-04 is looked for twice, eight seconds apart, after a post without an answer', async () => {
    const outbox = outboxOf(ownerName(), 200);
    await outbox.start();
    slack.faults.add({ method: 'chat.postMessage', kind: 'hang', times: 1 });
    await outbox.post(draft('message'));
    await stand(1);
    const [one, two, ...more] = callsOf('conversations.history');
    expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(8_000);
    expect(more).toEqual([]);
    expect(texts()).toEqual(['message']);
  });

  it('O-04 is found where it came through after the first look', async () => {
    const outbox = outboxOf(ownerName(), 200);
    await outbox.start();
    // Given up after 2 s, looked for after 3 s, there after 7 s.
    slack.faults.add({ method: 'chat.postMessage', kind: 'slow', delayMs: 7_000, times: 1 });
    await outbox.post(draft('message'));
    await slack.until(() => outbox.waiting() === 0, 'the row to be cleared up', { timeoutMs: 15_000 });
    expect(texts()).toEqual(['message']);
    expect(callsOf('chat.postMessage')).toHaveLength(1);
    expect(callsOf('conversations.history')).toHaveLength(2);
  });

  it('is sent on by one process when the one that took it stops in order', async () => {
    const first = outboxOf();
    await first.post(draft('message'));
    await first.stop();
    await outboxOf().start();
    await stand(1);
    expect(texts()).toEqual(['message']);
  });
});
