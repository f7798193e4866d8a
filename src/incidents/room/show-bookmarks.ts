/** Puts what people look for to the top of the channel: the alert, PagerDuty, the dashboards. */

import type { Incident } from '../../domain/incident.ts';
import { ChatError } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';
import type { Notebook } from './notebook.ts';
import { roomMessages } from './messages.ts';

const MOST_DASHBOARDS = 2;

export async function showBookmarks(
  incident: Incident,
  channel: string,
  notebook: Notebook,
  deps: IncidentDeps,
): Promise<void> {
  for (const bookmark of await bookmarksOf(incident, deps)) {
    const { bookmarks } = notebook.seen();
    if (bookmarks.includes(bookmark.url)) continue;
    // Kept before: a bookmark too few is better than one twice.
    await notebook.keep({ bookmarks: [...bookmarks, bookmark.url] });
    try {
      await deps.rooms.addBookmark(channel, bookmark);
    } catch (error) {
      if (!(error instanceof ChatError)) throw error;
      deps.log.warn({ incident: incident.id, code: error.code }, 'a bookmark could not be set');
    }
  }
}

async function bookmarksOf(incident: Incident, deps: IncidentDeps): Promise<readonly { title: string; url: string }[]> {
  const words = roomMessages[deps.style.locale];
  const { source, pager, alertId } = incident;
  const alert = alertId ? await deps.alerts.byId(alertId) : undefined;
  return [
    ...(source?.permalink ? [{ title: words.bookmarkAlert, url: source.permalink }] : []),
    ...(pager.kind === 'linked' ? [{ title: words.bookmarkPager(pager.number), url: pager.url }] : []),
    ...(alert?.reading.links ?? [])
      .filter(({ url }) => pager.kind !== 'linked' || url !== pager.url)
      .slice(0, MOST_DASHBOARDS)
      .map(({ label, url }) => ({ title: label, url })),
  ];
}
