/** Joins the self-watch to what it watches: the line, the outbox, the database, the roster (O-03). */

import type { Config } from './config/config.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { OnCallRoster } from './ports/on-call-roster.ts';
import type { Workspace } from './slack/workspace.ts';
import type { Database } from './store/database.ts';
import { createVitalStore } from './store/vital-store.ts';
import { VitalsKeeper } from './vitals/keeper.ts';
import { ownVitals, refusedPost } from './vitals/own-vitals.ts';

export interface WatchedParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly database: Database;
  readonly slack: Workspace;
  readonly roster: OnCallRoster;
}

export function watchItself({ config, clock, log, database, slack, roster }: WatchedParts): VitalsKeeper {
  const { locale, timezone, admins, teams } = config;
  const store = createVitalStore(database, config.databaseUrl);
  const vitals = new VitalsKeeper({
    clock,
    log: log.child({ part: 'vitals' }),
    style: { locale, timezone },
    admins,
    tell: slack.tell,
    store,
  });
  const own = ownVitals({
    clock,
    locale,
    store,
    connected: () => slack.connected(),
    stuck: () => slack.outbox.stuck(),
    confirmedAt: () => teams.map(({ key }) => roster.confirmedAt(key)),
  });
  for (const vital of own) vitals.watchFor(vital);
  slack.outbox.health.onRefused(({ channel, code }) => {
    // A link shows the name to whoever may see it; a direct conversation has none.
    const shown = channel.startsWith('D') ? 'DM' : `<#${channel}>`;
    vitals.report(`slack.refused:${channel}:${code}`, refusedPost(shown, code, locale));
  });
  slack.outbox.health.onDelivered((channel) => {
    for (const { key } of vitals.ailing()) if (key.startsWith(`slack.refused:${channel}:`)) vitals.clear(key);
  });
  return vitals;
}
