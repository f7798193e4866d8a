/** Keeps the messages of storms true: edited now and then while they grow, and closed when they are over. */

import { PRIORITY } from '../../ports/chat.ts';
import type { Storm } from '../../ports/storm-store.ts';
import type { Timers } from '../../ports/timers.ts';
import type { AlertDeps } from '../deps.ts';
import { planForLater, planStormReminder, registerStormReminders, resumeStormReminder } from './remind-storm.ts';
import { pageKey, stormKey } from './storm-key.ts';
import { isUntaken } from './untaken.ts';
import { PAGE, pageContent, stormContent, stormSummary } from './views.ts';

/** The first change shows soon, the ones after it together: Slack allows some fifty edits a minute in all. */
const SOON_MS = 2_000;
const EVERY_MS = 10_000;
/** A storm without a new alert for so long is over. */
const QUIET_MS = 5 * 60_000;
const END = 'storm.end';

export interface StormKeeper {
  /** Something about a storm's alerts changed; must not be waited for. */
  touched(stormId: string): void;
  opened(storm: Storm): void;
  /** After a start. */
  resume(): Promise<void>;
  /** Lets a message that is being worked out finish. */
  stop(): Promise<void>;
}

export function createStormKeeper(deps: AlertDeps, timers: Timers): StormKeeper {
  const { clock, log } = deps;
  const planned = new Set<string>();
  const shownAt = new Map<string, number>();
  let working: Promise<void> = Promise.resolve();
  let stopped = false;

  const work = (run: () => Promise<void>): Promise<void> => {
    working = working.then(run).catch((error: unknown) => log.error({ err: error }, 'storm could not be shown'));
    return working;
  };

  const touched = (stormId: string): void => {
    if (planned.has(stormId) || stopped) return;
    planned.add(stormId);
    const rest = (shownAt.get(stormId) ?? -Infinity) + EVERY_MS - clock.now();
    clock.setTimer(Math.max(SOON_MS, rest), () => {
      planned.delete(stormId);
      if (stopped) return;
      shownAt.set(stormId, clock.now());
      void work(() => show(stormId, deps));
    });
  };

  const endAt = (stormId: string, at: number) =>
    timers.set({ key: `storm:${stormId}:end`, kind: END, dueAt: at, payload: stormId });

  timers.on(END, async ({ payload: stormId }) => {
    const last = (await deps.storms.store.lastJoinedAt(stormId)) ?? 0;
    if (clock.now() - last < QUIET_MS) return endAt(stormId, last + QUIET_MS);
    await deps.inTurn(() => end(stormId, deps));
    shownAt.delete(stormId);
    await work(() => show(stormId, deps));
  });

  registerStormReminders(timers, deps);

  return {
    touched,
    opened: (storm) => {
      Promise.all([endAt(storm.id, storm.beganAt + QUIET_MS), planStormReminder(storm, storm.beganAt, deps)]).catch(
        (error: unknown) => log.error({ err: error, storm: storm.id }, 'end and reminder of a storm were not planned'),
      );
    },
    resume: async () => {
      for (const storm of await deps.storms.store.allRunning()) {
        await endAt(storm.id, storm.beganAt + QUIET_MS);
        await resumeStormReminder(storm, deps);
        touched(storm.id);
      }
    },
    stop: async () => {
      stopped = true;
      await working;
    },
  };
}

/** The message first, then the list in its thread. A second run with nothing new changes nothing. */
async function show(stormId: string, deps: AlertDeps): Promise<void> {
  const storm = await deps.storms.store.byId(stormId);
  const members = await deps.storms.store.members(stormId);
  if (!storm || members.length === 0) return;
  await planForLater(storm, members, deps);
  if (!members.some(isUntaken)) await deps.outbox.withdraw(`storm:${stormId}:remind:`);
  await deps.outbox.edit(stormKey(stormId), stormContent({ storm, members }, deps.style));
  const threadTs = await deps.outbox.sentTs(stormKey(stormId));
  if (!threadTs) return deps.storms.touched(stormId);
  for (let page = 0; page * PAGE < members.length; page++) {
    const content = pageContent(members, page, deps.style);
    const key = pageKey(stormId, page);
    const draft = { key, channel: storm.channel, threadTs, priority: PRIORITY.cosmetic, content };
    if ((await deps.outbox.post(draft)) === 'known') await deps.outbox.edit(key, content);
  }
}

async function end(stormId: string, deps: AlertDeps): Promise<void> {
  const storm = await deps.storms.store.byId(stormId);
  const members = await deps.storms.store.members(stormId);
  const threadTs = await deps.outbox.sentTs(stormKey(stormId));
  if (storm && storm.endedAt === undefined && threadTs && members.length > 0) {
    const content = stormSummary({ storm, members }, deps.style);
    const key = `storm:${stormId}:summary`;
    await deps.outbox.post({ key, channel: storm.channel, threadTs, priority: PRIORITY.state, content });
  }
  // Last: a process that dies before it does the same again, and the line stands once by its key.
  await deps.storms.store.end(stormId, deps.clock.now());
}
