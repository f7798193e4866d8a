/** The HTTP server: receives a request, lets faults and the rate limit meet it, answers it, and keeps a record. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Account } from './account.ts';
import { ApiError, rateLimited } from './api-error.ts';
import { takeEvent } from './events-intake.ts';
import type { Fault, Faults } from './faults.ts';
import { rateHeaders, type RateLimit } from './rate-limit.ts';
import { answerRequest, type Keys, type RawRequest } from './request-rules.ts';
import type { Answer } from './route.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  /** Every parameter with all its values. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Without the secret in `authorization`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON. */
  readonly body: unknown;
  /** Epoch milliseconds of the simulated clock at arrival. */
  readonly at: number;
  /** The status answered, undefined when the connection was broken or left hanging. */
  readonly status: number | undefined;
}

interface FrontOptions {
  readonly account: Account;
  readonly keys: Keys;
  readonly faults: Faults;
  readonly rate: RateLimit;
  readonly isDown: () => boolean;
  readonly onCall: (call: Call) => void;
}

type Outcome = { readonly answer: Answer; readonly headers?: Record<string, string> } | 'broken' | 'hanging';

function masked(headers: Readonly<Record<string, string>>): Record<string, string> {
  const { authorization, ...rest } = headers;
  if (authorization === undefined) return rest;
  return { ...rest, authorization: authorization.replace(/\S+$/, '…') };
}

function jsonOrText(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function readRequest(request: IncomingMessage): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://simulator');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = String(value);
  const body = Buffer.concat(chunks).toString('utf8');
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body };
}

export class Front {
  readonly #options: FrontOptions;
  readonly #server: Server;
  #open = 0;

  constructor(options: FrontOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on('request', (_request, response: ServerResponse) => {
      this.#open += 1;
      response.once('close', () => (this.#open -= 1));
    });
    // Nothing in a simulator may keep a process alive longer than its owner wants.
    this.#server.keepAliveTimeout = 1000;
  }

  /** Requests that are not answered yet. */
  get open(): number {
    return this.#open;
  }

  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let raw: RawRequest;
    try {
      raw = await readRequest(request);
    } catch {
      response.destroy();
      return;
    }
    const at = this.#options.account.now();
    const outcome = await this.#outcome(raw);
    const status = typeof outcome === 'string' ? undefined : outcome.answer.status;
    const query = Object.fromEntries([...new Set(raw.query.keys())].map((name) => [name, raw.query.getAll(name)]));
    const { method, path } = raw;
    if (typeof outcome !== 'string') write(response, raw, outcome.answer, outcome.headers);
    else if (outcome === 'broken') response.destroy();
    const headers = masked(raw.headers);
    this.#options.onCall({ method, path, query, headers, body: jsonOrText(raw.body), at, status });
  }

  async #outcome(raw: RawRequest): Promise<Outcome> {
    const { account, faults, isDown } = this.#options;
    if (isDown()) return plainError(503, 'Service Unavailable');
    const fault = faults.meet(raw.method, raw.path);
    if (!fault) return this.#answer(raw);
    switch (fault.kind) {
      case 'slow':
        await new Promise<void>((resolve) => account.clock.setTimer(fault.delayMs ?? 3000, resolve));
        return this.#answer(raw);
      case 'lost_answer':
        this.#answer(raw);
        return 'broken';
      case 'refuse':
        return 'broken';
      case 'hang':
        return 'hanging';
      default:
        return misfortune(fault);
    }
  }

  #answer(raw: RawRequest): Outcome {
    const { account, keys, rate } = this.#options;
    const limit = rate.take(raw.headers['authorization'] ?? '');
    const headers = { ...limit.headers };
    try {
      if (raw.path === '/v2/enqueue') return { answer: takeEvent(account, jsonOrText(raw.body)) };
      if (!limit.allowed) throw rateLimited();
      return { answer: answerRequest(account, keys, raw), headers };
    } catch (error) {
      if (error instanceof ApiError) return { answer: { status: error.status, body: error.body() }, headers };
      return plainError(500, `Simulator fault: ${String(error)}`);
    }
  }
}

const plainError = (status: number, message: string): Outcome => ({
  answer: { status, body: { error: { message, code: status === 500 ? 2000 : 2001 } } },
});

function misfortune(fault: Fault): Outcome {
  switch (fault.kind) {
    case 'rate_limited': {
      const headers = rateHeaders(960, 0, fault.resetSeconds ?? 30);
      return { answer: { status: 429, body: fault.body ?? rateLimited().body() }, headers };
    }
    case 'rate_limited_bare':
      return { answer: { status: 429 } };
    case 'not_json':
      return { answer: { status: 200, body: '<html><body>Just a moment…</body></html>' } };
    case 'http500':
      return plainError(fault.status ?? 500, 'Internal Server Error');
    default: {
      const status = fault.status ?? 400;
      const error = { error: { message: 'Invalid Input Provided', code: 2001, errors: ['A fault was laid here.'] } };
      return { answer: { status, body: fault.body ?? error } };
    }
  }
}

function write(
  response: ServerResponse,
  raw: RawRequest,
  { status, body }: Answer,
  headers: Record<string, string> = {},
): void {
  if (response.destroyed) return;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const text = Buffer.from(isText ? body : JSON.stringify(body));
  const zip = (raw.headers['accept-encoding'] ?? '').includes('gzip') && text.length > 1024;
  const encoding = zip ? { 'content-encoding': 'gzip' } : {};
  response.writeHead(status, { 'content-type': type, ...encoding, ...headers }).end(zip ? gzipSync(text) : text);
}
