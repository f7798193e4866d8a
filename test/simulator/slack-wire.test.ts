/** The wire of the local Slack met bare: sockets, retries, triggers, response URLs and modals, without Bolt between. */
import { WebClient } from '@slack/web-api';
import { WebSocket } from 'ws';
import type { SimulatedClock } from '../../src/simulator/clock.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import { QUIET, smallWorkspace } from './slack-workspace.ts';

interface Received {
  readonly envelope_id?: string;
  readonly type: string;
  readonly payload?: Record<string, unknown>;
  readonly retry_attempt?: number;
  readonly reason?: string;
}

const MODAL = {
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: 'T' },
  external_id: 'one',
  blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x' } }],
};

describe('the wire of the local Slack', () => {
  let world: SlackWorld;
  let clock: SimulatedClock;
  let client: WebClient;
  let received: Received[];

  beforeEach(async () => {
    ({ world, clock } = await smallWorkspace({ messagesPerSecond: 100 }));
    received = [];
    client = new WebClient(world.botToken, { slackApiUrl: world.apiUrl, retryConfig: { retries: 0 }, logger: QUIET });
  });

  afterEach(() => world.close());

  it('says hello, sends each event to one socket in turn, and takes a ticket once', async () => {
    const first = await connect(true);
    await connect(true);
    expect(world.sockets).toBe(2);
    expect(received.map(({ type }) => type)).toEqual(['hello', 'hello']);
    for (const text of ['a', 'b']) world.postAsUser('alerts', 'U0TARO', text);
    await world.until(() => world.events.every((event) => event.attempts[0]?.outcome === 'acked'), 'both receipts');
    expect(received.filter(({ type }) => type === 'events_api')).toHaveLength(2);
    const again = new WebSocket(first.url);
    await expect(opened(again)).rejects.toThrow(/403/);
    world.disconnectSockets('refresh_requested');
    await world.until(() => received.some(({ type }) => type === 'disconnect'), 'the announcement');
    clock.advance(10_000);
    await world.until(() => world.sockets === 0, 'the sockets to close');
  });

  it('opens at most ten sockets', async () => {
    for (let count = 0; count < 10; count++) await connect(true);
    await expect(ticketUrl()).rejects.toThrow(/too_many_websockets/);
  });

  it('sends an event four times in all: at once, after three seconds, a minute and five', async () => {
    await connect(false);
    world.postAsUser('alerts', 'U0TARO', 'x');
    const attempts = (): number => received.filter(({ type }) => type === 'events_api').length;
    await world.until(() => attempts() === 1, 'the first');
    for (const [count, wait] of [3000, 3000 + 60_000, 3000 + 300_000].entries()) {
      clock.advance(3000);
      await world.until(() => world.events[0]?.attempts[count]?.outcome === 'timeout', 'the deadline');
      clock.advance(wait - 3000);
      await world.until(() => attempts() === count + 2, `attempt ${count + 2}`);
    }
    clock.advance(3000);
    await world.until(() => world.events[0]?.attempts[3]?.outcome === 'timeout', 'the last deadline');
    clock.advance(3_600_000);
    expect(world.events[0]?.attempts).toHaveLength(4);
    expect(received.map(({ retry_attempt }) => retry_attempt)).toEqual([undefined, 0, 1, 2, 3]);
    expect(new Set(received.slice(1).map(({ payload }) => payload?.['event_id'])).size).toBe(1);
  });

  it('lets a trigger be used once and within three seconds', async () => {
    await connect(true);
    const open = async (trigger: string): Promise<string | undefined> =>
      client.views.open({ trigger_id: trigger, view: { ...MODAL, external_id: trigger } }).then(
        () => undefined,
        (error: { data: { error: string } }) => error.data.error,
      );
    const fresh = await trigger();
    expect(await open(fresh)).toBeUndefined();
    expect(await open(fresh)).toBe('exchanged_trigger_id');
    const stale = await trigger();
    clock.advance(3001);
    expect(await open(stale)).toBe('expired_trigger_id');
    expect(await open('made-up')).toBe('invalid_trigger_id');
  });

  it('keeps hashes, external ids and the depth of the stack of modals', async () => {
    await connect(true);
    const { view } = await client.views.open({ trigger_id: await trigger(), view: MODAL });
    const id = view?.id ?? '';
    await expect(client.views.open({ trigger_id: await trigger(), view: MODAL })).rejects.toThrow(
      /duplicate_external_id/,
    );
    await client.views.update({ view_id: id, hash: view?.hash ?? '', view: MODAL });
    await expect(client.views.update({ view_id: id, hash: view?.hash ?? '', view: MODAL })).rejects.toThrow(
      /hash_conflict/,
    );
    await expect(client.views.update({ view_id: 'V0NONE', view: MODAL })).rejects.toThrow(/not_found/);
    await expect(
      client.views.push({ trigger_id: await trigger(), view: { ...MODAL, external_id: 'two' } }),
    ).rejects.toThrow(/not_found/);
    await world.closeView('U0TARO', id);
    await expect(client.views.update({ view_id: id, view: MODAL })).rejects.toThrow(/not_found/);
    await client.views.publish({ user_id: 'U0TARO', view: { type: 'home', blocks: MODAL.blocks } });
    expect(world.home('U0TARO')?.blocks).toHaveLength(1);
  });

  it('opens a response URL five times and for half an hour', async () => {
    await connect(true);
    const respond = async (url: string, body: object): Promise<number> =>
      (
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).status;
    const url = await commandField('response_url');
    expect(await respond(url, { blocks: [{ type: 'divider' }] })).toBe(404);
    for (let use = 0; use < 4; use++) expect(await respond(url, { text: `${use}` })).toBe(200);
    expect(await respond(url, { text: 'sixth' })).toBe(404);
    const later = await commandField('response_url');
    clock.advance(30 * 60_000 + 1);
    expect(await respond(later, { text: 'late' })).toBe(404);
    expect(world.ephemerals.map(({ text }) => text)).toEqual(['0', '1', '2', '3']);
  });

  /** A bare socket; with `acks` it acknowledges every envelope. */
  async function connect(acks: boolean): Promise<WebSocket> {
    const socket = new WebSocket(await ticketUrl());
    const before = received.length;
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as Received;
      received.push(message);
      if (acks && message.envelope_id) socket.send(JSON.stringify({ envelope_id: message.envelope_id }));
    });
    await opened(socket);
    await world.until(() => received.length > before, 'hello');
    return socket;
  }

  async function ticketUrl(): Promise<string> {
    const { url = '' } = await new WebClient(world.appToken, {
      slackApiUrl: world.apiUrl,
      logger: QUIET,
    }).apps.connections.open({});
    return url;
  }

  async function commandField(name: string): Promise<string> {
    await world.command('U0TARO', 'alerts', '/oncall');
    return String(received.findLast(({ type }) => type === 'slash_commands')?.payload?.[name]);
  }

  function trigger(): Promise<string> {
    return commandField('trigger_id');
  }
});

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
}
