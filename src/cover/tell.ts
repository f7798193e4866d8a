/** Keeps one message for each person concerned equal to the state of a cover, and notifies them of what came of it. */

import type { Cover, CoverState } from '../domain/cover.ts';
import { ChatError, PRIORITY } from '../ports/chat.ts';
import type { CoverDeps } from './deps.ts';
import { coverContent, newsContent } from './views.ts';
import type { CoverShown } from './views.ts';

const OUTCOMES: readonly CoverState[] = ['stands', 'declined', 'withdrawn', 'undone', 'failed', 'half'];

/** Gives the Slack ids of those who could not be told. */
export async function tellCover(cover: Cover, deps: CoverDeps): Promise<readonly string[]> {
  const shown = await shownOf(cover, deps);
  const style = { ...deps.style, calendar: deps.calendar };
  const presser = newsBy(shown);
  const unreached: string[] = [];
  for (const reader of readersOf(cover, deps)) {
    const key = `cover:${cover.id}:${reader}`;
    const content = coverContent(shown, reader, style);
    const isKnown = (await deps.outbox.edit(key, content)) === 'taken';
    // A new message notifies by itself.
    if (isKnown && (presser === undefined || presser === reader)) continue;
    const draft = isKnown ? { key: `${key}:${cover.state}`, content: newsContent(shown, style) } : { key, content };
    try {
      const channel = await deps.chat.directChannel(reader);
      await deps.outbox.post({ ...draft, channel, priority: PRIORITY.state });
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

/** Who brought the outcome about; undefined where there is none, or where it was told before and could not be undone. */
function newsBy({ cover, events }: CoverShown): string | undefined {
  if (!OUTCOMES.includes(cover.state)) return undefined;
  const [news, ...more] = events.filter(({ what }) => what === cover.state);
  return more.length > 0 ? undefined : news?.actor;
}

/** The two; and, once it stands in PagerDuty, whoever was replaced without being asked. */
function readersOf(cover: Cover, { directory }: CoverDeps): readonly string[] {
  const replaced = cover.changes.flatMap(({ from }) => directory.slackIdOf(from) ?? []);
  const isTold = ['stands', 'half', 'undone'].includes(cover.state);
  return [...new Set([cover.asker.slackId, cover.partner.slackId, ...(isTold ? replaced : [])])];
}
