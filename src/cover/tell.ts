/** Keeps one message for each person concerned equal to the state of a cover. */

import type { Cover } from '../domain/cover.ts';
import { ChatError, PRIORITY } from '../ports/chat.ts';
import type { CoverDeps } from './deps.ts';
import { coverContent } from './views.ts';
import type { CoverShown } from './views.ts';

/** Gives the Slack ids of those who could not be told. */
export async function tellCover(cover: Cover, deps: CoverDeps): Promise<readonly string[]> {
  const shown = await shownOf(cover, deps);
  const unreached: string[] = [];
  for (const reader of readersOf(cover, deps)) {
    const key = `cover:${cover.id}:${reader}`;
    const content = coverContent(shown, reader, { ...deps.style, calendar: deps.calendar });
    if ((await deps.outbox.edit(key, content)) === 'taken') continue;
    try {
      const channel = await deps.chat.directChannel(reader);
      await deps.outbox.post({ key, channel, priority: PRIORITY.state, content });
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      deps.log.warn({ err: error, cover: cover.id }, 'a person could not be told of a cover');
      unreached.push(reader);
    }
  }
  return unreached;
}

export async function shownOf(cover: Cover, deps: CoverDeps): Promise<CoverShown> {
  const teamName = deps.teams.find(({ key }) => key === cover.team)?.name ?? cover.team;
  return { cover, teamName, events: await deps.store.events(cover.id), now: deps.clock.now() };
}

/** The two; and, once it stands in PagerDuty, whoever was replaced without being asked. */
function readersOf(cover: Cover, { directory }: CoverDeps): readonly string[] {
  const replaced = cover.changes.flatMap(({ from }) => directory.slackIdOf(from) ?? []);
  const isTold = cover.state === 'stands' || cover.state === 'undone';
  return [...new Set([cover.asker.slackId, cover.partner.slackId, ...(isTold ? replaced : [])])];
}
