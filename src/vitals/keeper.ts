/** Looks at every vital twice a minute, and tells the admins of each complaint once, directly: the outbox may be what ails. */

import { clockTime } from '../domain/local-time.ts';
import type { TimeStyle } from '../domain/local-time.ts';
import type { Content } from '../ports/chat.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Ailment, Complaint, Vital, Vitals, VitalStore } from '../ports/vitals.ts';
import { messages } from './messages.ts';

const EVERY_MS = 30_000;
const REPORT_FOR_MS = 3_600_000;

export interface KeeperDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly style: TimeStyle;
  /** Slack ids. */
  readonly admins: readonly string[];
  /** A direct message, without the outbox. Rejects where it did not arrive. */
  readonly tell: (userId: string, content: Content) => Promise<void>;
  readonly store: VitalStore;
}

interface Ill {
  readonly since: number;
  readonly is: string;
  /** Who does not know yet. */
  readonly untold: Set<string>;
  readonly todo: string;
}

interface Report {
  readonly complaint: Complaint;
  readonly until: number;
}

export class VitalsKeeper implements Vitals {
  readonly #deps: KeeperDeps;
  readonly #vitals: Vital[] = [];
  readonly #reports = new Map<string, Report>();
  readonly #ills = new Map<string, Ill>();
  #cancel: CancelTimer = () => {};
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  watchFor(vital: Vital): void {
    this.#vitals.push(vital);
  }

  report(key: string, complaint: Complaint): void {
    const isNews = !this.#reports.has(key);
    this.#reports.set(key, { complaint, until: this.#deps.clock.now() + REPORT_FOR_MS });
    if (isNews && !this.#stopped) this.#soon(0);
  }

  clear(key: string): void {
    this.#reports.delete(key);
  }

  ailing(): readonly Ailment[] {
    return [...this.#ills].map(([key, { since, is }]) => ({ key, since, is }));
  }

  /** What an earlier process told is known; the first look comes half a minute later, when everything stands. */
  async start(): Promise<void> {
    const { store, log } = this.#deps;
    try {
      for (const { key, since, is } of await store.load()) {
        // What shows only when it fails is told again when it fails again.
        if (this.#vitals.some((vital) => vital.key === key))
          this.#ills.set(key, { since, is, todo: '', untold: new Set() });
        else await store.remove(key);
      }
    } catch (error) {
      log.error({ err: error }, 'complaints that were told before could not be read');
    }
    this.#soon(EVERY_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#running;
  }

  #soon(delay: number): void {
    this.#cancel();
    this.#cancel = this.#deps.clock.setTimer(delay, () => {
      this.#running = this.#running.then(() => this.#look());
      void this.#running.then(() => {
        if (!this.#stopped) this.#soon(EVERY_MS);
      });
    });
  }

  async #look(): Promise<void> {
    const { clock } = this.#deps;
    for (const vital of this.#vitals) await this.#see(vital);
    for (const [key, { complaint, until }] of this.#reports) {
      if (clock.now() < until) await this.#ails(key, complaint);
      else await this.#forget(key);
    }
    const known = new Set(this.#vitals.map(({ key }) => key));
    for (const key of this.#ills.keys()) {
      if (!known.has(key) && !this.#reports.has(key)) await this.#isWell(key);
    }
  }

  async #see(vital: Vital): Promise<void> {
    let complaint: Complaint | undefined;
    try {
      complaint = await vital.check();
    } catch (error) {
      this.#deps.log.warn({ err: error, vital: vital.key }, 'vital sign could not be read');
      return;
    }
    await (complaint ? this.#ails(vital.key, complaint) : this.#isWell(vital.key));
  }

  async #ails(key: string, { is, todo }: Complaint): Promise<void> {
    const { clock, log, admins } = this.#deps;
    let ill = this.#ills.get(key);
    if (!ill) {
      ill = { since: clock.now(), is, todo, untold: new Set(admins) };
      this.#ills.set(key, ill);
      log.error({ vital: key, complaint: is, todo }, 'Toban was found ailing');
    }
    if (ill.untold.size === 0) return;
    const words = messages[this.#deps.style.locale];
    const since = words.since(clockTime(ill.since, this.#deps.style));
    const text = [words.title, `⚠️ ${ill.is}（${since}）`, `👉 ${ill.todo}`].join('\n');
    for (const admin of ill.untold) if (await this.#tell(admin, { text })) ill.untold.delete(admin);
    if (ill.untold.size === 0) await this.#keep(() => this.#deps.store.save({ key, since: ill.since, is: ill.is }));
  }

  async #isWell(key: string): Promise<void> {
    const ill = this.#ills.get(key);
    if (!ill) return;
    this.#ills.delete(key);
    const { log, admins, style, store } = this.#deps;
    log.info({ vital: key }, 'Toban recovered');
    // Whoever never heard of it is not troubled with its end.
    const text = messages[style.locale].recovered(ill.is);
    for (const admin of admins) if (!ill.untold.has(admin)) await this.#tell(admin, { text });
    await this.#keep(() => store.remove(key));
  }

  /** Not heard of for long, which does not say that it is mended: nobody is told so. */
  async #forget(key: string): Promise<void> {
    this.#reports.delete(key);
    this.#ills.delete(key);
    await this.#keep(() => this.#deps.store.remove(key));
  }

  async #tell(admin: string, content: Content): Promise<boolean> {
    try {
      await this.#deps.tell(admin, content);
      return true;
    } catch (error) {
      this.#deps.log.warn({ err: error, admin }, 'admin could not be told yet');
      return false;
    }
  }

  /** The database may be what ails: then a restart tells again, and nothing worse. */
  async #keep(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      this.#deps.log.warn({ err: error }, 'complaint could not be kept');
    }
  }
}
