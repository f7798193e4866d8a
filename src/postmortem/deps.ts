/** What the verbs of postmortems need of the outside. */

import type { TimeStyle } from '../domain/local-time.ts';
import type { Chat, Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import type { Outbox } from '../ports/outbox.ts';
import type { Log } from '../ports/log.ts';
import type { PostmortemStore } from '../ports/postmortem-store.ts';
import type { Timers } from '../ports/timers.ts';

export interface PostmortemDeps {
  readonly store: PostmortemStore;
  readonly documents: Documents;
  readonly chat: Chat;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly timers: Timers;
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  /** The template that toban.yml names; absent: Toban's own. */
  readonly templatePath?: string;
}
