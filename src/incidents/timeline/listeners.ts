/** Joins Slack to the timeline: commands, the pin, the shortcut, edits and deletions, and the form for times. */

import { ACTION, CALLBACK } from '../../blockkit/action-ids.ts';
import { clockTime } from '../../domain/local-time.ts';
import { readTime } from '../../domain/read-time.ts';
import type { ChatListeners, Command, Content, Submission } from '../../ports/chat.ts';
import type { TimelineDeps } from './deps.ts';
import { incidentAt } from './find-incident.ts';
import { logEntry } from './log-entry.ts';
import { messages } from './messages.ts';
import { moveTime } from './move-time.ts';
import { followDeletion, followEdit, noteMessage, unpinMessage } from './note-message.ts';
import { readLog } from './read-log.ts';
import { readTimeline } from './read-timeline.ts';
import { editModal, rowLine, timelineContent } from './views.ts';

const LOG_WORDS = ['log', '記録', 'ログ'] as const;
const TIMELINE_WORDS = ['timeline', 'タイムライン'] as const;

export function registerTimeline(listeners: ChatListeners, deps: TimelineDeps): void {
  const { locale } = deps.style;
  const words = messages[locale];
  const help = (line: 'helpLog' | 'helpTimeline') => ({ ja: messages.ja[line], en: messages.en[line] });

  listeners.onCommand(LOG_WORDS, (command) => log(command, deps), help('helpLog'));

  listeners.onCommand(
    TIMELINE_WORDS,
    async ({ channel }) => {
      const incident = await incidentAt({ channel }, deps);
      if (!incident) return { text: words.noRoom };
      const { rows } = await readTimeline(incident, deps);
      return timelineContent(incident, rows, locale);
    },
    help('helpTimeline'),
  );

  listeners.onReaction(async ({ name, channel, ts, userId, added }) => {
    if (name !== deps.reaction) return;
    if (added) await noteMessage({ channel, ts }, userId, deps);
    else await unpinMessage({ channel, ts }, userId, deps);
  });

  listeners.onShortcut('add_timeline_entry', async ({ channel, messageTs, userId }) => {
    const noted = await noteMessage({ channel, ts: messageTs }, `shortcut:${userId}`, deps);
    if (noted.kind === 'no_incident') return deps.chat.whisper({ userId, channel }, { text: words.chooseIncident });
    if (noted.kind === 'known') return deps.chat.whisper({ userId, channel }, { text: words.already });
    const { rows, entries } = await readTimeline(noted.incident, deps);
    const added = entries.find(({ change }) => change.kind === 'note' && change.source?.ts === messageTs);
    const row = rows.find(({ id }) => id === added?.id);
    if (row) await deps.chat.whisper({ userId, channel }, { text: words.logged(`${row.time} ${rowLine(row)}`) });
  });

  listeners.onPost(async (post) => {
    if (post.edited && post.author.kind !== 'self') await followEdit(post, deps);
  });

  listeners.onDeleted((message) => followDeletion(message, deps));

  listeners.onPress(ACTION.editTimeline, async ({ triggerId, value, channel }) => {
    const viewId = await deps.chat.openModal(triggerId, editModal({ kind: 'loading' }, locale));
    const incident = await deps.store.byId(Number(value));
    if (!incident) return;
    const { rows } = await readTimeline(incident, deps);
    await deps.chat.updateModal(viewId, editModal({ kind: 'ready', incident, channel, rows }, locale));
  });

  listeners.onSubmit(
    CALLBACK.editTimeline,
    (submission) => move(submission, deps),
    ({ values }) => {
      const typed = values['time'] ?? '';
      const now = deps.clock.now();
      const { timezone } = deps.style;
      if (readTime(typed, now, timezone) === undefined) return { time: words.badTime };
      return readTime(typed, now, timezone, { notAfter: now }) === undefined ? { time: words.future } : undefined;
    },
  );
}

async function log(command: Command, deps: TimelineDeps): Promise<Content> {
  const words = messages[deps.style.locale];
  const incident = await incidentAt({ channel: command.channel }, deps);
  if (!incident) return { text: words.noRoom };
  const line = readLog(command.rest, deps.clock.now(), deps.style.timezone);
  if (line.text === '') return { text: words.needsText };
  await logEntry(incident, line, command.userId, deps);
  return { text: words.onIt };
}

async function move({ values, privateMetadata, userId }: Submission, deps: TimelineDeps): Promise<void> {
  const { style, chat, store, clock } = deps;
  const words = messages[style.locale];
  const { incidentId, channel } = JSON.parse(privateMetadata) as { incidentId: number; channel: string };
  const incident = await store.byId(incidentId);
  if (!incident) return;
  const before = await readTimeline(incident, deps);
  const entry = before.entries.find(({ id }) => id === Number(values['entry']));
  if (!entry) return;
  // A day that is not said is the row's own.
  const now = clock.now();
  const to = readTime(values['time'] ?? '', entry.at, style.timezone, { notAfter: now });
  if (to === undefined) return chat.whisper({ userId, channel }, { text: words.future });
  const moved = await moveTime(incident, { event: entry.id, to, by: userId }, deps);
  const row = before.rows.find(({ id }) => id === entry.id);
  const text =
    moved.kind === 'unchanged' || !row
      ? words.unchanged
      : words.moved(rowLine(row), clockTime(moved.from, style), clockTime(moved.to, style));
  await chat.whisper({ userId, channel }, { text });
}
