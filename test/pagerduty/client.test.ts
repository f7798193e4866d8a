import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createPagerDutyClient, type Limits, type PagerDutyClient } from '../../src/pagerduty/client.ts';
import { silentLog, type Log } from '../../src/ports/log.ts';
import { silentMetrics, type Metrics } from '../../src/ports/metrics.ts';
import { PagerError } from '../../src/ports/pager.ts';
import { startFake, type Asked, type FakePagerDuty, type Reply } from './support/fake-pagerduty.ts';
import { SteppingClock } from './support/stepping-clock.ts';

const token = 'TOKEN-u+Very/Secret';
const limited = { status: 429, body: { error: { message: 'Rate Limit Exceeded', code: 2020 } } };

let fake: FakePagerDuty | undefined;
let clock: SteppingClock;
afterEach(async () => {
  await fake?.stop();
  fake = undefined;
});

async function clientOf(
  answer: (asked: Asked, count: number) => Reply,
  options: { limits?: Partial<Limits>; log?: Log; metrics?: Metrics } = {},
): Promise<PagerDutyClient> {
  fake = await startFake(answer);
  return clientAt(fake.url, options);
}

function clientAt(baseUrl: string, options: { limits?: Partial<Limits>; log?: Log; metrics?: Metrics } = {}) {
  // One try may take 60 s here, so that its time limit is told from every wait and never fires by itself.
  clock = new SteppingClock((delay) => delay < 30_000);
  const limits = { timeoutMs: 60_000, budgetMs: 200_000, ...options.limits };
  const { log = silentLog, metrics = silentMetrics } = options;
  return createPagerDutyClient({ baseUrl, token, clock, log, metrics, limits, random: () => 0 });
}

async function errorOf(work: Promise<unknown>): Promise<PagerError> {
  const error: unknown = await work.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  if (!(error instanceof PagerError)) throw new Error('expected a PagerError', { cause: error });
  return error;
}

const asked = (): readonly Asked[] => fake?.asked ?? [];

describe('a request to PagerDuty', () => {
  it('carries the token, the version and the acting person, and gives the parsed body', async () => {
    const client = await clientOf(() => ({ body: { incident: { id: 'P1' } } }));
    const options = { body: { a: '障害' }, from: 'taro@corp.example', query: { 'ids[]': ['A', 'B'], q: 'x y' } };
    await expect(client.request('PUT', '/incidents/P1', options)).resolves.toEqual({ incident: { id: 'P1' } });
    const [request] = asked();
    expect(request?.headers).toMatchObject({
      authorization: `Token token=${token}`,
      accept: 'application/vnd.pagerduty+json;version=2',
      from: 'taro@corp.example',
    });
    expect(request?.body).toEqual({ a: '障害' });
    expect(request?.query.getAll('ids[]')).toEqual(['A', 'B']);
    expect(request?.query.get('q')).toBe('x y');
  });

  it('gives undefined for 204', async () => {
    const client = await clientOf(() => ({ status: 204 }));
    await expect(client.request('DELETE', '/x')).resolves.toBeUndefined();
  });

  it('says no From where nobody acts', async () => {
    const client = await clientOf(() => ({}));
    await client.request('GET', '/users');
    expect(asked()[0]?.headers.from).toBeUndefined();
  });

  it('leaves no timer behind, neither its own nor the 30 s one of pdjs', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const replies: readonly Reply[] = [{}, { fault: 'break' }, limited, {}, { status: 503, raw: 'down' }];
    const client = await clientOf((_, count) => replies[count - 1] ?? {});
    await client.request('GET', '/users');
    await errorOf(client.request('PUT', '/incidents/P1'));
    await client.request('PUT', '/incidents/P1');
    await errorOf(client.request('PUT', '/incidents/P1'));
    expect(asked()).toHaveLength(replies.length);
    expect(clock.held).toBe(0);
    expect(timers()).toBe(before);
  });

  it('of a person goes before reads that wait', async () => {
    const client = await clientOf(() => ({}), { limits: { atOnce: 1 } });
    const reads = ['/a', '/b'].map((path) => client.request('GET', path));
    await Promise.all([...reads, client.request('PUT', '/click')]);
    expect(asked().map(({ path }) => path)).toEqual(['/a', '/click', '/b']);
  });

  it('counts each try by its outcome', async () => {
    const counts: object[] = [];
    const metrics: Metrics = { ...silentMetrics, count: (name, labels) => counts.push({ name, ...labels }) };
    const client = await clientOf((_, count) => (count === 1 ? { status: 500 } : {}), { metrics });
    await client.request('GET', '/users');
    const name = 'toban_pagerduty_requests_total';
    expect(counts).toEqual([
      { name, method: 'GET', outcome: 'unavailable' },
      { name, method: 'GET', outcome: 'ok' },
    ]);
  });
});

