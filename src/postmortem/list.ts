/** The postmortems of a year, and how many there are (P-08). */

import { section } from '../blockkit/blocks.ts';
import { clip, escapeMrkdwn, linkTo, plain } from '../blockkit/mrkdwn.ts';
import { instantOf, localDay } from '../domain/local-day.ts';
import type { Content } from '../ports/chat.ts';
import type { PostmortemDeps } from './deps.ts';
import { messages } from './messages.ts';

/** Slack takes 3,000 characters a section. */
const MOST = 30;

export async function listPostmortems(year: number, deps: PostmortemDeps): Promise<Content> {
  const { locale, timezone } = deps.style;
  const words = messages[locale];
  const first = (of: number) => instantOf(`${of}-01-01`, 0, timezone);
  const found = await deps.store.between(first(year), first(year + 1));
  if (found.length === 0) return { text: words.none(year) };
  const shown = found.slice(-MOST).reverse();
  const lines: string[] = [];
  for (const postmortem of shown) {
    const title = plain(clip(postmortem.title, 60));
    const named = postmortem.fileUrl ? linkTo(postmortem.fileUrl, title) : escapeMrkdwn(title);
    const { owner } = postmortem;
    const who = owner ? words.owner(escapeMrkdwn(await deps.directory.nameOf(owner))) : words.noOwner;
    lines.push(words.listLine(localDay(postmortem.createdAt, timezone), named, who));
  }
  if (found.length > shown.length) lines.push(words.more(found.length - shown.length));
  const title = words.listTitle(year, found.length);
  const blocks = [section(title)];
  for (let at = 0; at < lines.length; at += 8) blocks.push(section(lines.slice(at, at + 8).join('\n')));
  return { text: [title, ...lines].join('\n'), blocks };
}
