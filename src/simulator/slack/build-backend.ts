/** Puts the parts of the local Slack together. */
import type { SimulatedClock } from '../clock.ts';
import type { Backend } from './backend.ts';
import { Channels } from './channels.ts';
import { Directory } from './directory.ts';
import type { Envelope, Push, Receipt } from './envelope.ts';
import { EventStream } from './event-stream.ts';
import { Feed } from './feed.ts';
import { Mint } from './identity.ts';
import type { Identity } from './identity.ts';
import type { SlackManifest } from './manifest.ts';
import { MessageLog } from './message-log.ts';
import { RateLimits } from './rate-limits.ts';
import { Sockets } from './sockets.ts';
import { Triggers } from './triggers.ts';
import { Views } from './views.ts';

interface BackendParts {
  readonly clock: SimulatedClock;
  readonly identity: Identity;
  readonly manifest: SlackManifest;
  readonly tiers: boolean;
  readonly messagesPerSecond: number;
  readonly pace: number;
  readonly origin: () => string;
  /** Sends over HTTP, or undefined while the app uses sockets. */
  readonly postTo: (envelope: Envelope) => Promise<Receipt> | undefined;
}

export function buildBackend(parts: BackendParts): Backend {
  const { clock, identity, manifest, origin } = parts;
  const feed = new Feed();
  const mint = new Mint(clock);
  const sockets = new Sockets({ clock, mint, feed, appId: identity.appId, pace: parts.pace });
  const push: Push = (envelope) => parts.postTo(envelope) ?? sockets.push(envelope);
  return {
    clock,
    mint,
    identity,
    manifest,
    feed,
    sockets,
    push,
    origin,
    directory: new Directory(),
    channels: new Channels(),
    log: new MessageLog(),
    views: new Views(identity, mint, feed),
    triggers: new Triggers(clock, mint, parts.pace),
    files: new Map(),
    canvases: new Map(),
    events: new EventStream({ clock, mint, feed, identity, manifest, push }),
    limits: new RateLimits({ clock, tiers: parts.tiers, messagesPerSecond: parts.messagesPerSecond }),
    ephemerals: [],
  };
}
