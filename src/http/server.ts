/** The bot's own HTTP routes: health, metrics, PagerDuty's webhooks, and Slack's events in HTTP mode. */

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../ports/log.ts';

export interface Routes {
  /** 200 where true. */
  readonly health: () => { readonly ok: boolean; readonly body: object };
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** Gives the status to answer with; absent = the route is off. */
  readonly webhook?: (body: Buffer, headers: IncomingMessage['headers']) => Promise<number>;
  /** Bolt's own listener; absent in Socket Mode. */
  readonly slackEvents?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** PagerDuty drops webhooks above 256 kB itself (developer docs, webhooks). */
const BODY_LIMIT = 512 * 1024;

export async function startHttpServer(options: {
  host: string;
  port: number;
  routes: Routes;
  log: Log;
}): Promise<HttpServer> {
  const { host, port, routes, log } = options;
  const server = createServer((request, response) => {
    answer(request, response, routes).catch((error: unknown) => {
      log.error({ err: error, path: pathOf(request) }, 'HTTP request failed');
      if (!response.headersSent) send(response, 500, { error: 'internal error' });
      else response.end();
    });
  });
  server.requestTimeout = 10_000;
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
  const route = `${request.method} ${pathOf(request)}`;
  if (route === 'POST /slack/events' && routes.slackEvents) return routes.slackEvents(request, response);
  if (route === 'POST /pagerduty/webhook' && routes.webhook) {
    const body = await readBody(request);
    if (!body) return send(response, 413, { error: 'body too large' });
    return send(response, await routes.webhook(body, request.headers), {});
  }
  if (route === 'GET /healthz') {
    const { ok, body } = routes.health();
    return send(response, ok ? 200 : 503, body);
  }
  if (route === 'GET /metrics') {
    const { contentType, text } = await routes.metrics();
    response.writeHead(200, { 'content-type': contentType }).end(text);
    return;
  }
  send(response, 404, { error: 'no such route' });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const what = cause.code === 'EADDRINUSE' ? 'is in use; set PORT to another one, or 0' : `failed: ${cause.code}`;
      reject(new Error(`The address ${host}:${port} ${what}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
