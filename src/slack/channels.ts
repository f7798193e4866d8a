/** Turns the channel names of the configuration into Slack ids, from memory first. */

import type { WebClient } from '@slack/web-api';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LookupStore } from '../ports/stores.ts';
import { failureOf, patiently } from './web.ts';

/** A list of all channels is long: names that Slack does not show are asked for again this often. */
const AGAIN_AFTER_MS = 10 * 60_000;

const ID = /^[CG][A-Z0-9]{6,}$/;

export class SlackChannels {
  readonly #client: WebClient;
  readonly #lookups: LookupStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #ids = new Map<string, string>();
  #askedAt = -Infinity;
  /** What was wrong when it was logged last. */
  #complaint = '';

  constructor(deps: { client: WebClient; lookups: LookupStore; clock: Clock; log: Log }) {
    this.#client = deps.client;
    this.#lookups = deps.lookups;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Brings back the names that earlier processes looked up. */
  async load(): Promise<void> {
    for (const [name, found] of await this.#lookups.load('channel')) if (found.id) this.#ids.set(name, found.id);
  }

  /** The id of a channel named by id or by name; undefined where Slack has shown none of that name yet. */
  idOf(channel: string): string | undefined {
    return this.#ids.get(channel) ?? (ID.test(channel) ? channel : undefined);
  }

  /** Asks Slack for those of `wanted` that it has not shown yet, every ten minutes. */
  async lookUpMissing(wanted: readonly string[]): Promise<void> {
    if (wanted.every((channel) => this.idOf(channel))) return;
    if (this.#clock.now() - this.#askedAt >= AGAIN_AFTER_MS) await this.lookUp(wanted);
  }

  /** Asks Slack for all of `wanted` at once; a rename is noticed here. Never rejects: logs what is wrong, once. */
  async lookUp(wanted: readonly string[]): Promise<void> {
    try {
      const { missing, uninvited } = await this.#ask(wanted);
      this.#askedAt = this.#clock.now();
      if (!this.#isNews(JSON.stringify([missing, uninvited]))) return;
      for (const channel of uninvited) {
        this.#log.error({ channel }, 'Toban is not in the channel; run /invite @toban there');
      }
      for (const channel of missing) {
        this.#log.error({ channel }, 'channel was not found; check its name in toban.yml and invite Toban');
      }
    } catch (error) {
      // One name that cannot be looked up keeps nobody from the other channels.
      const failure = failureOf(error);
      if (failure.kind === 'refused') this.#askedAt = this.#clock.now();
      if (this.#isNews(JSON.stringify(failure))) this.#log.error({ failure }, 'channel names could not be looked up');
    }
  }

  #isNews(complaint: string): boolean {
    const isNews = complaint !== this.#complaint;
    this.#complaint = complaint;
    return isNews;
  }

  async #ask(wanted: readonly string[]): Promise<{ missing: readonly string[]; uninvited: readonly string[] }> {
    const missing = new Set(wanted);
    const uninvited = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await patiently(this.#clock, () =>
        this.#client.conversations.list({
          types: 'public_channel,private_channel',
          exclude_archived: true,
          limit: 1000,
          ...(cursor ? { cursor } : {}),
        }),
      );
      for (const { id, name, is_member: isMember } of page.channels ?? []) {
        if (!id || !name) continue;
        for (const channel of [id, name]) {
          if (!missing.delete(channel)) continue;
          if (!isMember) uninvited.add(name);
          if (this.#ids.get(channel) === id) continue;
          this.#ids.set(channel, id);
          await this.#lookups.save('channel', channel, { id, at: this.#clock.now() });
        }
      }
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor && missing.size > 0);
    return { missing: [...missing].toSorted(), uninvited: [...uninvited].toSorted() };
  }
}
