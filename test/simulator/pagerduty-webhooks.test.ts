/** V3 webhooks as a receiver gets them: signed, in order, again after failures, and with every misfortune. */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { minute, startScene, type Scene, type Wire } from './pagerduty-scene.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly event: Wire;
}

let scene: Scene;
let server: Server;
let received: Received[];
let answers: (number | 'never')[];

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer(async (request, response) => {
    let raw = '';
    for await (const chunk of request) raw += String(chunk);
    received.push({ headers: request.headers, raw, event: JSON.parse(raw).event });
    const answer = answers.shift() ?? 202;
    if (answer !== 'never') response.writeHead(answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  scene = await startScene();
  scene.world.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pagerduty`, 'secret-1');
});
afterEach(async () => {
  await scene.world.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const types = (): string[] => received.map((one) => one.event.event_type);
const states = (): string[] => scene.world.webhooks.map((one) => one.state);
const settled = (count: number): Promise<void> =>
  scene.world.until(
    () => states().filter((state) => state !== 'waiting').length === count,
    `${count} webhooks are settled`,
  );
const trigger = (): string => scene.world.trigger({ service: 'PPAY', title: 'Zahlung schlägt fehl' });
const signed = (raw: string, secret: string): string => `v1=${createHmac('sha256', secret).update(raw).digest('hex')}`;

describe('a webhook', () => {
  it('is signed over its raw body, once for each secret', async () => {
    trigger();
    await settled(1);
    scene.world.deliverTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, ['secret-1', 'secret-2']);
    trigger();
    await settled(2);
    const [first, second] = received;
    expect(first?.headers['x-pagerduty-signature']).toBe(signed(first?.raw ?? '', 'secret-1'));
    expect(second?.headers['x-pagerduty-signature']).toBe(
      ['secret-1', 'secret-2'].map((one) => signed(second?.raw ?? '', one)).join(),
    );
  });

  it('speaks of number and assignees, and names who did it', async () => {
    const id = trigger();
    scene.world.acknowledge(id, 'PBEN');
    await settled(2);
    expect(received[1]?.event).toMatchObject({
      event_type: 'incident.acknowledged',
      resource_type: 'incident',
      occurred_at: '2026-03-02T10:00:00.000Z',
      agent: { id: 'PBEN', type: 'user_reference' },
      data: { type: 'incident', id, number: 1, status: 'acknowledged', assignees: [{ id: 'PBEN' }] },
    });
    expect(received[1]?.event.data).not.toHaveProperty('incident_number');
    expect(received[1]?.event.data).not.toHaveProperty('assignments');
  });

  it('reports everything that happens, in order, with the data of its kind', async () => {
    const { world } = scene;
    const id = trigger();
    world.note(id, 'PBEN', 'Looking');
    world.setPriority(id, 'PP1', 'PBEN');
    world.escalate(id, 2, 'PBEN');
    world.reassign(id, 'PAIKO', 'PBEN');
    world.statusUpdate(id, 'PBEN', 'We are on it');
    world.delegate(id, 'PEDB', 'PBEN');
    world.resolve(id, 'PAIKO');
    world.reopen(id, 'PAIKO');
    await settled(9);
    expect(types().map((type) => type.replace('incident.', ''))).toEqual([
      'triggered',
      'annotated',
      'priority_updated',
      'escalated',
      'reassigned',
      'status_update_published',
      'delegated',
      'resolved',
      'reopened',
    ]);
    expect(received[1]?.event.data).toMatchObject({ type: 'incident_note', content: 'Looking', incident: { id } });
  });

  it('is tried again with the same id until it is taken, while later ones of the incident wait', async () => {
    answers = [500, 429];
    const id = trigger();
    scene.world.acknowledge(id, 'PBEN');
    await scene.world.until(() => scene.world.webhooks[0]?.attempts.length === 1, 'the first attempt has failed');
    scene.clock.advance(minute);
    await scene.world.until(() => scene.world.webhooks[0]?.attempts.length === 2, 'the second attempt has failed');
    scene.clock.advance(minute);
    await settled(2);
    expect(types()).toEqual([
      'incident.triggered',
      'incident.triggered',
      'incident.triggered',
      'incident.acknowledged',
    ]);
    expect(new Set(received.map((one) => one.headers['x-webhook-id'])).size).toBe(2);
  });

  it('is tried again when no answer comes within five seconds', async () => {
    answers = ['never'];
    trigger();
    await scene.world.until(() => received.length === 1, 'the first attempt has arrived');
    scene.clock.advance(5000);
    await scene.world.until(() => scene.world.webhooks[0]?.attempts.length === 1, 'the first attempt was given up');
    scene.clock.advance(5000);
    await settled(1);
    expect(received).toHaveLength(2);
  });

  it('is dropped after a 4xx, and after three of those everything is, for a day', async () => {
    answers = [400, 404, 410];
    for (const title of ['a', 'b', 'c']) {
      scene.world.trigger({ service: 'PPAY', title });
    }
    await settled(3);
    expect(states()).toEqual(['dropped', 'dropped', 'dropped']);
    trigger();
    expect(scene.world.webhooks).toHaveLength(3);
    scene.world.enableWebhooks();
    trigger();
    await settled(4);
    expect(received).toHaveLength(4);
  });

  it('may be lost, doubled, overtaken, poisoned or come again', async () => {
    const { world } = scene;
    world.loseWebhooks(true);
    const id = trigger();
    world.loseWebhooks(false);
    expect(states()).toEqual(['lost']);

    world.duplicateWebhooks(true);
    world.note(id, 'PBEN', 'twice');
    await world.until(() => received.length === 2, 'it arrived twice');
    expect(received[0]?.raw).toBe(received[1]?.raw);
    expect(received[0]?.headers['x-webhook-id']).toBe(received[1]?.headers['x-webhook-id']);
    world.duplicateWebhooks(false);

    world.shuffleWebhooks(true);
    world.acknowledge(id, 'PBEN');
    world.resolve(id, 'PBEN');
    await world.until(() => received.length === 4, 'both arrived');
    expect(types().slice(2)).toEqual(['incident.resolved', 'incident.acknowledged']);
    world.shuffleWebhooks(false);

    world.sendWebhook({ event_type: 'pagey.ping', data: { type: 'ping' } }, { secret: 'wrong' });
    await world.until(() => received.length === 5, 'the poisoned one arrived');
    expect(received[4]?.headers['x-pagerduty-signature']).toBe(signed(received[4]?.raw ?? '', 'wrong'));

    world.redeliverWebhook(String(received[0]?.headers['x-webhook-id']));
    await world.until(() => received.length === 6, 'the first one came again');
    expect(received[5]?.raw).toBe(received[0]?.raw);
  });
});
