/** The page's server: what it tells, what it takes, and whom it serves. */

import { request } from 'node:http';
import { CAST, CHANNELS, PAGER } from '../../../src/simulator/cast.ts';
import { startPage } from '../../../src/simulator/page/page-server.ts';
import type { PageServer } from '../../../src/simulator/page/page-server.ts';
import type { Locale, Stage } from '../../../src/simulator/page/stage.ts';
import { bareStage, call, closeStage } from './bare-stage.ts';

type Change = readonly [string, ...unknown[]];

const { tanaka, guest } = CAST;
const stages: Stage[] = [];

async function newStage(locale: Locale = 'ja'): Promise<Stage> {
  const stage = await bareStage(locale);
  stages.push(stage);
  return stage;
}

/** A visitor's page: everything that the server told it. */
class Visitor {
  readonly heard: Change[] = [];
  readonly #stop = new AbortController();
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async come(): Promise<this> {
    const response = await fetch(`${this.#url}events`, { signal: this.#stop.signal });
    void this.#listen(response).catch(() => {});
    await this.hear('all');
    return this;
  }

  async #listen(response: Response): Promise<void> {
    let rest = '';
    for await (const chunk of response.body ?? []) {
      rest += Buffer.from(chunk).toString();
      const parts = rest.split('\n\n');
      rest = parts.pop() ?? '';
      for (const part of parts) this.heard.push(...(JSON.parse(part.replace(/^data: /, '')) as Change[]));
    }
  }

  async hear(what: string, like: object = {}): Promise<Change> {
    const deadline = performance.now() + 10_000;
    for (;;) {
      const found = this.heard.findLast(([name]) => name === what);
      if (found && matches(found[1], like)) return found;
      if (performance.now() > deadline) throw new Error(`Heard no ${what} like ${JSON.stringify(like)}`);
      await new Promise((resolve) => void setTimeout(resolve, 5));
    }
  }

  async act(name: string, given: object = {}): Promise<{ ok: boolean; error?: string; result?: unknown }> {
    const response = await fetch(`${this.#url}act`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ do: name, user: tanaka.slackId, ...given }),
    });
    return (await response.json()) as { ok: boolean };
  }

  leave(): void {
    this.#stop.abort();
  }
}

function matches(value: unknown, like: object): boolean {
  try {
    expect(value).toMatchObject(like);
    return true;
  } catch {
    return false;
  }
}

