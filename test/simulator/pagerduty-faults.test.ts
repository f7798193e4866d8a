/** Misfortunes on the wire, asked for by a scenario; and the official client going through them. */
import { api } from '@pagerduty/pdjs';
import { minute, startScene, type Scene } from './pagerduty-scene.ts';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.world.close());

describe('a fault', () => {
  it('meets only its requests, as often as told, until taken away', async () => {
    const { world, ask } = scene;
    const remove = world.faults.add({ method: 'GET', path: /^\/users/, kind: 'http500', times: 1 });
    expect((await ask('GET /services')).status).toBe(200);
    expect((await ask('GET /users')).status).toBe(500);
    expect((await ask('GET /users')).status).toBe(200);
    world.faults.add({
      path: '/users',
      kind: 'error',
      status: 403,
      body: { error: { message: 'Forbidden', code: 2010 } },
    });
    expect((await ask('GET /users')).body.error.code).toBe(2010);
    remove();
    world.faults.clear();
    expect((await ask('GET /users')).status).toBe(200);
  });

  it('may be a rate limit with or without its explanation', async () => {
    const { world, ask } = scene;
    world.faults.add({ path: '/users', kind: 'rate_limited', resetSeconds: 12, times: 1 });
    world.faults.add({ path: '/users', kind: 'rate_limited_bare', times: 1 });
    const told = await ask('GET /users');
    expect([told.status, told.headers.get('ratelimit-reset'), told.body.error.code]).toEqual([429, '12', 2020]);
    const bare = await ask('GET /users');
    expect([bare.status, bare.headers.get('ratelimit-reset'), bare.body]).toEqual([429, null, undefined]);
  });

  it('may lose the answer to what was done, or refuse without doing it', async () => {
    const { world, ask } = scene;
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    const write = () =>
      ask(`POST /incidents/${id}/notes`, { body: { note: { content: 'Looking' } }, from: 'ben@example.com' });
    world.faults.add({ path: /notes$/, kind: 'refuse', times: 1 });
    await expect(write()).rejects.toThrow('fetch failed');
    expect(world.incident(id).notes).toHaveLength(0);
    world.faults.add({ path: /notes$/, kind: 'lost_answer', times: 1 });
    await expect(write()).rejects.toThrow('fetch failed');
    expect(world.incident(id).notes).toHaveLength(1);
    expect(world.calls.map((call) => call.status)).toEqual([undefined, undefined]);
  });

  it('may slow an answer by the simulated clock, or answer with a web page', async () => {
    const { world, ask, clock } = scene;
    world.faults.add({ path: '/users', kind: 'slow', delayMs: minute, times: 1 });
    let done = false;
    const asked = ask('GET /users').then((told) => {
      done = true;
      return told;
    });
    await ask('GET /services');
    expect(done).toBe(false);
    clock.advance(minute);
    expect((await asked).status).toBe(200);
    world.faults.add({ path: '/users', kind: 'not_json', times: 1 });
    await expect(ask('GET /users')).rejects.toThrow('not valid JSON');
  });

  it('may be a whole outage', async () => {
    scene.world.down(true);
    expect((await scene.ask('GET /users')).status).toBe(503);
    scene.world.down(false);
    expect((await scene.ask('GET /users')).status).toBe(200);
  });

  it('may leave a request hanging, and the world still closes', async () => {
    scene.world.faults.add({ path: '/users', kind: 'hang' });
    const asked = scene.ask('GET /users');
    const failed = expect(asked).rejects.toThrow('fetch failed');
    await scene.world.until(() => scene.world.calls.length === 1, 'the request has arrived');
    await scene.world.close();
    await failed;
    scene = await startScene();
  });
});

describe('waiting for something', () => {
  it('gives up by name', async () => {
    await expect(scene.world.until(() => false, 'pigs fly', { timeoutMs: 20 })).rejects.toThrow('until pigs fly');
  });

  it('ends as soon as it happens', async () => {
    const id = scene.world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    const waited = scene.world.until(() => scene.world.incident(id).status === 'resolved', 'it is resolved');
    scene.world.resolve(id);
    await waited;
  });
});

describe('PagerDuty’s own client', () => {
  it('reads, writes and is refused', async () => {
    const { world } = scene;
    const pd = api({ token: world.token });
    const call = (method: string, path: string, rest: object = {}) =>
      pd({
        url: `${world.apiUrl}${path}`,
        method,
        requestTimeout: 0,
        signal: AbortSignal.timeout(5000),
        ...rest,
      } as never);
    const id = world.trigger({ service: 'PPAY', title: 'Card payments fail' });
    const list = await call('get', '/incidents', { queryParameters: { 'statuses[]': 'triggered' } });
    expect(list.data).toMatchObject({ incidents: [{ id }], more: false });
    const data = { incident: { type: 'incident_reference', status: 'acknowledged' } };
    const unsigned = await call('put', `/incidents/${id}`, { data });
    expect(unsigned.status).toBe(400);
    await call('put', `/incidents/${id}`, { data, headers: { from: 'ben@example.com' } });
    expect(world.incident(id)).toMatchObject({ status: 'acknowledged', acknowledgers: ['PBEN'] });
  });
});
