/** Keeps who is on call for every team fresh ahead of time, and remembers the last answer when PagerDuty is silent. */

import { onCallAt } from '../domain/on-call.ts';
import type { OnCallLevel, Roster, Shift } from '../domain/on-call.ts';
import type { Team } from '../domain/team.ts';
import type { Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { OnCallRoster } from '../ports/on-call-roster.ts';
import type { OnCallEntry, OnCallQuery, Pager } from '../ports/pager.ts';
import type { RosterStore } from '../ports/stores.ts';
import { Refresher } from './refresher.ts';

const REFRESH_MS = 60_000;
/** Far enough that a change of shift is known before it comes, and that a long outage is bridged. */
const WINDOW_MS = 7 * 24 * 3_600_000;

export interface RosterKeeperDeps {
  readonly teams: readonly Team[];
  readonly pager: Pager;
  readonly directory: Directory;
  readonly store: RosterStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class RosterKeeper implements OnCallRoster {
  readonly #deps: RosterKeeperDeps;
  readonly #rosters = new Map<string, Roster>();
  readonly #refresher: Refresher;
  #trouble: string | undefined;

  constructor(deps: RosterKeeperDeps) {
    this.#deps = deps;
    this.#refresher = new Refresher(deps.clock, REFRESH_MS, () => this.#fetch());
  }

  levels(team: string, instant: number): readonly OnCallLevel[] {
    return onCallAt(this.#rosters.get(team)?.shifts ?? [], instant);
  }

  confirmedAt(team: string): number | undefined {
    return this.#rosters.get(team)?.confirmedAt;
  }

  /** Every shift that is known, permanent ones too. */
  shifts(team: string): readonly Shift[] {
    return this.#rosters.get(team)?.shifts ?? [];
  }

  /** Epoch ms up to which `shifts` says everything; undefined where nothing is known. */
  knownUntil(team: string): number | undefined {
    const at = this.confirmedAt(team);
    return at === undefined ? undefined : at + WINDOW_MS;
  }

  /** Why the last refresh failed, in words; undefined where it did not. */
  trouble(): string | undefined {
    return this.#trouble;
  }

  /** What is asked of PagerDuty for all teams at once. */
  query(): Pick<OnCallQuery, 'escalationPolicies' | 'schedules'> {
    const { teams } = this.#deps;
    return {
      escalationPolicies: unique(teams.map((team) => team.escalationPolicy)),
      schedules: unique(teams.map((team) => (team.escalationPolicy ? undefined : team.schedule))),
    };
  }

  /** Brings back what an earlier process knew (H-14). */
  async load(): Promise<void> {
    for (const roster of await this.#deps.store.load()) this.#rosters.set(roster.team, roster);
  }

  /** Asks PagerDuty now and then every minute; never rejects, an outage is logged once. */
  start(): Promise<void> {
    return this.#refresher.start();
  }

  stop(): Promise<void> {
    return this.#refresher.stop();
  }

  /** One call for all teams; callers that come while it runs share it. */
  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** A refresh that began after this call: one under way may have been asked before a change. */
  refreshAnew(): Promise<void> {
    return this.#refresher.refreshAnew();
  }

  async #fetch(): Promise<void> {
    const { teams, pager, clock, store, log, directory } = this.#deps;
    const now = clock.now();
    try {
      const entries = await pager.onCalls({ ...this.query(), since: now, until: now + WINDOW_MS });
      const rosters = teams.map((team) => ({ team: team.key, shifts: shiftsOf(team, entries), confirmedAt: now }));
      for (const roster of rosters) this.#rosters.set(roster.team, roster);
      if (this.#trouble !== undefined) log.info({}, 'PagerDuty answered again');
      this.#trouble = undefined;
      const soon = rosters.flatMap(({ shifts }) => onCallAt(shifts, now).flatMap((level) => level.shifts));
      // The roster is kept only with its people: one that an earlier process left is used before anybody is asked.
      await directory.learn(soon.map(({ responder }) => responder)).finally(() => store.save(rosters));
      // The rest of the week's people are looked up meanwhile: a first alert must not wait for two hundred of them.
      directory.learn(entries.map(({ responder }) => responder)).catch((error: unknown) => {
        log.warn({ err: error }, 'people of coming shifts could not be looked up yet');
      });
    } catch (error) {
      if (this.#trouble === undefined)
        log.error({ err: error }, 'who is on call could not be read; the last answer is used');
      this.#trouble = error instanceof Error ? error.message : String(error);
    }
  }
}

/** The team's part of what PagerDuty answered for all teams. */
export function shiftsOf(team: Team, entries: readonly OnCallEntry[]): readonly Shift[] {
  return entries
    .filter((entry) =>
      team.escalationPolicy ? entry.escalationPolicyId === team.escalationPolicy : entry.scheduleId === team.schedule,
    )
    .map((entry) => ({
      responder: entry.responder,
      // A schedule read by itself has no policy around it: whoever it names is the first to be asked.
      level: team.escalationPolicy ? entry.level : 1,
      start: entry.start,
      end: entry.end,
      scheduleId: entry.scheduleId,
    }));
}

function unique(values: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
