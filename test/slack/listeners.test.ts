/** What a person hears when the handler of a modal fails. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { ConsoleLogger } from '@slack/logger';
import { silentLog } from '../../src/ports/log.ts';
import { SimulatedClock } from '../../src/simulator/clock.ts';
import { startSlack } from '../../src/simulator/slack/slack-world.ts';
import { SlackListeners } from '../../src/slack/listeners.ts';
import { createWebClient } from '../../src/slack/web.ts';

it('a person whose modal fails gets a direct message with the reference', async () => {
  const manifest = readFileSync(join(__dirname, '../../manifest.yml'), 'utf8');
  const slack = await startSlack({ clock: new SimulatedClock(0), manifest });
  try {
    slack.addUser({ id: 'U0TARO', name: 'taro', realName: 'Taro' });
    const logged: object[] = [];
    const listeners = new SlackListeners({
      log: { ...silentLog, error: (fields) => logged.push(fields) },
      locale: 'en',
    });
    listeners.onSubmit('report', async () => {
      throw new Error('out of order');
    });
    let submit: (args: object) => Promise<void> = async () => {};
    const nothing = () => {};
    const view = (_pattern: RegExp, listener: typeof submit) => (submit = listener);
    const app = { event: nothing, command: nothing, action: nothing, shortcut: nothing, error: nothing, view };
    listeners.attach(app as unknown as App, () => ({ userId: 'U0TOBAN' }));
    await submit({
      ack: async () => {},
      body: { user: { id: 'U0TARO' } },
      client: createWebClient({
        token: slack.botToken,
        apiUrl: slack.apiUrl,
        logger: new ConsoleLogger(),
        timeoutMs: 1_000,
      }),
      view: { id: 'V1', callback_id: 'report', private_metadata: '', state: { values: {} } },
    });
    const direct = slack.channels.find(({ kind, members }) => kind === 'im' && members.has('U0TARO'));
    const [message, ...more] = slack.messages(direct?.id ?? '');
    expect(more).toEqual([]);
    const { reference } = logged[0] as { reference: string };
    expect(message?.text).toBe(
      `That did not work. Wait a moment and try again; if it keeps failing, give your admin the reference ${reference}.`,
    );
    expect(message?.blocks).toBeUndefined();
  } finally {
    await slack.close();
  }
});
