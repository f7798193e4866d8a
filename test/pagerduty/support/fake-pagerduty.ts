/** A node:http server that answers each request as the test says, and remembers what it was asked. */

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it stands, instead of `body`. */
  readonly raw?: string;
  /** Leaves the request without an answer, breaks the connection at once, or breaks it inside the body. */
  readonly fault?: 'hang' | 'break' | 'break-in-body';
}

export interface FakePagerDuty {
  readonly url: string;
  readonly asked: readonly Asked[];
  stop(): Promise<void>;
}

export async function startFake(answer: (asked: Asked, count: number) => Reply): Promise<FakePagerDuty> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://fake');
      const text = Buffer.concat(chunks).toString('utf8');
      const now: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : (JSON.parse(text) as unknown),
      };
      asked.push(now);
      send(response, answer(now, asked.length));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, { status = 200, headers, body, raw, fault }: Reply): void {
  if (fault === 'hang') return;
  if (fault === 'break') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (fault === 'break-in-body') {
    response.write('{"incident":', () => response.socket?.destroy());
    return;
  }
  response.end(raw ?? (status === 204 ? undefined : JSON.stringify(body ?? {})));
}
