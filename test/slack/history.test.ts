/** Where a history begins, and that a channel which Slack refuses to show is told of once, not every minute. */

import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError } from '@slack/web-api';
import { silentLog } from '../../src/ports/log.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { SlackHistory } from '../../src/slack/history.ts';

it('O-04 says once why a channel cannot be read, and again after it could', async () => {
  let refused: string | undefined = 'not_in_channel';
  const history = async () => {
    if (refused) throw refusal(refused);
    return { messages: [] };
  };
  const logged: object[] = [];
  const reader = new SlackHistory({
    client: { conversations: { history } } as unknown as WebClient,
    cursors: { get: async () => '1.0', set: async () => {} },
    clock: new SimulatedClock(0),
    log: { ...silentLog, error: (fields) => logged.push(fields) },
    self: () => ({ userId: 'U0TOBAN' }),
    handle: async () => {},
  });
  const sweep = async (code: string | undefined) => {
    refused = code;
    await reader.sweep(['C0ALERTS']);
  };
  for (const code of ['not_in_channel', 'not_in_channel', 'missing_scope', undefined, 'missing_scope']) {
    await sweep(code);
  }
  expect(logged).toMatchObject([
    { failure: { code: 'not_in_channel' } },
    { failure: { code: 'missing_scope' } },
    { failure: { code: 'missing_scope' } },
  ]);
});

it("A-01 marks a first start by Slack itself, whose clock is not the machine's", async () => {
  const marks = new Map<string, string>();
  const newest: Record<string, string | undefined> = { C0ALERTS: '99.000100', C0REFUSED: undefined };
  const history = async ({ channel }: { channel: string }) => {
    if (channel === 'C0REFUSED') throw refusal('not_in_channel');
    const ts = newest[channel];
    return { messages: ts ? [{ ts }] : [] };
  };
  const reader = new SlackHistory({
    client: { conversations: { history } } as unknown as WebClient,
    cursors: { get: async () => undefined, set: async (channel, ts) => void marks.set(channel, ts) },
    clock: new SimulatedClock(100_900),
    log: silentLog,
    self: () => ({ userId: 'U0TOBAN' }),
    handle: async () => {},
  });
  await reader.begin(['C0ALERTS', 'C0EMPTY', 'C0REFUSED']);
  expect([...marks]).toEqual([
    ['C0ALERTS', '99.000100'],
    ['C0EMPTY', '0'],
    ['C0REFUSED', '100.000000'],
  ]);
});

function refusal(error: string): WebAPIPlatformError {
  return new WebAPIPlatformError({ ok: false, error, response_metadata: {} });
}
