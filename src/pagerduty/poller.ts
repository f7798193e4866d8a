/** Looks at the open incidents now and then, so that nothing is missed where webhooks are off or late. */

import type { PagerIncident, PagerNote } from '../domain/pager-incident.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { PagerError, type Pager } from '../ports/pager.ts';
import { withAssignment } from './assignment.ts';

/** How long an incident that PagerDuty no longer knows is not asked for again. */
const ASK_AGAIN_MS = 3_600_000;

/** Of so many changed incidents a round the notes are read: one call each. */
const NOTES_A_ROUND = 20;

export interface PollerDeps {
  readonly pager: Pick<Pager, 'openIncidents' | 'endedIncidents' | 'incident' | 'lastAssignment' | 'notes'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds from the end of one round to the start of the next. */
  readonly everyMs: number;
  /** PagerDuty service ids; empty = the whole account. */
  readonly services: readonly string[];
  /** What the bot believes to be open. */
  readonly knownOpen: () => Promise<readonly PagerIncident[]>;
  /** Called for each incident that is new or differs from what is known. */
  readonly seen: (incident: PagerIncident, source: 'poll') => Promise<void>;
  /** Epoch ms from which on incidents may have come and gone unseen; undefined where nobody misses one. */
  readonly missedSince: () => Promise<number | undefined>;
  /** Called for each note of an incident that changed, also for those told before. */
  readonly noted: (note: PagerNote) => Promise<void>;
}

export interface Poller {
  /** Begins with a round at once; a second start changes nothing. */
  start(): void;
  /** No further round; resolves when the running one is over. */
  stop(): Promise<void>;
  /**
   * A round that begins after the call; many calls during one round share the next. Never rejects:
   * a failed round is logged once an outage and made good by the next.
   */
  now(): Promise<void>;
}

export function createPoller(deps: PollerDeps): Poller {
  const { clock, everyMs } = deps;
  const log = deps.log.child({ part: 'pagerduty-poller' });
  const findAbsent = createAbsentFinder(deps, log);
  let state: 'idle' | 'started' | 'stopped' = 'idle';
  let failing = false;
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let cancel: CancelTimer = () => {};

  const attempt = async (): Promise<void> => {
    try {
      await round(deps, findAbsent);
      if (failing) log.info({}, 'PagerDuty polling recovered');
      failing = false;
    } catch (error) {
      if (!failing) log.error({ err: error }, 'PagerDuty polling failed');
      failing = true;
    }
  };

  const begin = (): Promise<void> => {
    cancel();
    running = attempt().finally(() => {
      running = undefined;
      if (state === 'started') cancel = clock.setTimer(everyMs, () => void now());
    });
    return running;
  };

  const now = (): Promise<void> => {
    if (state === 'stopped') return running ?? Promise.resolve();
    if (!running) return begin();
    following ??= running.then(() => {
      following = undefined;
      return now();
    });
    return following;
  };

  return {
    start: () => {
      if (state === 'started') return;
      state = 'started';
      void now();
    },
    stop: async () => {
      state = 'stopped';
      cancel();
      await running;
    },
    now,
  };
}

type AbsentFinder = (absent: ReadonlySet<string>, found: (incident: PagerIncident) => void) => Promise<void>;

/** Asks for the incidents that the bot believes to be open and the listing does not give. Throws PagerError. */
function createAbsentFinder({ pager, clock }: PollerDeps, log: Log): AbsentFinder {
  /** When PagerDuty was last asked in vain. */
  const vanished = new Map<string, number>();
  const unreadable = new Set<string>();

  const ask = async (id: string): Promise<PagerIncident | undefined> => {
    try {
      const incident = await pager.incident(id);
      unreadable.delete(id);
      if (incident) {
        vanished.delete(id);
        return incident;
      }
    } catch (error) {
      // One that cannot be read keeps nobody from the others; an outage does.
      if (!(error instanceof PagerError) || error.code !== 'invalid') throw error;
      if (!unreadable.has(id)) log.warn({ incident: id, err: error }, 'an open incident could not be read');
      unreadable.add(id);
      return undefined;
    }
    if (!vanished.has(id)) log.warn({ incident: id }, 'PagerDuty no longer knew an incident that was open');
    vanished.set(id, clock.now());
    return undefined;
  };

  return async (absent, found) => {
    for (const id of [...vanished.keys(), ...unreadable]) {
      if (absent.has(id)) continue;
      vanished.delete(id);
      unreadable.delete(id);
    }
    for (const id of absent) {
      if (clock.now() - (vanished.get(id) ?? -Infinity) < ASK_AGAIN_MS) continue;
      const incident = await ask(id);
      if (incident) found(incident);
    }
  };
}

async function round(deps: PollerDeps, findAbsent: AbsentFinder): Promise<void> {
  const { pager, services, knownOpen, seen } = deps;
  const before = byId(await knownOpen());
  const current = byId(await pager.openIncidents(services));
  const faults: unknown[] = [];
  const absent = new Set([...before.keys()].filter((id) => !current.has(id)));
  try {
    await findAbsent(absent, (incident) => current.set(incident.id, incident));
  } catch (error) {
    faults.push(error);
  }
  // A webhook that came in meanwhile is newer than the listing: what it touched is left to the next round.
  const after = byId(await knownOpen());
  let notesLeft = NOTES_A_ROUND;
  for (const [id, incident] of current) {
    const known = after.get(id);
    if (differs(before.get(id), known)) continue;
    if (!differs(known, incident)) continue;
    // One incident that cannot be taken in keeps nobody from the others.
    try {
      const moved = known && incident.status === 'triggered' && assigneesOf(known) !== assigneesOf(incident);
      await seen(moved ? await withAssignment(incident, pager, deps.log) : incident, 'poll');
      if (known && notesLeft > 0) {
        notesLeft -= 1;
        for (const note of await pager.notes(id)) await deps.noted(note);
      }
    } catch (error) {
      faults.push(error);
    }
  }
  const missedSince = await deps.missedSince();
  if (missedSince !== undefined) {
    for (const incident of await pager.endedIncidents(services, missedSince)) await seen(incident, 'poll');
  }
  if (faults.length > 0) throw faults[0];
}

function byId(incidents: readonly PagerIncident[]): Map<string, PagerIncident> {
  return new Map(incidents.map((incident) => [incident.id, incident]));
}

function differs(a: PagerIncident | undefined, b: PagerIncident | undefined): boolean {
  if (!a || !b) return a !== b;
  return a.changedAt !== b.changedAt || a.status !== b.status || assigneesOf(a) !== assigneesOf(b);
}

function assigneesOf({ assignees }: PagerIncident): string {
  return assignees
    .map(({ id }) => id)
    .sort()
    .join();
}
