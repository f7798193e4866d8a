/** A real Bolt app talks to the local Slack, over sockets and over HTTP. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { SimulatedClock } from '../../src/simulator/clock.ts';
import type { SlackWorld } from '../../src/simulator/slack/slack-world.ts';
import { QUIET, smallWorkspace } from './slack-workspace.ts';

const BUTTON = {
  type: 'actions',
  block_id: 'buttons',
  elements: [
    { type: 'button', action_id: 'alert.acknowledge', value: 'P1', text: { type: 'plain_text', text: 'Acknowledge' } },
    { type: 'button', action_id: 'alert.form', value: 'P1', text: { type: 'plain_text', text: 'Form' } },
  ],
};
const MODAL = {
  type: 'modal' as const,
  callback_id: 'declare',
  title: { type: 'plain_text' as const, text: 'Declare' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'title',
      label: { type: 'plain_text', text: 'Title' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
    {
      type: 'input',
      block_id: 'severity',
      optional: true,
      label: { type: 'plain_text', text: 'Severity' },
      element: {
        type: 'static_select',
        action_id: 'pick',
        options: ['SEV1', 'SEV2'].map((value) => ({ value, text: { type: 'plain_text', text: value } })),
      },
    },
  ],
};

describe('the local Slack with a Bolt app over sockets', () => {
  let world: SlackWorld;
  let clock: SimulatedClock;
  let app: App;
  let seen: { kind: string; body: Record<string, unknown>; retryNum: number | undefined }[];

  beforeEach(async () => {
    ({ world, clock } = await smallWorkspace({ messagesPerSecond: 100 }));
    seen = [];
    const clientOptions = { slackApiUrl: world.apiUrl, retryConfig: { retries: 0 } };
    const receiver = new SocketModeReceiver({
      appToken: world.appToken,
      // Bolt waits this long before it connects again.
      clientPingTimeout: 100,
      logger: QUIET,
      installerOptions: { clientOptions },
    });
    app = new App({
      token: world.botToken,
      receiver,
      deferInitialization: true,
      ignoreSelf: false,
      logger: QUIET,
      clientOptions,
    });
    app.event(/.*/, async ({ event, body, context }) => {
      seen.push({ kind: event.type, body: body as unknown as Record<string, unknown>, retryNum: context.retryNum });
    });
    await app.init();
    await app.start();
    expect(world.sockets).toBe(1);
  });

  afterEach(async () => {
    await app.stop();
    await world.until(() => world.sockets === 0, 'the app to hang up');
    await world.close();
  });

  it('delivers an alert and takes the answer in its thread', async () => {
    app.message(async ({ message, client }) => {
      if (message.subtype !== 'bot_message') return;
      const text = 'On call: <@U0TARO>';
      await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text });
    });
    const ts = world.postAsApp('alerts', {
      appId: 'A1',
      botId: 'B1',
      username: 'Grafana',
      attachments: [{ title: '[FIRING:1] High' }],
    });
    const [reply] = await world.until(
      () => world.thread('alerts', ts).length > 0 && world.thread('alerts', ts),
      'a reply',
    );
    expect(world.mentions(reply ?? {})).toEqual(['U0TARO']);
    await world.until(() => seen.length === 2, 'the bot to see its own reply');
    expect(seen[0]?.body['event']).toMatchObject({
      subtype: 'bot_message',
      channel: 'C0ALERTS',
      channel_type: 'channel',
      ts,
    });
    expect(seen[1]?.body['event']).toMatchObject({ bot_id: 'B0TOBAN', user: 'U0TOBAN', thread_ts: ts });
    expect(world.calls.map((call) => call.outcome)).not.toContain('pending');
  });

  it('runs a command: the acknowledgement and the response URL are ephemeral', async () => {
    app.command('/oncall', async ({ command, ack, respond }) => {
      await ack({ text: `first: ${command.text}` });
      await respond({ text: 'second' });
      await respond({ text: 'all', response_type: 'in_channel' });
    });
    const result = await world.command('U0TARO', 'C0ALERTS', '/oncall', 'page a<b @hanako');
    expect(result).toMatchObject({ acked: true, ackedAfterMs: 0 });
    await world.until(() => world.messages('alerts').length === 1, 'the public answer');
    expect(world.ephemerals.map(({ user, text }) => [user, text])).toEqual([
      ['U0TARO', 'first: page a&lt;b <@U0HANAKO|hanako>'],
      ['U0TARO', 'second'],
    ]);
    expect(await world.command('U0TARO', 'alerts', '/nothing')).toMatchObject({
      acked: false,
      error: 'unknown_command',
    });
  });

  it('gives up on a command after three seconds', async () => {
    const waiting = world.command('U0TARO', 'alerts', '/oncall', 'never');
    clock.advance(3000);
    expect(await waiting).toEqual({ acked: false, error: 'operation_timeout' });
  });

  it('opens a modal from a button, refuses a missing input, and follows the app', async () => {
    app.action('alert.form', async ({ ack, body, client }) => {
      await ack();
      if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: MODAL });
    });
    app.view('declare', async ({ ack, view }) => {
      const title = view.state.values['title']?.['text']?.value;
      if (title === 'bad') await ack({ response_action: 'errors', errors: { title: 'Not this' } });
      else if (title === 'more') await ack({ response_action: 'update', view: { ...MODAL, callback_id: 'declared' } });
      else await ack();
    });
    const posted = await app.client.chat.postMessage({ channel: 'C0ALERTS', text: 'alert', blocks: [BUTTON] });
    expect(await world.press('U0TARO', 'alerts', posted.ts ?? '', 'alert.form')).toMatchObject({ acked: true });
    const [view] = await world.until(() => world.views('U0TARO').length > 0 && world.views('U0TARO'), 'a modal');
    const id = view?.id ?? '';
    expect(await world.submitView('U0TARO', id)).toEqual({
      kind: 'errors',
      by: 'client',
      errors: { title: expect.any(String) },
    });
    expect(await world.submitView('U0TARO', id, { title: 'bad', pick: 'SEV2' })).toEqual({
      kind: 'errors',
      by: 'app',
      errors: { title: 'Not this' },
    });
    expect(await world.submitView('U0TARO', id, { title: 'more' })).toMatchObject({ kind: 'updated' });
    expect(world.views('U0TARO')[0]?.callback_id).toBe('declared');
    await expect(world.press('U0TARO', 'alerts', posted.ts ?? '', 'no.such')).rejects.toThrow(
      /has no element no.such; it has: alert.acknowledge/,
    );
  });

  it('sends the click, the shortcut and the closing of a modal with what Slack sends', async () => {
    const bodies: Record<string, unknown>[] = [];
    app.action('alert.acknowledge', async ({ ack, body, respond }) => {
      bodies.push(body as unknown as Record<string, unknown>);
      await ack();
      await respond({ text: 'done', replace_original: true });
    });
    app.shortcut('declare_incident', async ({ ack, body, client }) => {
      bodies.push(body as unknown as Record<string, unknown>);
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: MODAL });
    });
    app.view({ callback_id: 'declare', type: 'view_closed' }, async ({ ack, body }) => {
      bodies.push(body as unknown as Record<string, unknown>);
      await ack();
    });
    const { ts = '' } = await app.client.chat.postMessage({ channel: 'C0ALERTS', text: 'alert', blocks: [BUTTON] });
    await world.press('U0TARO', 'alerts', ts, 'alert.acknowledge');
    await world.until(() => world.message('alerts', ts)?.text === 'done', 'the message replaced');
    expect(bodies[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0TARO', username: 'taro' },
      container: { type: 'message', message_ts: ts, channel_id: 'C0ALERTS', is_ephemeral: false },
      channel: { id: 'C0ALERTS', name: 'alerts' },
      message: { ts, text: 'alert' },
      actions: [{ action_id: 'alert.acknowledge', block_id: 'buttons', value: 'P1', type: 'button' }],
    });
    await world.shortcut('U0TARO', 'alerts', ts, 'declare_incident');
    const [view] = await world.until(() => world.views('U0TARO').length > 0 && world.views('U0TARO'), 'a modal');
    await world.closeView('U0TARO', view?.id ?? '');
    expect(bodies.map((body) => body['type'])).toEqual(['block_actions', 'message_action', 'view_closed']);
  });

  it('sends an event again that nobody acknowledged, and twice when asked', async () => {
    world.refuseSockets(true);
    world.dropSockets();
    await world.until(() => world.sockets === 0, 'the sockets to close');
    world.postAsUser('alerts', 'U0TARO', 'nobody listens');
    expect(world.events.at(-1)?.attempts).toHaveLength(1);
    world.refuseSockets(false);
    await world.until(() => world.sockets === 1, 'the app to come back', { timeoutMs: 10_000 });
    clock.advance(60_000);
    await world.until(() => seen.length === 1, 'the retry');
    expect(seen[0]?.retryNum).toBeGreaterThan(0);
    world.duplicateEvents(true);
    world.postAsUser('alerts', 'U0TARO', 'twice');
    await world.until(() => seen.length === 3, 'both copies');
    expect(seen[1]?.body['event_id']).toBe(seen[2]?.body['event_id']);
    world.duplicateEvents(false);
    world.redeliver('last');
    await world.until(() => seen.length === 4, 'the event again');
    expect(seen[3]?.body['event_id']).toBe(seen[1]?.body['event_id']);
    expect(seen[3]?.retryNum).toBe(1);
    world.holdEvents(true);
    const lost = world.postAsUser('alerts', 'U0TARO', 'lost');
    world.holdEvents(false);
    const { messages } = await app.client.conversations.history({ channel: 'C0ALERTS', limit: 1 });
    expect(messages?.[0]?.ts).toBe(lost);
    expect(world.events).toHaveLength(2);
  }, 30_000);

  it('tells of mentions, reactions and joins, and of nothing where the bot is no member', async () => {
    world.postAsUser('other', 'U0TARO', 'unheard');
    const ts = world.postAsUser('alerts', 'U0TARO', '<@U0TOBAN> help & <b>');
    world.react('U0TARO', 'alerts', ts, 'eyes');
    world.addUser({ id: 'U0NEW', name: 'new', realName: 'New' });
    world.joinChannel('alerts', 'U0NEW');
    await world.until(() => seen.length === 5, 'five events');
    expect(seen.map(({ kind }) => kind).toSorted()).toEqual([
      'app_mention',
      'member_joined_channel',
      'message',
      'message',
      'reaction_added',
    ]);
    const mention = seen.find(({ kind }) => kind === 'app_mention')?.body['event'];
    expect(mention).toMatchObject({ text: '<@U0TOBAN> help &amp; &lt;b&gt;', user: 'U0TARO' });
  });
});

