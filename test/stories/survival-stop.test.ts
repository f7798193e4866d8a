/** A stop in order, and a start that is refused: what the process itself says and leaves. */

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocketServer } from 'ws';
import { runToEnd, Scene } from '../support/child.ts';
import { CHANNELS, cloudwatch } from '../support/story.ts';

jest.setTimeout(100_000);
const SOON = { timeoutMs: 40_000 };
const WITHIN_MS = 10_000;

function story(name: string, tell: (scene: Scene) => Promise<void>): void {
  it.concurrent(name, async () => {
    const scene = await new Scene().begin();
    try {
      await tell(scene);
      for (const secret of [scene.slack.botToken, scene.slack.appToken, scene.pagerduty.token]) {
        expect(scene.output).not.toContain(secret);
      }
    } finally {
      await scene.end();
    }
  });
}

/** A Slack whose socket says hello and then nothing more: it never answers a close. */
async function deafSlack({ slack }: Scene): Promise<{ apiUrl: string; close: () => void }> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = await fetch(new URL(request.url?.replace('/api/', '') ?? '', slack.apiUrl), {
        method: 'POST',
        headers: {
          authorization: request.headers.authorization ?? '',
          'content-type': request.headers['content-type'] ?? '',
        },
        body: Buffer.concat(chunks),
      });
      const body = (await answer.json()) as Record<string, unknown>;
      const url = body['url'] === undefined ? {} : { url: `ws://127.0.0.1:${portOf()}/` };
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ...body, ...url }));
    })();
  });
  const portOf = () => (server.address() as AddressInfo).port;
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', () => {});
      opened.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
      socket.pause();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    apiUrl: `http://127.0.0.1:${portOf()}/api/`,
    close: () => {
      for (const client of sockets.clients) client.terminate();
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('a bot that is told to stop', () => {
  story('ends with 0 within ten seconds', async (scene) => {
    const bot = await scene.start();
    const { code, afterMs } = await bot.terminate();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(WITHIN_MS);
    expect(bot.output).toContain('Toban stopped');
    expect(scene.slack.sockets).toBe(0);
  });

  story('ends with 0 within ten seconds while it still starts', async (scene) => {
    scene.slack.refuseSockets(true);
    const bot = scene.launch();
    await bot.said('Slack could not be reached');
    const { code, afterMs } = await bot.terminate('SIGINT');
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(WITHIN_MS);
  });

  story(
    'O-04 ends with 0 within ten seconds though Slack never answers a call; the alert is not lost',
    async (scene) => {
      const { slack } = scene;
      const bot = await scene.start();
      slack.faults.add({ method: 'chat.postMessage', kind: 'hang', times: 1 });
      const ts = slack.postAsApp(CHANNELS.alerts, cloudwatch('hanging'));
      await slack.until(() => slack.calls.some(({ outcome }) => outcome === 'hang'), 'the call that hangs', SOON);
      const { code, afterMs } = await bot.terminate();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(WITHIN_MS);
      await scene.start();
      const mentions = () => slack.thread(CHANNELS.alerts, ts).flatMap(({ firstMentions }) => firstMentions);
      await slack.until(() => mentions().length > 0, 'the mention', SOON);
      expect(mentions()).toHaveLength(1);
    },
  );

  story('ends with 0 within ten seconds though Slack answers nothing at all', async (scene) => {
    const { slack } = scene;
    const bot = await scene.start();
    slack.faults.add({ method: '*', kind: 'hang', times: 999 });
    scene.pagerduty.faults.add({ path: /.*/, kind: 'hang' });
    slack.postAsApp(CHANNELS.alerts, cloudwatch('hanging'));
    await slack.until(() => slack.calls.some(({ outcome }) => outcome === 'hang'), 'the call that hangs', SOON);
    const { code, afterMs } = await bot.terminate();
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(WITHIN_MS);
  });

  story('ends with 0 within ten seconds though the other end of the line never answers the close', async (scene) => {
    const deaf = await deafSlack(scene);
    try {
      const bot = scene.launch({ SLACK_API_URL: deaf.apiUrl });
      await bot.ready;
      const { code, afterMs } = await bot.terminate();
      expect(code).toBe(0);
      expect(afterMs).toBeLessThan(WITHIN_MS);
      expect(bot.output).toContain('Toban stopped');
    } finally {
      deaf.close();
    }
  });
});

describe('a start from the command line', () => {
  let dir: string;
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'toban-start-'));
    writeFileSync(join(dir, 'toban.yml'), 'locale: ja\nteams: { sre: { schedule: PSCHED1 } }\nnonsense: 1\n');
    writeFileSync(join(dir, 'valid.yml'), 'teams: { sre: { name: SRE, schedule: PSCHED1 } }\n');
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('O-01 names every fault of a half-set configuration at once, and ends with 1', async () => {
    const secret = 'xoxp-1-the-wrong-kind-of-token';
    const { code, stdout, stderr } = await runToEnd({ SLACK_BOT_TOKEN: secret, PORT: 'many' }, dir);
    expect(code).toBe(1);
    for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PAGERDUTY_TOKEN', 'PORT', 'nonsense']) {
      expect(stderr).toContain(name);
    }
    expect(stdout + stderr).not.toContain(secret);
  });

  it('O-01 ends with 1 where nothing is set, and never plays the demo by itself', async () => {
    const { code, stdout, stderr } = await runToEnd({}, dir);
    expect(code).toBe(1);
    expect(stderr).toContain('SLACK_BOT_TOKEN: is missing');
    expect(stderr).toContain('npm run demo');
    expect(stdout).toBe('');
  });

  it('O-01 checks a configuration without starting', async () => {
    const environment = {
      SLACK_BOT_TOKEN: 'xoxb-1-abc',
      SLACK_APP_TOKEN: 'xapp-1-abc',
      PAGERDUTY_TOKEN: 'abcdef123456',
      TOBAN_CONFIG: 'valid.yml',
    };
    const { code, stdout, stderr } = await runToEnd(environment, dir, ['--check']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'The configuration is valid.\n', stderr: '' });
  });
});
