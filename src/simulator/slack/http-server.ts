/** The HTTP side of the local Slack: the Web API, response URLs and uploads, with the faults that were asked for. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Backend } from './backend.ts';
import type { Fault, Faults } from './faults.ts';
import { RateLimited, Refusal } from './refusal.ts';
import { answerResponseUrl } from './responses.ts';
import { callMethod, readArguments } from './web-api.ts';
import type { Tokens } from './web-api.ts';
import { fieldsOf, textOf } from './wire-values.ts';
import type { Fields } from './wire-values.ts';

export interface CallRecord {
  readonly method: string;
  readonly args: Fields;
  readonly at: number;
  readonly token: string;
  /** `ok`, the error code, `429`, or the fault that struck; `pending` until answered. */
  outcome: string;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface HttpServerOptions {
  readonly backend: Backend;
  readonly tokens: Tokens;
  readonly faults: Faults;
  readonly record: (call: CallRecord) => void;
}

export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #server: Server;
  #open = 0;

  constructor(options: HttpServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
    });
    this.#server.on('request', (_request, response: ServerResponse) => {
      this.#open += 1;
      response.once('close', () => (this.#open -= 1));
    });
    this.#server.on('upgrade', (request, socket, head) => options.backend.sockets.accept(request, socket, head));
  }

  /** Requests that are not answered yet. */
  get open(): number {
    return this.#open;
  }

  /** Resolves with the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const body = await bodyOf(request);
    const [, place = '', name = ''] = /^\/(api|response|upload|files)\/([^/]+)\/?$/.exec(url.pathname) ?? [];
    if (place === 'api') return this.#api(name, request, url, body, response);
    if (place === 'response') return this.#response(name, request, body, response);
    if (place === 'files') return this.#download(name, request, response);
    if (place === 'upload') return send(response, this.#upload(name, await fileIn(request, body)));
    return send(response, { status: 404, body: 'not found' });
  }

  async #api(
    method: string,
    request: IncomingMessage,
    url: URL,
    body: Buffer,
    response: ServerResponse,
  ): Promise<void> {
    const given = { ...Object.fromEntries(url.searchParams), ...parsedBody(request, body) };
    const { token: inBody, ...args } = readArguments(given);
    const token = textOf(request.headers.authorization).replace(/^Bearer /, '') || textOf(inBody);
    const { backend, tokens } = this.#options;
    await this.#answer(method, args, token, response, () => ({
      status: 200,
      body: { ok: true, ...callMethod(method, args, token, tokens, backend) },
      headers: { 'x-oauth-scopes': [...backend.manifest.scopes].join(',') },
    }));
  }

  async #response(key: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const args = parsedBody(request, body);
    await this.#answer('response_url', args, '', response, () => {
      answerResponseUrl(this.#options.backend, key, args);
      return { status: 200, body: { ok: true } };
    });
  }

  /** url_private: only for the bearer of a token that may read files. */
  #download(id: string, request: IncomingMessage, response: ServerResponse): void {
    const { backend, tokens } = this.#options;
    const content = backend.files.get(id)?.content;
    const allowed =
      request.headers.authorization === `Bearer ${tokens.botToken}` && backend.manifest.scopes.has('files:read');
    if (!content || !allowed) return send(response, { status: content ? 403 : 404, body: 'not found' });
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(content);
  }

  #upload(id: string, body: Buffer): Reply {
    const file = this.#options.backend.files.get(id);
    if (!file) return { status: 404, body: 'file not found' };
    if (body.length !== file.length) return { status: 400, body: `expected ${file.length} bytes, got ${body.length}` };
    file.content = body;
    return { status: 200, body: `OK - ${body.length}` };
  }

  /** Puts the call on record, lets a fault strike, and makes and answers the call. */
  async #answer(
    method: string,
    args: Fields,
    token: string,
    response: ServerResponse,
    make: () => Reply,
  ): Promise<void> {
    const { backend, faults, record } = this.#options;
    const call: CallRecord = { method, args, at: backend.clock.now(), token, outcome: 'pending' };
    record(call);
    const fault = faults.strike(method, args);
    const finish = (outcome: string): void => {
      call.outcome = outcome;
      backend.feed.emit({ kind: 'call', call });
    };
    if (fault?.kind === 'hang') return finish('hang');
    if (fault?.kind === 'refuse') {
      finish('refuse');
      response.destroy();
      return;
    }
    if (fault?.kind === 'slow') {
      await new Promise<void>((resolve) => {
        backend.clock.setTimer(fault.delayMs ?? 1000, resolve);
      });
    }
    const reply = (fault && faultReply(fault)) ?? attempt(make, method);
    if (fault?.kind === 'lost_answer') {
      finish('lost_answer');
      response.destroy();
      return;
    }
    finish(outcomeOf(reply));
    // Slack's own time, which is that of the simulated clock.
    const date = new Date(backend.clock.now()).toUTCString();
    send(response, { ...reply, headers: { date, ...reply.headers } });
  }
}

function faultReply(fault: Fault): Reply | undefined {
  switch (fault.kind) {
    case 'error':
      return { status: 200, body: { ok: false, error: fault.error ?? 'internal_error' } };
    case 'http500':
      return { status: 500, body: 'Internal Server Error' };
    case 'rate_limited':
      return limited(fault.retryAfter ?? 1);
    default:
      return undefined;
  }
}

function attempt(make: () => Reply, method: string): Reply {
  try {
    return make();
  } catch (error) {
    if (error instanceof RateLimited) return limited(error.retryAfter);
    if (!(error instanceof Refusal)) throw error;
    return { status: method === 'response_url' ? 404 : 200, body: { ok: false, error: error.code, ...error.extra } };
  }
}

function limited(retryAfter: number): Reply {
  return { status: 429, body: { ok: false, error: 'ratelimited' }, headers: { 'retry-after': String(retryAfter) } };
}

function outcomeOf(reply: Reply): string {
  if (reply.status === 429 || reply.status === 500) return reply.status === 500 ? 'http500' : '429';
  const body = fieldsOf(reply.body);
  return body['ok'] === true ? 'ok' : textOf(body['error']);
}

function send(response: ServerResponse, reply: Reply): void {
  const json = typeof reply.body !== 'string';
  response.writeHead(reply.status, {
    'content-type': json ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
    ...reply.headers,
  });
  response.end(json ? JSON.stringify(reply.body) : reply.body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Uploads come raw, or, from the SDK, as the one file of a form. */
async function fileIn(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : body;
}

function parsedBody(request: IncomingMessage, body: Buffer): Fields {
  const type = request.headers['content-type'] ?? '';
  const text = body.toString();
  if (!type.includes('json')) return Object.fromEntries(new URLSearchParams(text));
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return {};
  }
}
