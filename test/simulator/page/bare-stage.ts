/** A stage on which no bot plays: the tests post and listen in its place. */

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { furnish } from '../../../src/simulator/cast.ts';
import { SimulatedClock } from '../../../src/simulator/clock.ts';
import { Stage } from '../../../src/simulator/page/stage.ts';
import type { Locale } from '../../../src/simulator/page/stage.ts';
import { startPagerDuty } from '../../../src/simulator/pagerduty/pagerduty-world.ts';
import { startSlack } from '../../../src/simulator/slack/slack-world.ts';
import type { SlackWorld } from '../../../src/simulator/slack/slack-world.ts';
import { MANIFEST } from '../slack-workspace.ts';

type Json = Readonly<Record<string, unknown>>;

export async function bareStage(locale: Locale = 'ja'): Promise<Stage> {
  const clock = new SimulatedClock(Date.parse('2026-11-24T02:10:00+09:00'));
  const slack = await startSlack({ clock, manifest: MANIFEST, messagesPerSecond: 1000 });
  const pagerduty = await startPagerDuty({ clock });
  furnish({ clock, slack, pagerduty }, locale);
  return new Stage({ locale, clock, slack, pagerduty });
}

export async function closeStage({ worlds }: Stage): Promise<void> {
  await worlds.slack.close();
  await worlds.pagerduty.close();
}

/** Calls the Web API as the app; throws where it is refused. */
export async function call(slack: SlackWorld, method: string, args: Json): Promise<Json> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify(args),
  });
  const answer = (await response.json()) as Json;
  if (answer['ok'] !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer;
}

export interface ListeningApp {
  readonly heard: readonly Json[];
  readonly close: () => Promise<void>;
}

/** An app in HTTP mode that acknowledges every interaction and hands it on. */
export async function listenAsApp(slack: SlackWorld, on: (payload: Json) => void): Promise<ListeningApp> {
  const heard: Json[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const payload = JSON.parse(form.get('payload') ?? '{}') as Json;
      heard.push(payload);
      on(payload);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  slack.deliverTo(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`);
  return {
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
