/** Puts a sentence on the timeline, told in the room so that everybody sees it (L-03). */

import { randomUUID } from 'node:crypto';
import { clip, plain } from '../../blockkit/mrkdwn.ts';
import { clockTime } from '../../domain/local-time.ts';
import { placeOf } from '../../domain/incident.ts';
import type { Incident } from '../../domain/incident.ts';
import { PRIORITY } from '../../ports/chat.ts';
import { record } from '../record.ts';
import type { TimelineDeps } from './deps.ts';
import { messages } from './messages.ts';
import type { LogLine } from './read-log.ts';
import { letters } from './say.ts';

export async function logEntry(incident: Incident, line: LogLine, by: string, deps: TimelineDeps): Promise<void> {
  const { style, clock } = deps;
  const words = messages[style.locale];
  const at = line.at ?? clock.now();
  const { phase = 'action' } = line;
  const text = clip(plain(line.text), 500);
  const place = placeOf(incident);
  // The message's key is the event's: so the row finds its address.
  const key = `timeline:${incident.id}:${randomUUID()}`;
  const name = await deps.directory.nameOf(by);
  const row = [clockTime(at, style), words.phase[phase], letters(name), letters(text, 500)].join(' ');
  const content = { text: words.logged(row) };
  const drafts = place ? [{ key, ...place, priority: PRIORITY.companion, content }] : [];
  await record(incident, { kind: 'note', text, phase }, deps, { at, by, key, drafts });
}
