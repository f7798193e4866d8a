import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { incidentEvents, type PagerIncident } from '../../src/domain/pager-incident.ts';
import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import { createPager } from '../../src/pagerduty/pager.ts';
import { createPoller } from '../../src/pagerduty/poller.ts';
import { readWebhook, verifySignature } from '../../src/pagerduty/webhook.ts';
import { silentLog } from '../../src/ports/log.ts';
import { silentMetrics } from '../../src/ports/metrics.ts';
import type { Pager } from '../../src/ports/pager.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startPagerDuty, type PagerDutyWorld } from '../../src/simulator/pagerduty/pagerduty-world.ts';

const start = Date.parse('2026-11-22T01:00:00Z');
const hour = 3_600_000;
const secret = 'webhook-secret';

let clock: SimulatedClock;
let world: PagerDutyWorld;
let pager: Pager;
let receiver: Server;
let pushed: PagerIncident[];
let refused: number;

beforeEach(async () => {
  clock = new SimulatedClock(start);
  world = await startPagerDuty({ clock });
  for (const [id, name] of [
    ['PU1', '佐藤'],
    ['PU2', '鈴木'],
  ] as const) {
    world.addUser({ id, name, email: `${id.toLowerCase()}@corp.example` });
  }
  const rotation = { users: ['PU1', 'PU2'], handoff: start, everySeconds: 86_400 };
  world.addSchedule({ id: 'PS1', name: '一次', timeZone: 'Asia/Tokyo', kind: 'layers', rotation });
  world.addEscalationPolicy({
    id: 'PEP1',
    name: 'SRE',
    levels: [
      { timeoutMinutes: 30, targets: [{ schedule: 'PS1' }] },
      { timeoutMinutes: 30, targets: [{ user: 'PU2' }] },
    ],
  });
  world.addService({ id: 'PSVC1', name: '決済', escalationPolicy: 'PEP1' });
  const rest = { clock, log: silentLog, metrics: silentMetrics };
  pager = createPager(createPagerDutyClient({ baseUrl: world.apiUrl, token: world.token, ...rest }));
  pushed = [];
  refused = 0;
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const header = request.headers['x-pagerduty-signature'];
      if (!verifySignature(raw, typeof header === 'string' ? header : undefined, ['old', secret])) {
        refused += 1;
        response.writeHead(401).end();
        return;
      }
      const read = readWebhook(raw);
      if (read.kind === 'incident') pushed.push(read.incident);
      response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await world.close();
  await new Promise<void>((resolve) => {
    receiver.close(() => resolve());
    receiver.closeAllConnections();
  });
});

const receiverUrl = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/pagerduty`;
const trigger = (): string => world.trigger({ service: 'PSVC1', title: '決済が遅い', dedupKey: 'latency' });

describe('the pager on the simulated PagerDuty', () => {
  it('knows who is on call by policy and by schedule, with e-mails', async () => {
    const window = { since: clock.now(), until: clock.now() + hour };
    const entries = await pager.onCalls({ escalationPolicies: ['PEP1'], schedules: ['PS1'], ...window });
    expect(entries).toHaveLength(2);
    expect(entries).toMatchObject([
      { responder: { id: 'PU1', name: '佐藤', email: 'pu1@corp.example' }, level: 1, scheduleId: 'PS1', start },
      { responder: { id: 'PU2' }, level: 2, scheduleId: null, start: null, end: null },
    ]);
    await expect(pager.responders()).resolves.toHaveLength(2);
  });

  it('acknowledges, notes, escalates and resolves as the acting person (A-03, E-08)', async () => {
    const id = trigger();
    const acting = { from: 'pu2@corp.example' };
    await expect(pager.openIncidents(['PSVC1'])).resolves.toMatchObject([
      { id, status: 'triggered', serviceName: '決済' },
    ]);
    await expect(pager.escalate(id, 2, acting)).resolves.toMatchObject({ assignees: [{ id: 'PU2' }] });
    await expect(pager.acknowledge(id, acting)).resolves.toMatchObject({
      status: 'acknowledged',
      acknowledgers: [{ id: 'PU2' }],
      lastChangedBy: { id: 'PU2' },
    });
    await pager.addNote(id, 'DBを再起動', acting);
    await expect(pager.resolve(id, acting)).resolves.toMatchObject({
      status: 'resolved',
      lastChangedBy: { id: 'PU2' },
    });
    await expect(pager.openIncidents([])).resolves.toEqual([]);
    await expect(pager.incident('PNOBODY')).resolves.toBeUndefined();
  });

  it('says so where the acting person is unknown, and nothing is changed (E-08)', async () => {
    const id = trigger();
    const asking = pager.acknowledge(id, { from: 'stranger@corp.example' });
    await expect(asking).rejects.toMatchObject({ code: 'requester_unknown' });
    expect(world.incident(id).status).toBe('triggered');
  });

  it('says so where somebody was faster', async () => {
    const id = trigger();
    world.acknowledge(id, 'PU1');
    world.resolve(id, 'PU1');
    await expect(pager.resolve(id, { from: 'pu2@corp.example' })).rejects.toMatchObject({ code: 'already_resolved' });
  });
});

describe('webhooks and polling on the simulated PagerDuty (G-01)', () => {
  it('tell the same story', async () => {
    world.deliverTo(receiverUrl(), secret);
    const known = new Map<string, PagerIncident>();
    const polled: PagerIncident[] = [];
    const poller = createPoller({
      pager,
      clock,
      log: silentLog,
      everyMs: 30_000,
      services: ['PSVC1'],
      knownOpen: () => Promise.resolve([...known.values()].filter(({ status }) => status !== 'resolved')),
      missedSince: async () => undefined,
      noted: async () => {},
      seen: (incident) => {
        polled.push(incident);
        known.set(incident.id, incident);
        return Promise.resolve();
      },
    });
    const id = trigger();
    const steps = [
      () => {},
      () => world.escalate(id, 2),
      () => world.acknowledge(id, 'PU2'),
      () => world.resolve(id, 'PU1'),
    ];
    for (const [index, step] of steps.entries()) {
      clock.advance(1000);
      step();
      await world.until(() => pushed.length === index + 1, `webhook ${index + 1} was delivered`);
      await poller.now();
    }
    const story = (incidents: readonly PagerIncident[]) =>
      incidents
        .flatMap((incident, index) => incidentEvents(incidents[index - 1], incident))
        .map((event) => [
          event.kind,
          'by' in event ? event.by?.id : undefined,
          event.incident.assignees.map((one) => one.id),
        ]);
    expect(story(polled)).toEqual([
      ['triggered', undefined, ['PU1']],
      ['reassigned', undefined, ['PU2']],
      ['acknowledged', 'PU2', ['PU2']],
      ['resolved', 'PU1', []],
    ]);
    expect(story(pushed)).toEqual(story(polled));
    expect(pushed.map(({ number, changedAt }) => [number, changedAt])).toEqual(
      polled.map(({ number, changedAt }) => [number, changedAt]),
    );
  });

  it('a bad signature is refused', async () => {
    world.deliverTo(receiverUrl(), 'somebody else');
    trigger();
    await world.until(() => refused > 0, 'the webhook was refused');
    expect(pushed).toEqual([]);
  });
});