describe('the page’s server', () => {
  let stage: Stage;
  let page: PageServer;
  let visitor: Visitor;

  beforeAll(async () => {
    stage = await newStage();
    page = await startPage({ stage, port: 0, restart: async (locale) => (stage = await newStage(locale)) });
    visitor = await new Visitor(page.url).come();
  });

  afterAll(async () => {
    visitor.leave();
    await page.close();
    for (const one of stages) await closeStage(one);
  });

  it('tells everything at first, and then each change', async () => {
    expect(visitor.heard[0]?.[1]).toMatchObject({ locale: 'ja', bot: { id: 'U0TOBAN' }, pager: { incidents: [] } });
    await visitor.act('say', { channel: CHANNELS.random, text: 'ただいま <b>' });
    const [, message] = await visitor.hear('message', { text: 'ただいま &lt;b&gt;', user: tanaka.slackId });
    const { ts } = message as { ts: string };
    const place = { channel: CHANNELS.random, ts };
    await visitor.act('react', { ...place, name: 'eyes' });
    await visitor.hear('message', { reactions: [{ name: 'eyes', users: [tanaka.slackId] }] });
    await visitor.act('react', { ...place, name: 'eyes' });
    await visitor.hear('message', { reactions: [] });
    await visitor.act('pin', place);
    await visitor.hear('channel', { id: CHANNELS.random, pins: [ts] });
    await visitor.act('leave', { channel: CHANNELS.random, user: guest.slackId });
    await visitor.act('join', { channel: CHANNELS.random, user: guest.slackId });
    await visitor.hear('message', { subtype: 'channel_join', user: guest.slackId });
    const direct = await visitor.act('openDirect');
    await visitor.hear('channel', { id: (direct.result as { channel: string }).channel, kind: 'im' });
  });

  it('tells what the app makes: rooms, bookmarks, canvases, files', async () => {
    const { slack } = stage.worlds;
    const { channel } = await call(slack, 'conversations.create', { name: 'inc-20261124-0001' });
    const id = (channel as { id: string }).id;
    await call(slack, 'conversations.setTopic', { channel: id, topic: 'SEV1' });
    await call(slack, 'bookmarks.add', {
      channel_id: id,
      title: 'PagerDuty',
      type: 'link',
      link: 'https://pd.example/1',
    });
    const document = { type: 'markdown', markdown: '# 経過' };
    await call(slack, 'conversations.canvases.create', { channel_id: id, title: '記録', document_content: document });
    const shown = { id, topic: 'SEV1', bookmarks: [{ title: 'PagerDuty' }], canvas: expect.any(String) };
    await visitor.hear('channel', shown);
    await visitor.hear('canvases', [{ title: '記録', markdown: '# 経過' }]);
    const upload = await call(slack, 'files.getUploadURLExternal', { filename: '当番.ics', length: 3 });
    await fetch(String(upload['upload_url']), { method: 'POST', body: 'abc' });
    await call(slack, 'files.completeUploadExternal', { files: [{ id: upload['file_id'] }], channel_id: id });
    await visitor.hear('message', { files: [{ name: '当番.ics' }] });
    const file = await fetch(`${page.url}files/${String(upload['file_id'])}`);
    expect(await file.text()).toBe('abc');
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent('当番.ics'));
  });

  it('lets the visitor be the stage hand', async () => {
    const { pagerduty } = stage.worlds;
    const { result } = await visitor.act('fire', { scene: 0 });
    const { id } = result as { id: string };
    const incident = stage.fired[0]?.fired.incident ?? '';
    await visitor.act('pagerAcknowledge', { incident, pagerId: tanaka.pagerId });
    await visitor.hear('pager', { incidents: [{ status: 'acknowledged', acknowledgers: [tanaka.pagerId] }] });
    await visitor.act('pagerEscalate', { incident, level: 2 });
    await visitor.act('recover', { id });
    await visitor.hear('pager', { incidents: [{ status: 'resolved' }] });
    await visitor.hear('stage', { fired: [{ id, over: true }] });
    await visitor.act('down', { what: 'pagerduty', on: true });
    const oncalls = await fetch(`${pagerduty.apiUrl}/oncalls`, { headers: { authorization: 'Token token=x' } });
    expect(oncalls.status).toBe(503);
    await visitor.act('down', { what: 'pagerduty', on: false });
    await visitor.act('down', { what: 'slack', on: true });
    await expect(fetch(`${stage.worlds.slack.apiUrl}auth.test`, { method: 'POST' })).rejects.toThrow('fetch failed');
    await visitor.act('down', { what: 'slack', on: false });
    expect((await fetch(`${stage.worlds.slack.apiUrl}auth.test`, { method: 'POST' })).status).toBe(200);
    const before = stage.worlds.clock.now();
    await visitor.act('moveClock', { milliseconds: 10 * 60_000 });
    await visitor.hear('stage', { moving: false, slackDown: false });
    expect(stage.worlds.clock.now() - before).toBe(10 * 60_000);
    expect(pagerduty.onCallNow(PAGER.policy, 1)).toEqual([tanaka.pagerId]);
  });

  it('says what cannot be done, and goes on', async () => {
    expect(await visitor.act('fly')).toMatchObject({ ok: false, error: 'There is no act fly' });
    expect(await visitor.act('constructor')).toMatchObject({ ok: false });
    expect(await visitor.act('fire', { scene: 99 })).toMatchObject({ ok: false });
    expect(await visitor.act('say', { channel: 'C0NONE', text: 'x' })).toMatchObject({ ok: false });
    const told = await visitor.act('say', { channel: CHANNELS.random, text: '/oncall' });
    expect(told).toMatchObject({ ok: true, result: { acked: false, error: 'dispatch_failed' } });
  });

  it('serves its own files and no others', async () => {
    const get = (path: string) => fetch(page.url + path);
    const index = await get('');
    expect(index.headers.get('content-security-policy')).toContain("default-src 'self'");
    for (const path of ['main.js', 'page.css', 'icon.svg', 'lit-html/lit-html.js', 'lit-html/directives/repeat.js'])
      expect((await get(path)).status).toBe(200);
    const etag = index.headers.get('etag') ?? '';
    expect((await fetch(page.url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    for (const path of ['stage.ts', '%2e%2e/stage.ts', 'lit-html/package.json', 'files/F0NONE', 'act'])
      expect((await get(path)).status).toBe(404);
  });

  it('serves this machine’s own pages alone: neither another name nor another origin', async () => {
    const { port } = new URL(page.url);
    const status = (headers: Record<string, string>) =>
      new Promise<number>((resolve, reject) => {
        const asking = request({ port, host: '127.0.0.1', method: 'POST', path: '/act', headers }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        });
        asking.on('error', reject).end('{}');
      });
    const json = { 'content-type': 'application/json' };
    expect(await status({ ...json, host: `localhost:${port}`, origin: `http://localhost:${port}` })).toBe(200);
    expect(await status({ ...json, host: 'rebound.example' })).toBe(403);
    expect(await status({ ...json, host: `127.0.0.1:${port}`, origin: 'https://elsewhere.example' })).toBe(403);
  });

  it('sets the stage anew in the other language, for every open page', async () => {
    await visitor.act('restart', { locale: 'en' });
    const [, all] = await visitor.hear('all', { locale: 'en', messages: [], stage: { fired: [] } });
    const { users } = all as { users: { realName: string }[] };
    expect(users.map(({ realName }) => realName)).toContain('Ken Tanaka');
  });

  it('takes another port where its own is taken', async () => {
    const taken = Number(new URL(page.url).port);
    const second = await startPage({ stage, port: taken, restart: async () => stage });
    expect(new URL(second.url).port).not.toBe(String(taken));
    await second.close();
  });
});
