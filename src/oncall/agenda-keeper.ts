/** Keeps the coming weeks and the escalation policies at hand, with one paged call each now and then for all teams. */

import type { EscalationPolicy } from '../domain/escalation-policy.ts';
import type { Shift } from '../domain/on-call.ts';
import type { Team } from '../domain/team.ts';
import type { Agenda, AgendaStore } from '../ports/agenda.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Pager } from '../ports/pager.ts';
import type { PagerSchedules } from '../ports/pager-schedules.ts';
import { Refresher } from './refresher.ts';
import type { RosterKeeper } from './roster-keeper.ts';
import { shiftsOf } from './roster-keeper.ts';

const DAY_MS = 24 * 3_600_000;
const REFRESH_MS = 10 * 60_000;
/** A calendar keeps what was, too. */
const BACK_MS = 14 * DAY_MS;
/** PagerDuty knows 90 days; more than two months ahead nobody plans by it. */
const AHEAD_MS = 62 * DAY_MS;

export interface AgendaKeeperDeps {
  readonly teams: readonly Team[];
  readonly pager: Pager;
  readonly schedules: PagerSchedules;
  readonly roster: Pick<RosterKeeper, 'shifts' | 'confirmedAt' | 'knownUntil' | 'query'>;
  readonly store: AgendaStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** What is kept over a restart. */
export interface AgendaPages {
  readonly shifts: Readonly<Record<string, readonly Shift[]>>;
  /** By team. */
  readonly policies: Readonly<Record<string, EscalationPolicy>>;
  /** Epoch ms. */
  readonly until: number;
}

export class AgendaKeeper implements Agenda {
  readonly #deps: AgendaKeeperDeps;
  #pages: AgendaPages = { shifts: {}, policies: {}, until: 0 };
  readonly #refresher: Refresher;
  #failing = false;

  constructor(deps: AgendaKeeperDeps) {
    this.#deps = deps;
    this.#refresher = new Refresher(deps.clock, REFRESH_MS, () => this.#fetch());
  }

  shifts(team: string): readonly Shift[] {
    const { roster } = this.#deps;
    const [from, until] = [roster.confirmedAt(team), roster.knownUntil(team)];
    const far = this.#pages.shifts[team] ?? [];
    const near = roster.shifts(team);
    // What overlaps the roster's window is the roster's to say: it is fresher, and it names every such shift whole.
    const rest = far.filter(
      ({ start, end }) =>
        from === undefined || until === undefined || (end ?? Infinity) <= from || (start ?? -Infinity) >= until,
    );
    return [...near, ...rest].toSorted((a, b) => (a.start ?? 0) - (b.start ?? 0) || a.level - b.level);
  }

  knownUntil(team: string): number | undefined {
    const near = this.#deps.roster.knownUntil(team);
    return near === undefined ? undefined : Math.max(near, team in this.#pages.shifts ? this.#pages.until : 0);
  }

  confirmedAt(team: string): number | undefined {
    return this.#deps.roster.confirmedAt(team);
  }

  policy(team: string): EscalationPolicy | undefined {
    return this.#pages.policies[team];
  }

  async load(): Promise<void> {
    const kept = await this.#deps.store.load();
    if (kept) this.#pages = JSON.parse(kept) as AgendaPages;
  }

  /** Asks PagerDuty now and then every ten minutes; never rejects, an outage is logged once. */
  start(): Promise<void> {
    return this.#refresher.start();
  }

  stop(): Promise<void> {
    return this.#refresher.stop();
  }

  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** A refresh that began after this call: one under way may have been asked before a change. */
  refreshAnew(): Promise<void> {
    return this.#refresher.refreshAnew();
  }

  async #fetch(): Promise<void> {
    const { teams, pager, schedules, roster, clock, store, log } = this.#deps;
    const now = clock.now();
    try {
      const until = now + AHEAD_MS;
      const entries = await pager.onCalls({ ...roster.query(), since: now - BACK_MS, until });
      const known = teams.some(({ escalationPolicy }) => escalationPolicy) ? await schedules.policies() : [];
      this.#pages = {
        shifts: Object.fromEntries(teams.map((team) => [team.key, shiftsOf(team, entries)])),
        policies: Object.fromEntries(
          teams.flatMap((team) => {
            const policy = known.find(({ id }) => id === team.escalationPolicy);
            return policy ? [[team.key, policy]] : [];
          }),
        ),
        until,
      };
      this.#failing = false;
      if (this.#refresher.stopped) return;
      await store.save(JSON.stringify(this.#pages));
      log.debug({ shifts: entries.length }, 'coming weeks were read');
    } catch (error) {
      if (!this.#failing) log.error({ err: error }, 'the coming weeks could not be read; the last answer is used');
      this.#failing = true;
    }
  }
}
