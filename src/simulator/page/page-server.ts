/** Serves the page and what happens in the worlds, and takes what its visitors do; for this machine only. */

import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { textOf, fieldsOf } from '../slack/wire-values.ts';
import type { Fields } from '../slack/wire-values.ts';
import { ACTS } from './acts.ts';
import { LiveFeed } from './live-feed.ts';
import type { Change } from './live-feed.ts';
import { pageFile } from './page-files.ts';
import { wholeState } from './page-state.ts';
import type { Locale, Stage } from './stage.ts';

export interface PageOptions {
  readonly stage: Stage;
  readonly port: number;
  /** Clears the stage and sets it up anew in that language. */
  readonly restart: (locale: Locale) => Promise<Stage>;
}

const HEADERS = {
  'content-security-policy':
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};
const MOST_BYTES = 200_000;

export async function startPage(options: PageOptions): Promise<PageServer> {
  const page = new PageServer(options);
  await page.listen(options.port);
  return page;
}

export class PageServer {
  readonly #options: PageOptions;
  readonly #server: Server;
  readonly #open = new Set<ServerResponse>();
  #stage: Stage;
  #feed: LiveFeed;
  #port = 0;

  /** Use startPage, which also listens. */
  constructor(options: PageOptions) {
    this.#options = options;
    this.#stage = options.stage;
    this.#feed = this.#follow(options.stage);
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch(() => response.destroy());
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`;
  }

  /** A taken port gives way to a free one. */
  async listen(port: number): Promise<void> {
    const begin = (wanted: number) =>
      new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen(wanted, '127.0.0.1', () => {
          this.#server.off('error', reject);
          resolve();
        });
      });
    await begin(port).catch((error: unknown) => {
      if (fieldsOf(error)['code'] !== 'EADDRINUSE' || port === 0) throw error;
      return begin(0);
    });
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : port;
  }

  async close(): Promise<void> {
    this.#feed.stop();
    for (const response of this.#open) response.end();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #follow(stage: Stage): LiveFeed {
    return new LiveFeed(stage, (changes) => this.#tell(changes));
  }

  #tell(changes: readonly Change[]): void {
    const line = `data: ${JSON.stringify(changes)}\n\n`;
    for (const response of this.#open) response.write(line);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (!this.#fromHere(request)) return void response.writeHead(403, HEADERS).end();
    if (request.method === 'POST' && pathname === '/act') return this.#act(request, response);
    if (request.method !== 'GET') return void response.writeHead(405, HEADERS).end();
    if (pathname === '/events') return this.#events(response);
    if (pathname === '/empty')
      return void response.writeHead(200, { ...HEADERS, 'content-type': 'text/html' }).end('<!doctype html>');
    if (pathname.startsWith('/files/')) return this.#file(pathname.slice('/files/'.length), response);
    const file = pageFile(pathname);
    if (!file) return void response.writeHead(404, HEADERS).end();
    const fixed = { ...HEADERS, 'content-type': file.type, etag: file.etag, 'cache-control': 'no-cache' };
    if (request.headers['if-none-match'] === file.etag) return void response.writeHead(304, fixed).end();
    const zip = textOf(request.headers['accept-encoding']).includes('gzip');
    response.writeHead(200, { ...fixed, ...(zip ? { 'content-encoding': 'gzip' } : {}) });
    response.end(zip ? file.zipped : file.plain);
  }

  /** Other pages in the visitor's browser must not act here: neither by a name that leads here nor by a form. */
  #fromHere(request: IncomingMessage): boolean {
    const { host = '', origin } = request.headers;
    const known = [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
    return known.includes(host) && (origin === undefined || origin === `http://${host}`);
  }

  #events(response: ServerResponse): void {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(`data: ${JSON.stringify([['all', wholeState(this.#stage)]])}\n\n`);
    this.#open.add(response);
    response.on('close', () => this.#open.delete(response));
  }

  #file(id: string, response: ServerResponse): void {
    const file = this.#stage.worlds.slack.file(id);
    if (!file?.content) return void response.writeHead(404, HEADERS).end();
    const name = encodeURIComponent(file.name);
    response.writeHead(200, {
      ...HEADERS,
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    });
    response.end(file.content);
  }

  async #act(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = await bodyOf(request);
    const answer = await this.#answer(given);
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  }

  async #answer(given: Fields): Promise<Fields> {
    const name = textOf(given['do']);
    try {
      if (name === 'restart') {
        await this.#restart(given['locale'] === 'en' ? 'en' : 'ja');
        return { ok: true };
      }
      const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
      if (!act) return { ok: false, error: `There is no act ${name}` };
      return { ok: true, result: (await act(given, this.#stage)) ?? null };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  }

  async #restart(locale: Locale): Promise<void> {
    this.#feed.stop();
    this.#stage = await this.#options.restart(locale);
    this.#feed = this.#follow(this.#stage);
    this.#tell([['all', wholeState(this.#stage)]]);
  }
}

async function bodyOf(request: IncomingMessage): Promise<Fields> {
  if (!textOf(request.headers['content-type']).startsWith('application/json')) return {};
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) return {};
    chunks.push(chunk as Buffer);
  }
  try {
    return fieldsOf(JSON.parse(Buffer.concat(chunks).toString()));
  } catch {
    return {};
  }
}
