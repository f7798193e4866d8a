/** Joins what closes an incident: the draft of its postmortem. */

import type { Config } from './config/config.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Timers } from './ports/timers.ts';
import type { PostmortemDeps } from './postmortem/deps.ts';
import { registerPostmortems } from './postmortem/listeners.ts';
import { shareDraft } from './postmortem/share-draft.ts';
import { SHARE } from './postmortem/start.ts';
import type { Workspace } from './slack/workspace.ts';
import type { Database } from './store/database.ts';
import { createPostmortemStore } from './store/postmortem-store.ts';

export interface ClosingParts {
  readonly config: Config;
  readonly database: Database;
  readonly slack: Workspace;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
}

/** Before the timers are started. */
export function closeIncidents({ config, database, slack, timers, clock, log }: ClosingParts): void {
  if (!config.features.incidents) return;
  const { postmortemTemplate } = config.incidents;
  const postmortems: PostmortemDeps = {
    store: createPostmortemStore(database),
    documents: slack.documents,
    chat: slack.chat,
    directory: slack.directory,
    timers,
    clock,
    log: log.child({ part: 'postmortem' }),
    style: { locale: config.locale, timezone: config.timezone },
    ...(postmortemTemplate ? { templatePath: postmortemTemplate } : {}),
  };
  timers.on(SHARE, ({ payload }) => shareDraft(payload, postmortems));
  registerPostmortems(slack.listeners, postmortems);
}
