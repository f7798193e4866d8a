/** Collects what the bot answers in Slack, by letting every feature hang its handlers on a listener that only listens. */

import { registerAlerts } from '../../../src/alerts/listeners.ts';
import { registerCovers } from '../../../src/cover/listeners.ts';
import { registerFeeds } from '../../../src/feeds/listeners.ts';
import { registerDoctor } from '../../../src/doctor/listeners.ts';
import { registerDeclare } from '../../../src/incidents/declare/listeners.ts';
import { registerAnnouncements } from '../../../src/incidents/announce/listeners.ts';
import { registerClosing } from '../../../src/incidents/closing/listeners.ts';
import { registerTimeline } from '../../../src/incidents/timeline/listeners.ts';
import { registerRoles } from '../../../src/incidents/roles/listeners.ts';
import { registerStatus } from '../../../src/incidents/status/listeners.ts';
import { registerTasks } from '../../../src/incidents/tasks/listeners.ts';
import { registerWatch } from '../../../src/incidents/watch/listeners.ts';
import { registerHandover } from '../../../src/handover/listeners.ts';
import { registerOnCall } from '../../../src/oncall/listeners.ts';
import { registerPostmortems } from '../../../src/postmortem/listeners.ts';
import { registerRunbooks } from '../../../src/runbooks/listeners.ts';
import type { ChatListeners, CommandHelp } from '../../../src/ports/chat.ts';

/** By file; the test of the documents refuses a listeners.ts that is not here. */
export const REGISTERED = [
  'alerts/listeners.ts',
  'alerts/respond/listeners.ts',
  'alerts/hygiene/listeners.ts',
  'alerts/paging/listeners.ts',
  'handover/listeners.ts',
  'cover/listeners.ts',
  'feeds/listeners.ts',
  'doctor/listeners.ts',
  'incidents/declare/listeners.ts',
  'incidents/announce/listeners.ts',
  'incidents/closing/listeners.ts',
  'incidents/timeline/listeners.ts',
  'incidents/roles/listeners.ts',
  'incidents/status/listeners.ts',
  'incidents/tasks/listeners.ts',
  'incidents/watch/listeners.ts',
  'oncall/listeners.ts',
  'postmortem/listeners.ts',
  'runbooks/listeners.ts',
];

export interface Answered {
  readonly presses: readonly string[];
  readonly submissions: readonly string[];
  /** Words that choose the same handler stand together. */
  readonly commands: readonly (readonly string[])[];
  readonly help: readonly CommandHelp[];
  readonly posts: number;
}

export function answered(): Answered {
  const presses: string[] = [];
  const submissions: string[] = [];
  const commands: (readonly string[])[] = [];
  const help: CommandHelp[] = [];
  let posts = 0;
  const listeners: ChatListeners = {
    onPost: () => void (posts += 1),
    onPress: (id) => void presses.push(id),
    onCommand: (words, _handle, line) => {
      commands.push(words);
      help.push(line);
    },
    commandHelp: () => help,
    onUnknownCommand: () => {},
    onSubmit: (id) => void submissions.push(id),
    onShortcut: () => {},
    onReaction: () => {},
    onJoined: () => {},
    onDeleted: () => {},
  };
  // Registering only reads the language; no handler is run.
  const deps = { style: { locale: 'ja', timezone: 'Asia/Tokyo' }, locale: 'ja' } as never;
  registerAlerts(listeners, deps);
  for (const register of [
    registerDeclare,
    registerRoles,
    registerStatus,
    registerTasks,
    registerWatch,
    registerAnnouncements,
    registerClosing,
    registerTimeline,
  ])
    register(listeners, deps);
  registerHandover(listeners, deps);
  registerOnCall(listeners, deps);
  registerCovers(listeners, deps);
  registerFeeds(listeners, deps);
  registerPostmortems(listeners, deps);
  registerRunbooks(listeners, deps, deps, deps);
  registerDoctor(listeners, deps);
  return { presses, submissions, commands, help, posts };
}
