/** Joins warnings to the admins of toban.yml: a direct message to each, every matter once a day. */

import { localDay } from './domain/local-day.ts';
import type { Admins } from './ports/admins.ts';
import type { Chat } from './ports/chat.ts';
import { PRIORITY } from './ports/chat.ts';
import type { Clock } from './ports/clock.ts';
import type { Log } from './ports/log.ts';
import type { Outbox } from './ports/outbox.ts';

export interface TellingDeps {
  /** Slack ids. */
  readonly ids: readonly string[];
  readonly timezone: string;
  readonly chat: Pick<Chat, 'directChannel'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
}

export function createAdmins({ ids, timezone, chat, outbox, clock, log }: TellingDeps): Admins {
  const told = new Set<string>();
  return {
    tell: async (what, text) => {
      const day = localDay(clock.now(), timezone);
      for (const id of ids) {
        const key = `admin:${day}:${id}:${what}`;
        if (told.has(key)) continue;
        told.add(key);
        try {
          if ((await outbox.sentTs(key)) !== undefined) continue;
          await outbox.post({
            key,
            channel: await chat.directChannel(id),
            priority: PRIORITY.companion,
            content: { text },
          });
        } catch (error) {
          told.delete(key);
          log.error({ err: error, what }, 'admin could not be warned');
        }
      }
      if (ids.length === 0) log.warn({ what, text }, 'warning reached nobody: admins is empty in toban.yml');
    },
  };
}