describe('a refusal by PagerDuty', () => {
  it.each([
    [400, 1001, 'already_resolved'],
    [400, 1002, 'already_acknowledged'],
    [400, 1006, 'cannot_escalate'],
    [400, 1008, 'requester_unknown'],
    [403, 1018, 'requester_refused'],
    [404, 2100, 'not_found'],
    [404, 5001, 'not_found'],
    [401, 2006, 'unauthorized'],
    [402, 2012, 'ability_missing'],
    [402, undefined, 'ability_missing'],
    [403, undefined, 'unauthorized'],
    [404, undefined, 'not_found'],
    [400, 2001, 'invalid'],
  ] as const)('with status %i and code %p is %s', async (status, code, expected) => {
    const client = await clientOf(() => ({
      status,
      body: { error: { message: 'No', code, errors: [`echo ${token}`] } },
    }));
    const error = await errorOf(client.request('PUT', '/incidents/P1'));
    expect(error).toMatchObject({ code: expected, status });
    expect(error.message).toContain('PUT /incidents/P1');
    expect(error.message).not.toContain(token);
    expect(asked()).toHaveLength(1);
  });

  it('in a body that is not JSON (pdjs rejects with a Response) is told by its status', async () => {
    const client = await clientOf(() => ({ status: 401, raw: '<html>', headers: { 'content-type': 'text/html' } }));
    const error = await errorOf(client.request('GET', '/users'));
    expect(error).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(error).toBeInstanceOf(Error);
  });

  it('by a page of some proxy with status 200 is invalid and points to the address', async () => {
    const client = await clientOf(() => ({ raw: '<html>login</html>', headers: { 'content-type': 'text/html' } }));
    const error = await errorOf(client.request('GET', '/users'));
    expect(error).toMatchObject({ code: 'invalid', message: expect.stringContaining('PAGERDUTY_API_URL') as string });
  });

  it('does not follow a redirect with the token', async () => {
    const client = await clientOf((request) =>
      request.path === '/users' ? { status: 302, headers: { location: `${fake?.url}/elsewhere` } } : {},
    );
    expect(await errorOf(client.request('GET', '/users'))).toMatchObject({ code: 'invalid' });
    expect(asked()).toHaveLength(1);
  });

  it('never reaches the wire where the token or the address of the person fits no header', async () => {
    const options = { baseUrl: 'http://127.0.0.1:9', clock, log: silentLog, metrics: silentMetrics };
    for (const bad of ['', 'abc\ndef', 'ab c', '秘密']) {
      expect(() => createPagerDutyClient({ ...options, token: bad })).toThrow(
        expect.objectContaining({
          code: 'unauthorized',
          message: expect.not.stringContaining('def') as string,
        }) as Error,
      );
    }
    const client = await clientOf(() => ({}));
    for (const from of ['', 'a@b\r\nX: y', '太郎@corp.example']) {
      expect(await errorOf(client.request('PUT', '/x', { from }))).toMatchObject({ code: 'requester_unknown' });
    }
    expect(asked()).toHaveLength(0);
  });
});

