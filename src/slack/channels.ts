/** Turns the channel names of the configuration into Slack ids, from memory first. */

import type { WebClient } from '@slack/web-api';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { LookupStore } from '../ports/stores.ts';
import { patiently } from './web.ts';

const ID = /^[CG][A-Z0-9]{6,}$/;

export class SlackChannels {
  readonly #client: WebClient;
  readonly #lookups: LookupStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #ids = new Map<string, string>();

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

  /** Asks Slack for all of `wanted` at once; a rename is noticed here. Logs what cannot be found or read. */
  async refresh(wanted: readonly string[]): Promise<void> {
    const missing = new Set(wanted);
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
          if (!isMember) this.#log.error({ channel: name }, 'Toban is not in the channel; run /invite @toban there');
          if (this.#ids.get(channel) === id) continue;
          this.#ids.set(channel, id);
          await this.#lookups.save('channel', channel, { id, at: this.#clock.now() });
        }
      }
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor && missing.size > 0);
    for (const channel of missing) {
      this.#log.error({ channel }, 'channel was not found; check its name in toban.yml and invite Toban');
    }
  }
}
