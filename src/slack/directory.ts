/** Joins PagerDuty people and Slack people: the `people` table first, then the e-mail (H-12). */

import type { WebClient } from '@slack/web-api';
import type { Responder } from '../domain/responder.ts';
import type { Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Pager } from '../ports/pager.ts';
import type { Found, LookupStore } from '../ports/stores.ts';
import { failureOf, patiently } from './web.ts';

/** Who was found is asked for again after a day, who was not after ten minutes: they may have joined since. */
const FOUND_FOR_MS = 24 * 3_600_000;
const MISSING_FOR_MS = 10 * 60_000;

export interface DirectoryDeps {
  readonly client: WebClient;
  readonly pager: Pager;
  readonly lookups: LookupStore;
  readonly clock: Clock;
  readonly log: Log;
  /** PagerDuty e-mail in lower case → Slack id. */
  readonly people: Readonly<Record<string, string>>;
}

export class SlackDirectory implements Directory {
  readonly #deps: DirectoryDeps;
  readonly #slackIds = new Map<string, Found>();
  readonly #responders = new Map<string, Responder>();
  #respondersAt = -Infinity;

  constructor(deps: DirectoryDeps) {
    this.#deps = deps;
  }

  /** Brings back what earlier processes looked up, so that the first alert need not wait. */
  async load(): Promise<void> {
    for (const [email, found] of await this.#deps.lookups.load('person')) this.#slackIds.set(email, found);
  }

  slackIdOf(responder: Responder): string | undefined {
    const email = this.#emailOf(responder);
    if (!email) return undefined;
    const found = this.#slackIds.get(email);
    if (found) return found.id ?? undefined;
    return this.#deps.people[email];
  }

  async learn(responders: readonly Responder[]): Promise<void> {
    for (const responder of responders) if (responder.email) this.#responders.set(responder.id, responder);
    if (responders.some((responder) => !this.#emailOf(responder))) await this.#loadResponders();
    const emails = new Set(responders.map((responder) => this.#emailOf(responder)));
    for (const email of emails) if (email && this.#isStale(email)) await this.#lookUp(email);
  }

  async pagerEmailOf(slackId: string): Promise<string | undefined> {
    const email = await this.#slackEmail(slackId);
    const wanted = new Set(
      Object.entries(this.#deps.people)
        .filter(([, id]) => id === slackId)
        .map(([address]) => address),
    );
    // A row of the people table decides alone: the Slack e-mail may belong to somebody else's account.
    if (wanted.size === 0 && email) wanted.add(email.toLowerCase());
    const match = () => [...this.#responders.values()].find((one) => one.email && wanted.has(one.email.toLowerCase()));
    if (!match()) await this.#loadResponders();
    return match()?.email;
  }

  #emailOf(responder: Responder): string | undefined {
    return (responder.email ?? this.#responders.get(responder.id)?.email)?.toLowerCase();
  }

  #isStale(email: string): boolean {
    const found = this.#slackIds.get(email);
    if (!found) return true;
    return this.#deps.clock.now() - found.at > (found.id ? FOUND_FOR_MS : MISSING_FOR_MS);
  }

  async #lookUp(email: string): Promise<void> {
    const override = this.#deps.people[email];
    try {
      const user = override
        ? (await patiently(this.#deps.clock, () => this.#deps.client.users.info({ user: override }))).user
        : (await patiently(this.#deps.clock, () => this.#deps.client.users.lookupByEmail({ email }))).user;
      await this.#keep(email, user?.id && !user.deleted ? user.id : null);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'refused' && (failure.code === 'users_not_found' || failure.code === 'user_not_found')) {
        await this.#keep(email, null);
      } else {
        this.#deps.log.warn({ failure }, 'a person could not be looked up in Slack');
      }
    }
  }

  async #keep(email: string, id: string | null): Promise<void> {
    const found: Found = { id, at: this.#deps.clock.now() };
    this.#slackIds.set(email, found);
    await this.#deps.lookups.save('person', email, found);
    if (!id) this.#deps.log.warn({ email }, 'a PagerDuty person was not found in Slack; add them to people');
  }

  async #slackEmail(slackId: string): Promise<string | undefined> {
    for (const [email, found] of this.#slackIds) if (found.id === slackId && !this.#deps.people[email]) return email;
    const { user } = await patiently(this.#deps.clock, () => this.#deps.client.users.info({ user: slackId }), 2);
    return user?.profile?.email;
  }

  async #loadResponders(): Promise<void> {
    if (this.#deps.clock.now() - this.#respondersAt < 60_000) return;
    for (const responder of await this.#deps.pager.responders()) this.#responders.set(responder.id, responder);
    this.#respondersAt = this.#deps.clock.now();
  }
}
