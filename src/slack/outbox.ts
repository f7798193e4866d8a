/** The durable way out: rows become Slack messages, each once, in order of priority, within Slack's limits. */

import type { WebClient } from '@slack/web-api';
import type { Clock, CancelTimer } from '../ports/clock.ts';
import type { Content, Draft } from '../ports/chat.ts';
import type { Outbox } from '../ports/outbox.ts';
import { PRIORITY } from '../ports/chat.ts';
import type { Log } from '../ports/log.ts';
import type { Metrics } from '../ports/metrics.ts';
import type { OutboxRow, OutboxStore } from '../ports/outbox-store.ts';
import { findPost, METADATA_EVENT } from './find-post.ts';
import { OutboxHealth } from './outbox-health.ts';
import { backOff, isGone, remedyOf, retryAfter, simplify } from './outbox-failures.ts';
import { isDead, retire } from './process-owner.ts';
import { RateGate } from './rate-gate.ts';
import type { SelfIdentity } from './self-identity.ts';
import { failureOf } from './web.ts';
import type { SlackFailure } from './web.ts';

/** One message a second and channel (Slack rate-limits page), and a little for the way there. */
const POST_EVERY_MS = 1_050;
/** chat.update and conversations.replies are tier 3: 50 a minute. */
const TIER_3_EVERY_MS = 1_250;
const TIER_3_BURST = 15;
/** How long a row may be `sending` before another process may doubt it. Longer than any call's time limit. */
const LEASE_MS = 30_000;
/** A post without an answer may come through late: it is looked for again after this long before it is repeated. */
const LOOK_AGAIN_MS = 8_000;
/** How long a doubt rests whose look-up Slack refuses: only somebody can mend that. */
const REFUSED_LOOK_MS = 5 * 60_000;

type Track = 'post' | 'edit';

interface Lane {
  readonly rows: Map<string, OutboxRow>;
  readonly gate: RateGate;
  readonly busy: Set<Track>;
  readonly timers: Map<Track, CancelTimer>;
}

export interface OutboxDeps {
  readonly client: WebClient;
  readonly self: SelfIdentity;
  readonly store: OutboxStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly owner: string;
  /** Told of every message once it stands. */
  readonly onSent?: (key: string, channel: string, ts: string) => void;
}

