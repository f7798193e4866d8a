/** Everything of Slack in one piece: who we are, the line, the way out, the people, the channels, the history. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from '@slack/bolt';
import type { Locale } from '../domain/locale.ts';
import type { Chat, ChatListeners } from '../ports/chat.ts';
import type { Documents } from '../ports/documents.ts';
import type { DutySigns } from '../ports/duty-signs.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { OutboxStore } from '../ports/outbox-store.ts';
import type { Pager } from '../ports/pager.ts';
import type { Rooms } from '../ports/rooms.ts';
import type { CursorStore, LookupStore } from '../ports/stores.ts';
import { SlackChannels } from './channels.ts';
import { createChat } from './chat.ts';
import { createConnection } from './connection.ts';
import type { SlackMode } from './connection.ts';
import { createDocuments } from './documents.ts';
import { createDutySigns } from './duty-signs.ts';
import { createDirectLine } from './direct-line.ts';
import { SlackDirectory } from './directory.ts';
import { SlackHistory } from './history.ts';
import type { FoundPost } from './history.ts';
import { SlackListeners } from './listeners.ts';
import { SlackOutbox } from './outbox.ts';
import { ownerName } from './process-owner.ts';
import { createRooms } from './rooms.ts';
import type { SelfIdentity } from './self-identity.ts';
import { wait } from '../ports/clock.ts';
import { createWebClient, failureOf, webClientOptions } from './web.ts';

export interface WorkspaceDeps {
  readonly config: {
    readonly slack: { readonly botToken: string; readonly apiUrl: string; readonly mode: SlackMode };
    readonly people: Readonly<Record<string, string>>;
    readonly locale: Locale;
  };
  readonly clock: Clock;
  readonly log: Log;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly pager: Pager;
  readonly lookups: LookupStore;
  readonly outboxStore: OutboxStore;
  readonly cursors: CursorStore;
  /** The channels whose history is read, as the configuration names them. */
  readonly watched: readonly string[];
  /** Channels that are posted to, and only need to be found. */
  readonly named: readonly string[];
  readonly timeoutMs: number;
  readonly onHistory: (posts: readonly FoundPost[]) => Promise<void>;
  readonly onSent: (key: string, channel: string, ts: string) => void;
}

export interface Workspace {
  readonly listeners: ChatListeners;
  readonly chat: Chat;
  readonly rooms: Rooms;
  readonly outbox: SlackOutbox;
  /** Tells a person directly, past the outbox. */
  readonly tell: ReturnType<typeof createDirectLine>;
  readonly documents: Documents;
  readonly dutySigns: DutySigns;
  readonly directory: SlackDirectory;
  readonly channels: SlackChannels;
  readonly requestListener?: (request: IncomingMessage, response: ServerResponse) => void;
  connected(): boolean;
  /** Resolves when the names of all channels have been looked up, or are known from before. */
  channelsKnown(): Promise<void>;
  /** Opens the line and begins to deliver. */
  start(): Promise<void>;
  /** Reads the watched channels' history, and takes up what the outbox still holds. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/** Rejects where Slack refuses the bot token; waits for a Slack that cannot be reached. */
export async function connectSlack(deps: WorkspaceDeps): Promise<Workspace> {
  const { clock, log, lookups, metrics, config } = deps;
  const options = { apiUrl: config.slack.apiUrl, logger: deps.logger, timeoutMs: deps.timeoutMs };
  const client = createWebClient({ ...options, token: config.slack.botToken });
  const listeners = new SlackListeners({ log, locale: config.locale });
  const channels = new SlackChannels({ client, lookups, clock, log });
  await channels.load();
  const self = await whoAmI(() => client.auth.test(), clock, log);
  const outbox = new SlackOutbox({
    client,
    self,
    store: deps.outboxStore,
    clock,
    log,
    metrics,
    owner: ownerName(),
    onSent: deps.onSent,
  });
  const directory = new SlackDirectory({ client, pager: deps.pager, lookups, clock, log, self, people: config.people });
  const history = new SlackHistory({
    client,
    cursors: deps.cursors,
    clock,
    log,
    self: () => self,
    handle: deps.onHistory,
  });
  const wanted = [...new Set([...deps.watched, ...deps.named])];
  const refreshed = channels.lookUp(wanted);
  const channelsKnown = async () => {
    if (wanted.some((channel) => !channels.idOf(channel))) await refreshed;
  };
  const watchedIds = () => [...new Set(deps.watched.flatMap((channel) => channels.idOf(channel) ?? []))];
  const sweep = async () => {
    await channelsKnown();
    await channels.lookUpMissing(wanted);
    await history.sweep(watchedIds());
    await outbox.start();
  };

  let connected = false;
  const connection = await createConnection({
    mode: config.slack.mode,
    botToken: config.slack.botToken,
    clientOptions: webClientOptions(options),
    self,
    logger: deps.logger,
    clock,
    log,
    onConnected: () => {
      connected = true;
      log.info({ bot: self.userId }, 'Slack was connected');
      // What was said while nobody listened.
      sweep().catch((error: unknown) => log.error({ failure: failureOf(error) }, 'history could not be read'));
    },
    onDisconnected: () => {
      connected = false;
    },
  });
  listeners.attach(connection.app, () => self);

  return {
    listeners,
    chat: createChat(client, self),
    rooms: createRooms({ client, clock, self }),
    documents: createDocuments(client, clock),
    dutySigns: createDutySigns(client, clock),
    outbox,
    tell: createDirectLine(client),
    directory,
    channels,
    ...(connection.requestListener ? { requestListener: connection.requestListener } : {}),
    connected: () => connected,
    channelsKnown,
    start: async () => {
      await outbox.start();
      await channelsKnown();
      await history.begin(watchedIds());
      await connection.start();
    },
    sweep,
    stop: async () => {
      await connection.stop();
      await history.stop();
      await outbox.stop();
    },
  };
}

async function whoAmI(
  ask: () => Promise<{ user_id?: string; bot_id?: string; team_id?: string }>,
  clock: Clock,
  log: Log,
): Promise<SelfIdentity> {
  for (let attempt = 0; ; attempt++) {
    try {
      const { user_id: userId, bot_id: botId, team_id: teamId } = await ask();
      return { userId: userId ?? '', ...(botId ? { botId } : {}), ...(teamId ? { teamId } : {}) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'unauthorized' || failure.kind === 'refused') {
        throw new Error(`Slack refused SLACK_BOT_TOKEN (${failure.code}); copy the bot token of the app again.`, {
          cause: error,
        });
      }
      log.warn({ failure, attempt }, 'Slack could not be reached yet');
      await wait(clock, Math.min(30_000, 500 * 2 ** attempt));
    }
  }
}
