/** The bot's HTTP routes, asked over real sockets. */

import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createPrometheus } from '../../src/http/prometheus.ts';
import { startHttpServer } from '../../src/http/server.ts';
import type { HttpServer, Routes } from '../../src/http/server.ts';
import { createWebhookRoute } from '../../src/pagerduty/webhook-route.ts';
import { silentLog } from '../../src/ports/log.ts';
import type { Log } from '../../src/ports/log.ts';
import { silentMetrics } from '../../src/ports/metrics.ts';
import { webhookEvent } from '../pagerduty/support/bodies.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

type Options = Partial<Parameters<typeof startHttpServer>[0]>;

async function serve(routes: Partial<Routes> = {}, options: Options = {}): Promise<HttpServer & { url: string }> {
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    log: silentLog,
    routes: {
      health: () => ({ ok: true, body: { ok: true } }),
      metrics: async () => ({ contentType: 'text/plain', text: '' }),
      ...routes,
    },
    ...options,
  });
  open.push(server);
  return { ...server, url: `http://127.0.0.1:${server.port}` };
}

/** Writes `text` and gives everything that comes back until the connection ends; `write` more meanwhile. */
async function raw(port: number, text: string, more?: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  open.push({ close: async () => void socket.destroy() });
  socket.write(text);
  more?.(socket);
  let answer = '';
  socket.on('error', () => {});
  socket.on('data', (data) => (answer += data.toString()));
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}

function keeping(): { log: Log; lines: readonly (readonly [string, object, string])[] } {
  const lines: [string, object, string][] = [];
  const keep = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message]);
  const log: Log = {
    debug: keep('debug'),
    info: keep('info'),
    warn: keep('warn'),
    error: keep('error'),
    child: () => log,
  };
  return { log, lines };
}

describe('GET /healthz', () => {
  it('is 200 with JSON once connected, else 503', async () => {
    let ok = true;
    const { url } = await serve({ health: () => ({ ok, body: { ok, slack: '接続' } }) });
    const well = await fetch(`${url}/healthz?probe=1`);
    expect([well.status, await well.json()]).toEqual([200, { ok: true, slack: '接続' }]);
    expect(well.headers.get('content-type')).toBe('application/json; charset=utf-8');
    ok = false;
    const ill = await fetch(`${url}/healthz`);
    expect([ill.status, await ill.json()]).toEqual([503, { ok: false, slack: '接続' }]);
  });

  it('is 500 without the cause, which is logged, where asking fails', async () => {
    const { log, lines } = keeping();
    const routes = {
      health: () => {
        throw new Error('database is locked');
      },
    };
    const { url } = await serve(routes, { log });
    const answer = await fetch(`${url}/healthz`);
    expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal error"}']);
    expect(lines).toMatchObject([['error', { path: '/healthz' }, 'HTTP request failed']]);
  });
});