export class SlackOutbox implements Outbox {
  readonly health = new OutboxHealth();
  readonly #deps: OutboxDeps;
  readonly #lanes = new Map<string, Lane>();
  readonly #edits: RateGate;
  readonly #lookups: RateGate;
  readonly #inFlight = new Set<Promise<void>>();
  /** Look-ups that are refused, by channel and code: logged once. */
  readonly #refusedLooks = new Set<string>();
  /** Messages with an edit that nobody answered. */
  readonly #lateEdits = new Set<string>();
  #running = false;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#edits = new RateGate(deps.clock, TIER_3_EVERY_MS, TIER_3_BURST);
    this.#lookups = new RateGate(deps.clock, TIER_3_EVERY_MS, TIER_3_BURST);
  }

  async post(draft: Draft): Promise<'taken' | 'known'> {
    const row = await this.#deps.store.add(draft, this.#deps.clock.now());
    if (!row) return 'known';
    this.#take(row);
    return 'taken';
  }

  async edit(key: string, content: Content): Promise<'taken' | 'unknown'> {
    const row = await this.#deps.store.edit(key, content);
    if (row) this.#take(row);
    return row ? 'taken' : 'unknown';
  }

  async withdraw(prefix: string): Promise<void> {
    for (const { key, channel } of await this.#deps.store.withdraw(prefix)) this.#lane(channel).rows.delete(key);
  }

  async sentTs(key: string): Promise<string | undefined> {
    return (await this.#deps.store.get(key))?.ts;
  }

  async sentPlace(key: string): Promise<{ channel: string; ts: string } | undefined> {
    const row = await this.#deps.store.get(key);
    return row?.ts === undefined ? undefined : { channel: row.channel, ts: row.ts };
  }

  async contentOf(key: string): Promise<Content | undefined> {
    return (await this.#deps.store.get(key))?.content;
  }

  takeUp(rows: readonly OutboxRow[]): void {
    for (const row of rows) this.#take(row);
  }

  /** Begins to deliver, with everything that an earlier process left; may be called again to look for more. */
  async start(): Promise<void> {
    this.#running = true;
    for (const row of await this.#deps.store.waiting()) this.#take(row);
  }

  /** Lets what is under way finish; what waits stays in the database. */
  async stop(): Promise<void> {
    this.#running = false;
    for (const lane of this.#lanes.values()) for (const cancel of lane.timers.values()) cancel();
    await Promise.allSettled(this.#inFlight);
    retire(this.#deps.owner);
  }

  /** How many messages and edits wait. */
  waiting(): number {
    let count = 0;
    for (const lane of this.#lanes.values()) count += lane.rows.size;
    return count;
  }

  /** Posts that wait though Slack refused none of them, and since when the oldest does. */
  stuck(): ReturnType<OutboxHealth['stuck']> {
    return this.health.stuck([...this.#lanes.values()].flatMap(({ rows }) => [...rows.values()]));
  }

  #take(row: OutboxRow): void {
    const lane = this.#lane(row.channel);
    const known = lane.rows.get(row.key);
    if (known && known.version > row.version) return;
    lane.rows.set(row.key, row);
    this.#pump(lane, 'post');
    this.#pump(lane, 'edit');
  }

  #lane(channel: string): Lane {
    let lane = this.#lanes.get(channel);
    if (!lane) {
      const gate = new RateGate(this.#deps.clock, POST_EVERY_MS, 1);
      lane = { rows: new Map(), gate, busy: new Set(), timers: new Map() };
      this.#lanes.set(channel, lane);
    }
    return lane;
  }

  /** Works on the lane's most urgent row of the track, or sets a timer for when one is ready. */
  #pump(lane: Lane, track: Track): void {
    if (!this.#running || lane.busy.has(track)) return;
    lane.timers.get(track)?.();
    lane.timers.delete(track);
    let next: OutboxRow | undefined;
    let soonest = Infinity;
    for (const row of lane.rows.values()) {
      if (trackOf(row) !== track) continue;
      const delay = this.#delay(lane, row);
      soonest = Math.min(soonest, delay);
      if (delay <= 0 && (!next || moreUrgent(row, next))) next = row;
    }
    if (next) {
      lane.busy.add(track);
      const work = this.#work(lane, next).finally(() => {
        this.#inFlight.delete(work);
        lane.busy.delete(track);
        this.#pump(lane, track);
        if (track === 'post') this.#pump(lane, 'edit');
      });
      this.#inFlight.add(work);
    } else if (soonest < Infinity) {
      lane.timers.set(
        track,
        this.#deps.clock.setTimer(soonest, () => this.#pump(lane, track)),
      );
    }
  }

  #delay(lane: Lane, row: OutboxRow): number {
    const now = this.#deps.clock.now();
    const resting = row.notBefore - now;
    if (row.state === 'sent') return Math.max(resting, this.#edits.delay());
    if (row.state === 'pending') return Math.max(resting, lane.gate.delay());
    const leased = row.owner && !isDead(row.owner, this.#deps.owner) ? row.leaseUntil - now : 0;
    return Math.max(resting, leased, this.#lookups.delay());
  }

  async #work(lane: Lane, row: OutboxRow): Promise<void> {
    try {
      if (row.state === 'sent') await this.#sendEdit(lane, row);
      else if (row.state === 'sending') await this.#resolveDoubt(lane, row);
      else await this.#sendPost(lane, row);
    } catch (error) {
      // The database failed: keep the row in memory and come back to it.
      this.#deps.log.error({ err: error, key: row.key }, 'outbox row could not be worked on');
      lane.rows.set(row.key, { ...row, notBefore: this.#deps.clock.now() + 5_000 });
    }
  }

  async #sendPost(lane: Lane, waiting: OutboxRow): Promise<void> {
    const { store, clock, owner, client } = this.#deps;
    const row = await store.claim(waiting.key, owner, clock.now() + LEASE_MS);
    if (!row) {
      lane.rows.delete(waiting.key);
      return;
    }
    lane.gate.take();
    try {
      const message = {
        channel: row.channel,
        text: row.content.text,
        ...(row.content.blocks ? { blocks: [...row.content.blocks] } : {}),
        ...(row.threadTs ? { thread_ts: row.threadTs } : {}),
        metadata: { event_type: METADATA_EVENT, event_payload: { key: row.key } },
        unfurl_links: false,
        unfurl_media: false,
      };
      const answer = await client.chat.postMessage(
        row.threadTs && row.broadcast ? { ...message, thread_ts: row.threadTs, reply_broadcast: true } : message,
      );
      if (!answer.ts) throw new Error('chat.postMessage answered without a ts');
      await this.#stands(lane, row, answer.ts);
    } catch (error) {
      await this.#postFailed(lane, row, failureOf(error));
    }
  }

  async #stands(lane: Lane, row: OutboxRow, ts: string): Promise<void> {
    const sent = await this.#deps.store.sent(row.key, ts, row.version);
    const current = lane.rows.get(row.key);
    // An edit that was stored after the row was marked may have been taken already.
    const edited = current?.state === 'sent' && current.version > row.version;
    if (sent && sent.version > sent.sentVersion) lane.rows.set(row.key, edited ? current : sent);
    else if (!edited) lane.rows.delete(row.key);
    this.#deps.metrics.count('toban_posts_total', { outcome: 'sent' });
    if (row.priority === PRIORITY.mention) {
      this.#deps.metrics.observe('toban_mention_seconds', (this.#deps.clock.now() - row.createdAt) / 1000);
    }
    this.health.delivered(row);
    this.#deps.onSent?.(row.key, row.channel, ts);
  }

  async #postFailed(lane: Lane, row: OutboxRow, failure: SlackFailure): Promise<void> {
    const { store, log, metrics } = this.#deps;
    const code = 'code' in failure ? failure.code : failure.kind;
    metrics.count('toban_post_failures_total', { code });
    if (failure.kind === 'rate_limited') {
      lane.gate.close(failure.retryAfterMs);
      log.info({ key: row.key, channel: row.channel, retryAfterMs: failure.retryAfterMs }, 'Slack asked to wait');
      return this.#again(lane, row, 'pending', failure.retryAfterMs, code);
    }
    if (failure.kind === 'unreachable') return this.#again(lane, row, 'pending', backOff(row.attempts), code);
    if (failure.kind === 'uncertain') {
      log.warn({ key: row.key, channel: row.channel, code }, 'answer to a post was lost');
      return this.#again(lane, row, 'sending', backOff(row.attempts), code);
    }
    if (failure.kind === 'unauthorized') {
      log.error({ code }, 'Slack refused the bot token; check SLACK_BOT_TOKEN');
      return this.#again(lane, row, 'pending', 30_000, code);
    }
    const simpler = simplify(row, failure.code);
    if (simpler) {
      log.error({ key: row.key, code, detail: failure.detail }, 'Slack refused a message; sent in a simpler form');
      await store.edit(row.key, simpler);
      const edited = await store.get(row.key);
      return this.#again(lane, edited ?? row, 'pending', 0, code);
    }
    if (code === 'thread_not_found' && row.priority === PRIORITY.mention) {
      log.warn({ key: row.key, channel: row.channel }, 'message to answer was deleted; sent to the channel');
      await store.unthread(row.key);
      return this.#again(lane, row, 'pending', 0, code);
    }
    this.health.refused(row, code);
    const { detail } = failure;
    const retryMs = retryAfter(row, code, this.#deps.clock.now());
    const fields = { key: row.key, channel: row.channel, code, detail, retryMs, todo: remedyOf(code) };
    if (retryMs !== undefined) {
      log.error({ ...fields }, 'Slack refused a mention; it is tried again for an hour');
      return this.#again(lane, row, 'pending', retryMs, code);
    }
    log.error({ ...fields }, 'Slack refused a message');
    await store.fail(row.key, code);
    lane.rows.delete(row.key);
  }

  async #again(lane: Lane, row: OutboxRow, state: 'pending' | 'sending', delayMs: number, code: string): Promise<void> {
    const notBefore = this.#deps.clock.now() + delayMs;
    await (state === 'pending'
      ? this.#deps.store.release(row.key, this.#deps.owner, notBefore, code)
      : this.#deps.store.doubt(row.key, this.#deps.owner, notBefore, code));
    const fresh = await this.#deps.store.get(row.key);
    if (fresh) lane.rows.set(row.key, fresh);
    else lane.rows.delete(row.key);
  }

  /** The row may stand in Slack already: look before sending it again. */
  async #resolveDoubt(lane: Lane, doubtful: OutboxRow): Promise<void> {
    const { store, clock, owner } = this.#deps;
    // One process looks: two that both found nothing would both send.
    const row = await store.takeOver(doubtful, owner, clock.now() + LEASE_MS);
    if (!row) {
      lane.rows.delete(doubtful.key);
      return;
    }
    this.#lookups.take();
    try {
      const ts = await findPost(this.#deps.client, row, this.#deps.self, (found) => store.isSent(row.channel, found));
      // Which version was under way nobody knows: an edit makes it the newest.
      if (ts) return await this.#stands(lane, { ...row, version: row.version === 1 ? 1 : 0 }, ts);
    } catch (error) {
      const failure = failureOf(error);
      const code = 'code' in failure ? failure.code : failure.kind;
      // The thread or the channel may be gone: the message does not stand there, and sending says what is wrong.
      if (failure.kind !== 'refused' || !isGone(code)) {
        if (failure.kind === 'rate_limited') this.#lookups.close(failure.retryAfterMs);
        if (failure.kind === 'refused') this.#complain(row.channel, code, failure.detail);
        const delay = failure.kind === 'refused' ? REFUSED_LOOK_MS : backOff(row.attempts + 1);
        return this.#again(lane, row, 'sending', delay, row.error ?? `look-up: ${code}`);
      }
      this.#deps.log.warn({ key: row.key, code }, 'doubtful post could not be looked up');
    }
    if (row.error === 'no_answer') return this.#again(lane, row, 'sending', LOOK_AGAIN_MS, 'not found once');
    return this.#again(lane, row, 'pending', 0, 'not found in Slack');
  }

  #complain(channel: string, code: string, detail: string | undefined): void {
    const refused = `${channel} ${code}`;
    if (this.#refusedLooks.has(refused)) return;
    this.#refusedLooks.add(refused);
    this.#deps.log.error(
      { channel, code, detail, todo: remedyOf(code) },
      'Slack refused to show whether a post stands; it is not sent again until it does',
    );
  }

  async #sendEdit(lane: Lane, waiting: OutboxRow): Promise<void> {
    // Read again: another process may have brought the message further since.
    const row = await this.#deps.store.get(waiting.key);
    if (row?.state !== 'sent' || row.version <= row.sentVersion) {
      if (lane.rows.get(waiting.key) === waiting) lane.rows.delete(waiting.key);
      return;
    }
    this.#edits.take();
    try {
      await this.#deps.client.chat.update({
        channel: row.channel,
        ts: row.ts ?? '',
        text: row.content.text,
        ...(row.content.blocks ? { blocks: [...row.content.blocks] } : {}),
        metadata: { event_type: METADATA_EVENT, event_payload: { key: row.key } },
      });
      await this.#edited(lane, row);
    } catch (error) {
      const failure = failureOf(error);
      const code = 'code' in failure ? failure.code : failure.kind;
      this.#deps.metrics.count('toban_post_failures_total', { code });
      if (failure.kind === 'refused') {
        this.#deps.log.warn({ key: row.key, code, detail: failure.detail }, 'Slack refused an edit');
        const simpler = simplify(row, failure.code);
        if (!simpler) return this.#edited(lane, row);
        const edited = await this.#deps.store.edit(row.key, simpler);
        if (edited) lane.rows.set(row.key, edited);
        return;
      }
      if (failure.kind === 'uncertain') this.#lateEdits.add(row.key);
      if (failure.kind === 'rate_limited') this.#edits.close(failure.retryAfterMs);
      const current = lane.rows.get(row.key) ?? row;
      const attempts = waiting.attempts + 1;
      lane.rows.set(row.key, { ...current, attempts, notBefore: this.#later(failure, { ...row, attempts }) });
    }
  }

  #later(failure: SlackFailure, row: OutboxRow): number {
    const delay = failure.kind === 'rate_limited' ? failure.retryAfterMs : backOff(row.attempts);
    return this.#deps.clock.now() + delay;
  }

  async #edited(lane: Lane, row: OutboxRow): Promise<void> {
    // An edit without an answer may still come through, over this one: the newest is sent once more after it.
    if (this.#lateEdits.delete(row.key)) {
      const current = lane.rows.get(row.key) ?? row;
      lane.rows.set(row.key, { ...current, notBefore: this.#deps.clock.now() + LOOK_AGAIN_MS });
      return;
    }
    await this.#deps.store.edited(row.key, row.version);
    const current = lane.rows.get(row.key);
    if (current && current.version > row.version) lane.rows.set(row.key, { ...current, sentVersion: row.version });
    else lane.rows.delete(row.key);
  }
}

function trackOf(row: OutboxRow): Track {
  return row.state === 'sent' ? 'edit' : 'post';
}

function moreUrgent(a: OutboxRow, b: OutboxRow): boolean {
  return a.priority !== b.priority ? a.priority < b.priority : a.createdAt < b.createdAt;
}