describe('the local Slack with a Bolt app over HTTP', () => {
  it('signs what it posts, verifies the URL, and takes the answers', async () => {
    const { world } = await smallWorkspace();
    const receiver = new HTTPReceiver({ signingSecret: world.signingSecret, logger: QUIET });
    const app = new App({
      token: world.botToken,
      receiver,
      deferInitialization: true,
      logger: QUIET,
      clientOptions: { slackApiUrl: world.apiUrl, retryConfig: { retries: 0 } },
    });
    const texts: string[] = [];
    app.message(async ({ message }) => {
      if ('text' in message) texts.push(message.text ?? '');
    });
    app.command('/oncall', async ({ ack }) => ack('now: taro'));
    await app.init();
    const port = await freePort();
    await app.start(port);
    world.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    expect(await world.verifyUrl()).toBe(true);
    world.postAsUser('alerts', 'U0TARO', 'hello');
    await world.until(() => texts.length === 1, 'the message');
    expect(await world.command('U0TARO', 'alerts', '/oncall')).toMatchObject({ acked: true });
    expect(world.ephemerals[0]?.text).toBe('now: taro');
    await world.until(() => world.events[0]?.attempts[0]?.outcome === 'acked', 'the receipt');
    await app.stop();
    world.postAsUser('alerts', 'U0TARO', 'nobody there');
    await world.until(() => world.events[1]?.attempts[0]?.outcome === 'unreachable', 'the failure');
    await world.close();
  });

  it('is refused by an app that holds another secret', async () => {
    const { world } = await smallWorkspace({ signingSecret: 'one' });
    const receiver = new HTTPReceiver({ signingSecret: 'another', logger: QUIET });
    const app = new App({
      token: world.botToken,
      receiver,
      deferInitialization: true,
      logger: QUIET,
      clientOptions: { slackApiUrl: world.apiUrl },
    });
    await app.init();
    const port = await freePort();
    await app.start(port);
    world.deliverTo(`http://127.0.0.1:${port}/slack/events`);
    expect(await world.verifyUrl()).toBe(false);
    expect(await world.command('U0TARO', 'alerts', '/oncall')).toMatchObject({
      acked: false,
      problem: 'http_error 401',
    });
    await app.stop();
    await world.close();
  });
});

/** Bolt's receiver does not tell which port it took, so one is picked before. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
