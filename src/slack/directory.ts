/** Joins PagerDuty people and Slack people: the `people` table first, then the e-mail (H-12). */

import type { WebClient } from '@slack/web-api';
import type { Responder } from '../domain/responder.ts';
import type { Directory } from '../ports/chat.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Pager } from '../ports/pager.ts';
import type { Found, LookupStore } from '../ports/stores.ts';
import type { SelfIdentity } from './self-identity.ts';
import { failureOf, patiently } from './web.ts';

/** Who was found is asked for again after a day, who was not after ten minutes: they may have joined since. */
const FOUND_FOR_MS = 24 * 3_600_000;
const MISSING_FOR_MS = 10 * 60_000;
/** How often a person who cannot be looked up is told of. */
const COMPLAIN_EVERY_MS = 3_600_000;

export interface DirectoryDeps {
  readonly client: WebClient;
  readonly pager: Pager;
  readonly lookups: LookupStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly self: SelfIdentity;
  /** PagerDuty e-mail in lower case → Slack id. */
  readonly people: Readonly<Record<string, string>>;
}

export class SlackDirectory implements Directory {
  readonly #deps: DirectoryDeps;
  readonly #slackIds = new Map<string, Found>();
  readonly #responders = new Map<string, Responder>();
  readonly #names = new Map<string, { readonly name: string; readonly at: number }>();
  /** Since when the operators know that a person cannot be looked up, by e-mail. */
  readonly #complained = new Map<string, number>();
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
    return (await this.responderOf(slackId))?.email;
  }

  async responderOf(slackId: string): Promise<Responder | undefined> {
    const actor = await this.#actor(slackId);
    if (!actor) return undefined;
    const wanted = new Set(
      Object.entries(this.#deps.people)
        .filter(([, id]) => id === slackId)
        .map(([address]) => address),
    );
    // A row of the people table decides alone, for the person and for the address: nobody acts as somebody else.
    const email = actor.email?.toLowerCase();
    if (wanted.size === 0 && email && !this.#deps.people[email]) wanted.add(email);
    const match = () => [...this.#responders.values()].find((one) => one.email && wanted.has(one.email.toLowerCase()));
    if (!match()) await this.#loadResponders();
    return match();
  }

  async nameOf(slackId: string): Promise<string> {
    const known = this.#names.get(slackId);
    if (known && this.#deps.clock.now() - known.at < FOUND_FOR_MS) return known.name;
    try {
      const { user } = await patiently(this.#deps.clock, () => this.#deps.client.users.info({ user: slackId }), 2);
      const name = user?.real_name || user?.profile?.display_name || user?.name || slackId;
      this.#names.set(slackId, { name, at: this.#deps.clock.now() });
      return name;
    } catch (error) {
      this.#deps.log.warn({ user: slackId, failure: failureOf(error) }, 'name of a Slack user was not found');
      return known?.name ?? slackId;
    }
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
        this.#complain(email, () => {
          this.#deps.log.warn({ email, failure }, 'a person could not be looked up in Slack');
        });
      }
    }
  }

  async #keep(email: string, id: string | null): Promise<void> {
    const found: Found = { id, at: this.#deps.clock.now() };
    this.#slackIds.set(email, found);
    await this.#deps.lookups.save('person', email, found);
    if (id) this.#complained.delete(email);
    else {
      this.#complain(email, () => {
        this.#deps.log.warn({ email }, 'a PagerDuty person was not found in Slack; add them to people');
      });
    }
  }

  #complain(email: string, say: () => void): void {
    const now = this.#deps.clock.now();
    if (now - (this.#complained.get(email) ?? -Infinity) < COMPLAIN_EVERY_MS) return;
    this.#complained.set(email, now);
    say();
  }

  /** Who clicked, asked of Slack anew; undefined for whoever may not act: gone, a bot, or of another workspace. */
  async #actor(slackId: string): Promise<{ email?: string } | undefined> {
    try {
      const { user } = await patiently(this.#deps.clock, () => this.#deps.client.users.info({ user: slackId }), 2);
      if (!user || user.deleted || user.is_bot || user.is_stranger) return undefined;
      const { teamId } = this.#deps.self;
      const foreign = teamId && user.team_id && user.team_id !== teamId;
      // In an Enterprise organisation a colleague's own workspace may be another one.
      if (foreign && !user.enterprise_user?.teams?.includes(teamId)) return undefined;
      return user.profile?.email ? { email: user.profile.email } : {};
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'refused' && failure.code.startsWith('user_not_')) return undefined;
      throw error;
    }
  }

  async #loadResponders(): Promise<void> {
    if (this.#deps.clock.now() - this.#respondersAt < 60_000) return;
    for (const responder of await this.#deps.pager.responders()) this.#responders.set(responder.id, responder);
    this.#respondersAt = this.#deps.clock.now();
  }
}
