/** Channel names that Slack does not show: asked for again, but neither every minute nor in every line of the log. */

import type { WebClient } from '@slack/web-api';
import { silentLog } from '../../src/ports/log.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { SlackChannels } from '../../src/slack/channels.ts';

type Listed = { id: string; name: string; is_member: boolean };

function channelsOf(list: () => readonly Listed[]) {
  const clock = new SimulatedClock(0);
  const logged: object[] = [];
  let asked = 0;
  const client = {
    conversations: {
      list: async () => {
        asked += 1;
        return { channels: list() };
      },
    },
  };
  const channels = new SlackChannels({
    client: client as unknown as WebClient,
    lookups: { load: async () => new Map(), save: async () => {} },
    clock,
    log: { ...silentLog, error: (fields) => logged.push(fields) },
  });
  const sweep = async (wanted: readonly string[], minutes: number) => {
    for (let minute = 0; minute < minutes; minute++) {
      clock.advance(60_000);
      await channels.lookUpMissing(wanted);
    }
  };
  return { channels, sweep, logged, asked: () => asked };
}

describe('a channel that Slack does not show', () => {
  it('is asked for every ten minutes, and told of once', async () => {
    const found: Listed[] = [{ id: 'C0UNINVITED', name: 'uninvited', is_member: false }];
    const { channels, sweep, logged, asked } = channelsOf(() => found);
    const wanted = ['uninvited', 'mistyped'];
    await channels.lookUp(wanted);
    await sweep(wanted, 30);
    expect(asked()).toBe(4);
    expect(logged).toEqual([{ channel: 'uninvited' }, { channel: 'mistyped' }]);
    found.push({ id: 'C0MISTYPED', name: 'mistyped', is_member: true });
    await sweep(wanted, 10);
    expect(channels.idOf('mistyped')).toBe('C0MISTYPED');
    expect(logged.slice(2)).toEqual([{ channel: 'uninvited' }]);
    await sweep(wanted, 30);
    expect(asked()).toBe(5);
  });
});
