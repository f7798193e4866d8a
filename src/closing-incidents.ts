/** Joins what tells of an incident and closes it: timeline, announcements, all clear, and the draft of its postmortem. */

import type { Config } from './config/config.ts';
import type { PagerIncident, PagerIncidentEvent } from './domain/pager-incident.ts';
import { DUE, remindOfUpdate } from './incidents/announce/chase.ts';
import { registerAnnouncements } from './incidents/announce/listeners.ts';
import type { ClosingDeps } from './incidents/closing/deps.ts';
import { draftOfRoom, registerClosing } from './incidents/closing/listeners.ts';
import { CLEARED, tellAllClear } from './incidents/closing/tell-all-clear.ts';
import type { IncidentDeps } from './incidents/deps.ts';
import { followPager } from './incidents/timeline/feed.ts';
import { registerTimeline } from './incidents/timeline/listeners.ts';
import { createTurns } from './in-turn.ts';
import type { PagerIncidentStore } from './ports/stores.ts';
import type { PostmortemDeps } from './postmortem/deps.ts';
import { registerPostmortems } from './postmortem/listeners.ts';
import { shareDraft } from './postmortem/share-draft.ts';
import { SHARE, startPostmortem } from './postmortem/start.ts';
import type { Workspace } from './slack/workspace.ts';
import { createAnnouncementStore } from './store/announcement-store.ts';
import type { Database } from './store/database.ts';
import { createNoteStore } from './store/note-store.ts';
import { createPostmortemStore } from './store/postmortem-store.ts';
import { createThreadStore } from './store/thread-store.ts';

export interface Closing {
  /** Told of each look at PagerDuty once alerts are in line with it. */
  followed(look: PagerIncident, news: readonly PagerIncidentEvent[]): void;
  /** Resolves once what was begun is done. */
  settled(): Promise<void>;
}

/** Before the timers are started. */
export function closeIncidents(options: {
  readonly config: Config;
  readonly database: Database;
  readonly slack: Workspace;
  readonly incidents: IncidentDeps;
  readonly looks: PagerIncidentStore;
  /** Brings alerts in line with a look at PagerDuty. */
  readonly take: (look: PagerIncident) => Promise<void>;
}): Closing {
  const { config, database, slack, incidents, looks, take } = options;
  const { listeners } = slack;
  const { timers, clock, style } = incidents;
  const { announceChannel, postmortemTemplate } = config.incidents;
  const postmortems = createPostmortemStore(database);
  const thread = createThreadStore(database);
  const drafts: PostmortemDeps = {
    store: postmortems,
    documents: slack.documents,
    chat: slack.chat,
    directory: slack.directory,
    outbox: slack.outbox,
    timers,
    clock,
    log: incidents.log.child({ part: 'postmortem' }),
    style,
    ...(postmortemTemplate ? { templatePath: postmortemTemplate } : {}),
  };
  const deps: ClosingDeps = {
    ...incidents,
    notes: createNoteStore(database),
    announcements: createAnnouncementStore(database),
    postmortems,
    ticksOf: (alertId) => thread.ticks(alertId),
    lastLook: (id) => looks.byId(id),
    inTurn: createTurns(),
    reaction: config.incidents.timelineReaction,
    announceChannel: async () => {
      if (announceChannel === undefined) return undefined;
      if (slack.channels.idOf(announceChannel) === undefined) await slack.channels.lookUp([announceChannel]);
      return slack.channels.idOf(announceChannel);
    },
    audience: { ...style, locale: config.incidents.announceLocale },
    stakeholders: config.incidents.stakeholders,
    updateAfterMs: config.incidents.updateAfterMs,
    follow: take,
    startDraft: (draft) => startPostmortem(draft, drafts),
  };
  timers.on(SHARE, ({ payload }) => shareDraft(payload, drafts));
  timers.on(DUE, (timer) => remindOfUpdate(timer, deps));
  timers.on(CLEARED, (timer) => tellAllClear(timer, deps));
  registerTimeline(listeners, deps);
  registerAnnouncements(listeners, deps);
  registerClosing(listeners, deps);
  registerPostmortems(listeners, { ...drafts, draftOfRoom: (channel) => draftOfRoom(channel, deps) });
  return {
    followed: (look, news) => {
      followPager(look, news, deps).catch((error: unknown) => {
        deps.log.error({ err: error, pager: look.id }, 'timeline could not follow PagerDuty');
      });
    },
    settled: () => deps.inTurn(async () => {}),
  };
}