describe('O-04: repeats with back-off', () => {
  it('waits as long as ratelimit-reset says after a 429, and pdjs repeats nothing by itself', async () => {
    const client = await clientOf((_, count) =>
      count === 1 ? { ...limited, headers: { 'ratelimit-reset': '7' } } : { body: { ok: true } },
    );
    await expect(client.request('PUT', '/incidents/P1')).resolves.toEqual({ ok: true });
    expect(asked()).toHaveLength(2);
    expect(clock.waits).toEqual([7250]);
  });

  it('backs off exponentially after a 429 that tells nothing, three tries in all', async () => {
    const client = await clientOf(() => ({ status: 429, raw: '' }));
    expect(await errorOf(client.request('GET', '/users'))).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(asked()).toHaveLength(3);
    expect(clock.waits).toEqual([1000, 2000]);
  });

  it('gives up at once where the wait exceeds the budget', async () => {
    const client = await clientOf(() => ({ ...limited, headers: { 'ratelimit-reset': '45' } }), {
      limits: { budgetMs: 40_000 },
    });
    const error = await errorOf(client.request('GET', '/users'));
    expect(error).toMatchObject({ code: 'rate_limited', message: expect.stringContaining('45 s') as string });
    expect(asked()).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['502 with HTML', { status: 502, raw: '<html>' }],
    ['500 with JSON', { status: 500, body: { error: { message: 'oops' } } }],
    ['a broken connection', { fault: 'break' }],
    ['a connection broken inside the body', { fault: 'break-in-body' }],
  ])('repeats a GET after %s', async (_, reply) => {
    const client = await clientOf((__, count) => (count < 3 ? reply : { body: { fine: 1 } }));
    await expect(client.request('GET', '/users')).resolves.toEqual({ fine: 1 });
    expect(clock.waits).toEqual([1000, 2000]);
  });

  it.each<[string, Reply]>([
    ['502', { status: 502, raw: '<html>' }],
    ['a broken connection', { fault: 'break' }],
  ])('does not repeat a note after %s: it may stand already', async (_, reply) => {
    const client = await clientOf(() => reply);
    expect(await errorOf(client.request('POST', '/incidents/P1/notes', { body: {} }))).toMatchObject({
      code: 'unavailable',
    });
    expect(asked()).toHaveLength(1);
  });

  it('says of a lost write that it may have been done', async () => {
    const client = await clientOf(() => ({ fault: 'break' }));
    const error = await errorOf(client.request('PUT', '/incidents/P1'));
    expect(error.message).toContain('may or may not have been done');
  });

  it('repeats even a write where the connection was refused', async () => {
    const port = await closedPort();
    const client = clientAt(`http://127.0.0.1:${port}`);
    expect(await errorOf(client.request('PUT', '/incidents/P1'))).toMatchObject({ code: 'unavailable' });
    expect(clock.waits).toEqual([1000, 2000]);
  });

  it('ends a try by its time limit and repeats a GET', async () => {
    const client = await clientOf((_, count) => {
      if (count > 1) return { body: { late: true } };
      setImmediate(() => clock.fireHeld());
      return { fault: 'hang' };
    });
    await expect(client.request('GET', '/users')).resolves.toEqual({ late: true });
    expect(asked()).toHaveLength(2);
  });

  it('does not repeat a write that ran out of time', async () => {
    const client = await clientOf(() => {
      setImmediate(() => clock.fireHeld());
      return { fault: 'hang' };
    });
    const error = await errorOf(client.request('PUT', '/incidents/P1'));
    expect(error).toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('no answer in time') as string,
    });
    expect(asked()).toHaveLength(1);
  });
});

describe('pages', () => {
  const page = (from: number, count: number, more: boolean) => ({
    things: Array.from({ length: count }, (_, index) => from + index),
    limit: 100,
    offset: from,
    more,
    total: null,
  });

  it('are followed to the last on any host', async () => {
    const client = await clientOf(({ query }) => {
      const offset = Number(query.get('offset') ?? 0);
      return { body: page(offset, offset === 200 ? 5 : 100, offset < 200) };
    });
    const found = await client.pages('/incidents/P1/things', 'things', { 'ids[]': ['A'] });
    expect(found).toHaveLength(205);
    expect(asked().map(({ query }) => query.get('offset'))).toEqual([null, '100', '200']);
    expect(asked().every(({ query }) => query.get('limit') === '100' && query.get('ids[]') === 'A')).toBe(true);
  });

  it('fail as a whole where the second fails: no silent truncation', async () => {
    const client = await clientOf((_, count) =>
      count === 1 ? { body: page(0, 100, true) } : { status: 400, body: { error: { message: 'no', code: 2001 } } },
    );
    expect(await errorOf(client.pages('/things', 'things'))).toMatchObject({ code: 'invalid', status: 400 });
  });

  it('follow next_cursor', async () => {
    const client = await clientOf(({ query }) =>
      query.get('cursor') === 'c2'
        ? { body: { records: [2], next_cursor: null } }
        : { body: { records: [1], next_cursor: 'c2' } },
    );
    await expect(client.pages('/audit/records', 'records')).resolves.toEqual([1, 2]);
  });

  it('stop before offset + limit passes 10000, with a warning', async () => {
    const warnings: object[] = [];
    const log: Log = { ...silentLog, warn: (fields) => warnings.push(fields), child: () => log };
    const client = await clientOf(({ query }) => ({ body: page(Number(query.get('offset') ?? 0), 100, true) }), {
      log,
    });
    await expect(client.pages('/things', 'things')).resolves.toHaveLength(10_000);
    expect(asked().at(-1)?.query.get('offset')).toBe('9900');
    expect(warnings).toEqual([{ path: '/things', key: 'things', found: 10_000 }]);
  });

  it('without the expected key are invalid', async () => {
    const client = await clientOf(() => ({ body: { other: [] } }));
    expect(await errorOf(client.pages('/things', 'things'))).toMatchObject({ code: 'invalid' });
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
