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
  /** The calendar of a feed's token, undefined where there is none, null where it is not known yet. */
  readonly calendar?: (token: string) => Promise<string | undefined | null>;
  /** Bolt's own listener; absent in Socket Mode. */
  readonly slackEvents?: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HttpServer {
  readonly port: number;
  close(): Promise<void>;
}

/** PagerDuty drops webhooks above 256 kB itself (developer docs, webhooks). */
const BODY_LIMIT = 512 * 1024;

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use; set PORT to another one, or 0',
  EACCES: 'may not be opened by this user; set PORT to one above 1023',
  EADDRNOTAVAIL: 'is not of this machine; set HOST to 127.0.0.1 or 0.0.0.0',
  ENOTFOUND: 'is not known; set HOST to 127.0.0.1 or 0.0.0.0',
};

export async function startHttpServer(options: {
  host: string;
  port: number;
  routes: Routes;
  log: Log;
  /** Milliseconds for a request to arrive whole; default 10 s. */
  requestWithinMs?: number;
}): Promise<HttpServer> {
  const { host, port, routes, log, requestWithinMs = 10_000 } = options;
  const running = new Set<Promise<void>>();
  const begun = async <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => {},
      () => {},
    );
    running.add(settled);
    try {
      return await work;
    } finally {
      running.delete(settled);
    }
  };
  const limits = {
    requestTimeout: requestWithinMs,
    headersTimeout: requestWithinMs,
    // Node looks for late requests only this often; its own default is 30 s.
    connectionsCheckingInterval: Math.min(1_000, requestWithinMs),
  };
  const server = createServer(limits, (request, response) => {
    answer(request, response, routes, begun).catch((error: unknown) => {
      if (request.destroyed && !request.complete) {
        log.info({ path: shownPath(request) }, 'HTTP request was given up before it was whole');
        return;
      }
      log.error({ err: error, path: shownPath(request) }, 'HTTP request failed');
      if (!response.headersSent) send(response, 500, { error: 'internal error' });
      else response.end();
    });
  });
  await listen(server, host, port);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      // What is being worked on is answered; who is still sending is not waited for.
      while (running.size > 0) await Promise.all(running);
      await new Promise(setImmediate);
      server.closeAllConnections();
      await closed;
    },
  };
}

type Begun = <T>(work: Promise<T>) => Promise<T>;

async function answer(request: IncomingMessage, response: ServerResponse, routes: Routes, begun: Begun): Promise<void> {
  const route = `${request.method} ${pathOf(request)}`;
  if (route === 'POST /slack/events' && routes.slackEvents) return routes.slackEvents(request, response);
  if (route === 'POST /pagerduty/webhook' && routes.webhook) {
    const body = await readBody(request);
    if (!body) {
      // Not read any further: the connection ends with the answer.
      response.setHeader('connection', 'close');
      return send(response, 413, { error: 'body too large' });
    }
    return send(response, await begun(routes.webhook(body, request.headers)), {});
  }
  if (route === 'GET /healthz') {
    const { ok, body } = routes.health();
    return send(response, ok ? 200 : 503, body);
  }
  const token = /^GET \/ical\/([\w-]{20,100})\.ics$/.exec(route)?.[1];
  if (token !== undefined && routes.calendar) {
    const text = await begun(routes.calendar(token));
    if (text === undefined) return send(response, 404, { error: 'no such calendar' });
    if (text === null) return send(response, 503, { error: 'not known yet' });
    const headers = { 'content-type': 'text/calendar; charset=utf-8', 'cache-control': 'private, max-age=300' };
    response.writeHead(200, headers).end(text);
    return;
  }
  if (route === 'GET /metrics') {
    const { contentType, text } = await begun(routes.metrics());
    response.writeHead(200, { 'content-type': contentType }).end(text);
    return;
  }
  send(response, 404, { error: 'no such route' });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

/** A feed's address is a secret: it stands in no log. */
function shownPath(request: IncomingMessage): string {
  return pathOf(request).replace(/^(\/ical\/).*/, '$1…');
}

/** Undefined for a body over the limit; what is left of it is thrown away unread. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  const announced = Number(request.headers['content-length'] ?? 0);
  let over = announced > BODY_LIMIT;
  // Leaving the loop must not destroy the request: the socket would go with it, and the answer too.
  if (!over) {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      over = size > BODY_LIMIT;
      if (over) break;
      chunks.push(chunk);
    }
  }
  if (!over) return Buffer.concat(chunks);
  request.resume();
  return undefined;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const what = LISTEN_FAULTS[cause.code ?? ''] ?? `cannot be opened (${cause.code}); check HOST and PORT`;
      reject(new Error(`The address ${host}:${port} ${what}`, { cause }));
    });
    server.listen(port, host, resolve);
  });
}
