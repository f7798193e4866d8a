/** Gives the calendar behind a feed's token, from memory, whatever PagerDuty does. */

import type { FeedStore } from '../ports/feed-store.ts';
import { calendarText } from './calendar-text.ts';
import { hashOf } from './feed-token.ts';
import { sheetOf } from './sheet.ts';
import type { SheetDeps } from './sheet.ts';

export type ServedFeed =
  | { readonly kind: 'calendar'; readonly text: string }
  /** Never given, ended, or of a team that is no more: told apart to nobody. */
  | { readonly kind: 'none' }
  | { readonly kind: 'not-known-yet' };

export async function serveFeed(token: string, deps: SheetDeps & { readonly feeds: FeedStore }): Promise<ServedFeed> {
  const feed = await deps.feeds.byHash(hashOf(token));
  const sheet = feed ? sheetOf(feed, deps) : 'gone';
  if (sheet === 'gone') return { kind: 'none' };
  return sheet === 'not-known' ? { kind: 'not-known-yet' } : { kind: 'calendar', text: calendarText(sheet) };
}
