/** The Events API: what the app subscribed to and may see, wrapped, sent, retried, and the ways in which that goes wrong. */
import type { SimulatedClock } from '../clock.ts';
import type { Push } from './envelope.ts';
import type { Feed } from './feed.ts';
import type { Identity, Mint } from './identity.ts';
import type { SlackManifest } from './manifest.ts';
import type { Fields } from './wire-values.ts';

/** Slack tries again at once, after a minute and after five. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];

export interface SentEvent {
  readonly id: string;
  readonly type: string;
  readonly event: Fields;
  readonly body: Fields;
  readonly attempts: readonly {
    readonly at: number;
    readonly outcome: 'pending' | 'acked' | 'timeout' | 'unreachable';
  }[];
}

interface EventStreamOptions {
  readonly clock: SimulatedClock;
  readonly mint: Mint;
  readonly feed: Feed;
  readonly identity: Identity;
  readonly manifest: SlackManifest;
  readonly push: Push;
}

interface Outgoing extends SentEvent {
  readonly attempts: { at: number; outcome: 'pending' | 'acked' | 'timeout' | 'unreachable' }[];
}

export class EventStream {
  readonly #options: EventStreamOptions;
  readonly #sent: Outgoing[] = [];
  /** While true each event goes out twice under one event_id. */
  duplicate = false;
  /** While true events are lost: nothing is sent, then or later. */
  hold = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  get sent(): readonly SentEvent[] {
    return this.#sent;
  }

  /** Sends `event` if the manifest subscribes to `subscription` and holds `scope`; otherwise nothing leaves. */
  emit(subscription: string, scope: string | undefined, event: Fields): void {
    const { manifest } = this.#options;
    if (this.hold || !manifest.events.has(subscription) || (scope && !manifest.scopes.has(scope))) return;
    const outgoing = this.#wrap(event);
    this.#sent.push(outgoing);
    this.#attempt(outgoing, 0, undefined);
    if (this.duplicate) this.#attempt(outgoing, 0, undefined);
  }

  redeliver(eventId: string): void {
    const found = eventId === 'last' ? this.#sent.at(-1) : this.#sent.find((sent) => sent.id === eventId);
    if (!found) throw new Error(`No event ${eventId} was sent, so it cannot be sent again`);
    this.#attempt(found, 1, 'http_timeout', false);
  }

  #wrap(event: Fields): Outgoing {
    const { identity, mint } = this.#options;
    const id = mint.id('Ev');
    const body = {
      token: identity.verificationToken,
      team_id: identity.teamId,
      context_team_id: identity.teamId,
      context_enterprise_id: null,
      api_app_id: identity.appId,
      event,
      type: 'event_callback',
      event_id: id,
      event_time: mint.seconds(),
      authorizations: [
        {
          enterprise_id: null,
          team_id: identity.teamId,
          user_id: identity.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${id}`,
    };
    return { id, type: String(event['type']), event, body, attempts: [] };
  }

  #attempt(outgoing: Outgoing, attempt: number, reason: string | undefined, retries = true): void {
    const { clock, feed, push } = this.#options;
    const record: Outgoing['attempts'][number] = { at: clock.now(), outcome: 'pending' };
    outgoing.attempts.push(record);
    const retry = reason === undefined ? {} : { retry: { attempt, reason } };
    void push({ type: 'events_api', payload: outgoing.body, ...retry }).then((receipt) => {
      record.outcome = receipt.kind;
      feed.emit({ kind: 'delivery', type: outgoing.type, outcome: receipt.kind, eventId: outgoing.id });
      const delay = RETRY_DELAYS_MS[attempt];
      if (receipt.kind === 'acked' || !retries || delay === undefined) return;
      const why = receipt.kind === 'timeout' ? 'timeout' : 'http_error';
      clock.setTimer(delay, () => this.#attempt(outgoing, attempt + 1, why));
    });
  }
}