describe('GET /metrics', () => {
  it("is Prometheus' text, every line of it", async () => {
    const metrics = createPrometheus();
    metrics.count('toban_alerts_total', { tool: 'grafana', outcome: 'mentioned' });
    metrics.gauge('toban_slack_connected', 1);
    metrics.observe('toban_mention_seconds', 0.3);
    const { url } = await serve({ metrics: () => metrics.text() });
    const answer = await fetch(`${url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = (await answer.text()).trim().split('\n');
    const sample = /^[a-zA-Z_:][\w:]*(?:\{[a-zA-Z_]\w*="(?:[^"\\]|\\.)*"(?:,[a-zA-Z_]\w*="(?:[^"\\]|\\.)*")*\})? \S+$/;
    expect(lines.filter((line) => line !== '' && !/^# (?:HELP|TYPE) /.test(line) && !sample.test(line))).toEqual([]);
    expect(lines).toContain('toban_alerts_total{tool="grafana",outcome="mentioned"} 1');
    expect(lines).toContain('toban_slack_connected 1');
    expect(lines).toContain('toban_mention_seconds_bucket{le="0.5"} 1');
    expect(lines).toContain('toban_mention_seconds_bucket{le="0.25"} 0');
  });
});

describe('another route', () => {
  it.each([
    ['GET', '/'],
    ['GET', '/healthz/'],
    ['GET', '/../etc/passwd'],
    ['POST', '/metrics'],
    ['GET', '/pagerduty/webhook'],
    ['POST', '/pagerduty/webhook'],
    ['POST', '/slack/events'],
  ])('is 404: %s %s', async (method, path) => {
    const { url } = await serve();
    const answer = await fetch(url + path, { method });
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'no such route' }]);
  });

  it('of Slack is given to Bolt as it is', async () => {
    const { url } = await serve({ slackEvents: (request, response) => void response.end(`bolt ${request.method}`) });
    expect(await (await fetch(`${url}/slack/events`, { method: 'POST', body: '{}' })).text()).toBe('bolt POST');
  });
});

describe('POST /pagerduty/webhook', () => {
  const secret = 'webhook-secret';
  const taken: string[] = [];
  const seen = new Set<string>();
  beforeEach(() => {
    taken.length = 0;
    seen.clear();
  });
  const webhook = createWebhookRoute({
    secrets: [secret],
    seen: { has: async (id) => seen.has(id), add: async (id) => void seen.add(id), forget: async () => {} },
    clock: { now: () => 0, setTimer: () => () => {} },
    log: silentLog,
    metrics: silentMetrics,
    take: async (incident) => void taken.push(incident.id),
    takeNote: async () => {},
    refresh: () => {},
  });
  const post = async (url: string, body: string | Buffer, key = secret) => {
    const signature = `v1=${createHmac('sha256', key).update(body).digest('hex')}`;
    const init = {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: { 'x-pagerduty-signature': signature },
    };
    return (await fetch(`${url}/pagerduty/webhook`, init)).status;
  };
  const event = () => JSON.stringify(webhookEvent('incident.triggered', { status: 'triggered' }));

  it('is 200 for a signed event, taken once however often it comes', async () => {
    const { url } = await serve({ webhook });
    const body = event();
    expect([await post(url, body), await post(url, body)]).toEqual([200, 200]);
    expect(taken).toHaveLength(1);
  });

  it('is 401 for a wrong signature and for none, before the body is looked at', async () => {
    const { url } = await serve({ webhook });
    expect(await post(url, event(), 'another')).toBe(401);
    expect((await fetch(`${url}/pagerduty/webhook`, { method: 'POST', body: '{' })).status).toBe(401);
    expect(taken).toEqual([]);
  });

  it.each(['', '{', 'null', '{"event":{}}', '\ufeff{}'])('is 400 for a signed body that is none: %j', async (body) => {
    const { url } = await serve({ webhook });
    expect(await post(url, body)).toBe(400);
  });

  it('is 413 for an announced size over the limit, without waiting for it', async () => {
    const { port } = await serve({ webhook });
    const head = 'POST /pagerduty/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n';
    const answer = await raw(port, head);
    expect(answer).toMatch(/^HTTP\/1\.1 413 [\s\S]*body too large/);
    expect(answer).toMatch(/connection: close/i);
  });

  it('is 413 for a body that grows over the limit', async () => {
    const { port } = await serve({ webhook });
    const head = 'POST /pagerduty/webhook HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n';
    const part = `${(64 * 1024).toString(16)}\r\n${'x'.repeat(64 * 1024)}\r\n`;
    expect(await raw(port, head + part.repeat(9))).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('takes a body at the limit', async () => {
    const { url } = await serve({ webhook });
    expect(await post(url, Buffer.alloc(512 * 1024, ' '))).toBe(400);
    expect(await post(url, Buffer.alloc(512 * 1024 + 1, ' '))).toBe(413);
  });

  it('is 408 for a body that does not come, and no error of ours', async () => {
    const { log, lines } = keeping();
    const { port } = await serve({ webhook }, { log, requestWithinMs: 20 });
    const head = 'POST /pagerduty/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc';
    expect(await raw(port, head)).toMatch(/^HTTP\/1\.1 408 /);
    expect(lines).toMatchObject([['info', { path: '/pagerduty/webhook' }, expect.stringContaining('given up')]]);
  });

  it('is answered even where the server is closed meanwhile', async () => {
    let finish = () => {};
    let begin = () => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const work = new Promise<void>((resolve) => (finish = resolve));
    const server = await serve({
      webhook: async () => {
        begin();
        await work;
        return 202;
      },
    });
    const answer = fetch(`${server.url}/pagerduty/webhook`, { method: 'POST', body: '{}' });
    await begun;
    const closed = server.close();
    finish();
    expect((await answer).status).toBe(202);
    await closed;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });
});

describe('the server', () => {
  it.each([
    'nonsense\r\n\r\n',
    'GET /healthz HTTP/1.1\r\n\r\n',
    'GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ])('answers 4xx to a malformed request and goes on: %#', async (text) => {
    const { port, url } = await serve();
    expect(await raw(port, text)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('closes although somebody holds a connection open', async () => {
    const server = await serve();
    const held = raw(server.port, 'POST /pagerduty/webhook HTTP/1.1\r\nHost: x\r\n');
    await fetch(`${server.url}/healthz`);
    await server.close();
    await held;
  });

  it('says what to do where the port is in use', async () => {
    const { port } = await serve();
    await expect(serve({}, { port })).rejects.toThrow(
      `The address 127.0.0.1:${port} is in use; set PORT to another one, or 0`,
    );
  });

  it('says what to do where the address is not of this machine', async () => {
    await expect(serve({}, { host: '192.0.2.1' })).rejects.toThrow(/192\.0\.2\.1:0 is not of this machine; set HOST/);
  });

  it('listens on HOST alone', async () => {
    const { port } = await serve();
    // Nobody else has the port on another address: it can still be taken there.
    const other = createServer();
    const address = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    await new Promise<void>((resolve, reject) => {
      other.once('error', reject);
      other.listen(port, address ?? '127.0.0.2', resolve);
    });
    await new Promise((resolve) => other.close(resolve));
  });
});
