/** Lets Slack and PagerDuty follow an incident: one run at a time each, again after a failure, and on after a restart. */

import { ChatError } from '../ports/chat.ts';
import { wait } from '../ports/clock.ts';
import { mayPass } from '../ports/rooms.ts';
import { advanceRoom } from './room/advance-room.ts';
import { linkPager } from './room/link-pager.ts';
import { incidentKey } from './room/keys.ts';
import type { IncidentDeps } from './deps.ts';

/** A change shows within 5 s (L-01); what else changes in this time goes along. */
const TOGETHER_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After so many tries (about five minutes) PagerDuty counts as silent. */
const MOST_PAGER_TRIES = 9;
const MOST_SURPRISES = 4;
const STOP_WITHIN_MS = 3_000;
const ROOM = 'incident.room';
const PAGER = 'incident.pager';

export interface KeepUp {
  advance(incidentId: number): void;
  advanceSoon(incidentId: number): void;
  /** Hangs the handlers of the retries; before the timers start. */
  hang(): void;
  /** After a start: rooms and PagerDuty parts that an earlier process left unfinished, and what it did not show. */
  resume(): Promise<void>;
  /** Begins nothing more, and resolves soon: when nothing runs, or after three seconds. */
  stop(): Promise<void>;
}

/** `deps` is asked for late: it holds what this makes. */
export function createKeepUp(given: () => IncidentDeps): KeepUp {
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const soon = new Set<number>();
  let stopped = false;

  /** Runs `work` for the key now, or once more after the present run. */
  const single = (key: string, work: () => Promise<void>): void => {
    if (stopped) return;
    if (running.has(key)) {
      again.add(key);
      return;
    }
    const run = work()
      .catch((error: unknown) => {
        if (stopped) return;
        given().log.error({ err: error, key }, 'incident could not be brought up to date');
      })
      .finally(() => {
        running.delete(key);
        if (again.delete(key)) single(key, work);
      });
    running.set(key, run);
  };
  const later = async (kind: string, incidentId: number, tries: number): Promise<void> => {
    const dueAt = given().clock.now() + Math.min(LONGEST_WAIT_MS, 2_500 * 2 ** tries);
    const payload = JSON.stringify({ incidentId, tries });
    await given().timers.set({ key: incidentKey(incidentId, kind), kind, dueAt, payload });
  };
  const room = (incidentId: number, tries = 0): void =>
    single(`room ${incidentId}`, async () => {
      try {
        await advanceRoom(incidentId, given());
        // A private incident's PagerDuty part waits for its room.
        const incident = await given().store.byId(incidentId);
        if (incident?.private && incident.pager.kind === 'wanted') pager(incidentId);
      } catch (error) {
        if (!(error instanceof ChatError)) {
          // Not foreseen, so perhaps not there the next time.
          if (tries < MOST_SURPRISES && !stopped) await later(ROOM, incidentId, tries + 1);
          throw error;
        }
        if (!mayPass(error)) throw error;
        given().log.warn(
          { err: error, incident: incidentId },
          'Slack did not answer for a war room; it is tried again',
        );
        await later(ROOM, incidentId, tries + 1);
      }
    });
  const pager = (incidentId: number, tries = 0): void =>
    single(`pager ${incidentId}`, async () => {
      const step = await linkPager(incidentId, given(), tries >= MOST_PAGER_TRIES);
      if (step.kind === 'again') await later(PAGER, incidentId, tries + 1);
    });
  const advance = (incidentId: number): void => {
    room(incidentId);
    pager(incidentId);
  };

  return {
    advance,
    advanceSoon: (incidentId) => {
      if (soon.has(incidentId)) return;
      soon.add(incidentId);
      given().clock.setTimer(TOGETHER_MS, () => {
        soon.delete(incidentId);
        room(incidentId);
      });
    },
    hang: () => {
      for (const [kind, run] of [
        [ROOM, room],
        [PAGER, pager],
      ] as const) {
        given().timers.on(kind, async ({ payload }) => {
          const { incidentId, tries } = JSON.parse(payload) as { incidentId: number; tries: number };
          run(incidentId, tries);
        });
      }
    },
    resume: async () => {
      const { store } = given();
      const ids = [...(await store.unfinished()), ...(await store.open())].map(({ id }) => id);
      for (const id of new Set(ids)) advance(id);
    },
    stop: async () => {
      stopped = true;
      // A Slack that does not answer must not hold up the stop: the next start goes on.
      await Promise.race([Promise.allSettled(running.values()), wait(given().clock, STOP_WITHIN_MS)]);
    },
  };
}
