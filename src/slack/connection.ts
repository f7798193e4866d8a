/** The line to Slack: Socket Mode that reconnects at once, or signed HTTP events on the bot's own server. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger, Receiver } from '@slack/bolt';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { SelfIdentity } from './self-identity.ts';
import { wait } from '../ports/clock.ts';
import { failureOf } from './web.ts';

export type SlackMode =
  { readonly kind: 'socket'; readonly appToken: string } | { readonly kind: 'http'; readonly signingSecret: string };

export interface ConnectionDeps {
  readonly mode: SlackMode;
  readonly botToken: string;
  readonly clientOptions: ReturnType<typeof import('./web.ts').webClientOptions>;
  readonly self: SelfIdentity;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly log: Log;
  /** Told each time the line stands, the first time too. */
  readonly onConnected: () => void;
  readonly onDisconnected: () => void;
}

export interface Connection {
  readonly app: App;
  /** For `POST /slack/events`; only in HTTP mode. */
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Resolves when the line stands. Rejects where Slack refuses the app token. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createConnection(deps: ConnectionDeps): Promise<Connection> {
  const common = {
    token: deps.botToken,
    botId: deps.self.botId ?? '',
    botUserId: deps.self.userId,
    // The token was verified before: a wrong one would otherwise end the process (PLATFORMS C4.4).
    tokenVerificationEnabled: false,
    deferInitialization: true,
    convoStore: false as const,
    clientOptions: deps.clientOptions,
    logger: deps.logger,
  };
  if (deps.mode.kind === 'http') {
    const receiver = new HTTPReceiver({ signingSecret: deps.mode.signingSecret, logger: deps.logger });
    const app = await build(common, receiver);
    return {
      app,
      requestListener: receiver.requestListener,
      start: async () => deps.onConnected(),
      stop: async () => deps.onDisconnected(),
    };
  }
  const receiver = new SocketModeReceiver({
    appToken: deps.mode.appToken,
    logger: deps.logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: deps.clientOptions },
  });
  const app = await build(common, receiver);
  return { app, ...socketLine(receiver, deps) };
}

async function build(options: ConstructorParameters<typeof App>[0], receiver: Receiver): Promise<App> {
  const app = new App({ ...options, receiver });
  await app.init();
  return app;
}

/** The client's own reconnect waits 5 s without a socket and may end the process (PLATFORMS C4.5), so it is off. */
function socketLine(receiver: SocketModeReceiver, deps: ConnectionDeps): Pick<Connection, 'start' | 'stop'> {
  const { clock, log } = deps;
  const { client } = receiver;
  let stopping = false;
  let standing = false;

  const connect = async (): Promise<void> => {
    let cancel = () => {};
    let givenUp = false;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.setTimer(15_000, () => {
        givenUp = true;
        reject(new Error('Slack did not say hello within 15 s'));
      });
    });
    try {
      await Promise.race([client.start(), late]);
    } catch (error) {
      // A line that comes up after we gave up on it would take events beside the next one.
      if (givenUp) client.disconnect().catch(() => {});
      throw error;
    } finally {
      cancel();
    }
    if (stopping) return client.disconnect();
    standing = true;
    deps.onConnected();
  };

  const reconnect = async (): Promise<void> => {
    for (let attempt = 0; !stopping; attempt++) {
      if (attempt > 0) await wait(clock, Math.min(30_000, 500 * 2 ** attempt));
      if (stopping) return;
      try {
        return await connect();
      } catch (error) {
        log.warn({ failure: failureOf(error), attempt }, 'Slack could not be reached again yet');
      }
    }
  };

  client.on('disconnected', () => {
    if (!standing) return;
    standing = false;
    deps.onDisconnected();
    if (stopping) return;
    log.warn({}, 'connection to Slack was lost');
    void reconnect();
  });

  return {
    start: async () => {
      try {
        await connect();
      } catch (error) {
        const failure = failureOf(error);
        if (failure.kind === 'unauthorized' || failure.kind === 'refused') {
          const why = `Slack refused SLACK_APP_TOKEN (${failure.code}); make an app-level token with connections:write.`;
          throw new Error(why, { cause: error });
        }
        log.warn({ failure }, 'Slack could not be reached yet');
        await reconnect();
      }
    },
    stop: async () => {
      stopping = true;
      if (standing) await client.disconnect();
    },
  };
}
