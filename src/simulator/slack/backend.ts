/** What the methods and acts of the local Slack work on: its state, its clock and its ways to tell the app. */
import type { SimulatedClock } from '../clock.ts';
import type { Canvas } from './canvases.ts';
import type { Channels } from './channels.ts';
import type { Directory } from './directory.ts';
import type { Push } from './envelope.ts';
import type { EventStream } from './event-stream.ts';
import type { Feed } from './feed.ts';
import type { Identity, Mint } from './identity.ts';
import type { SlackManifest } from './manifest.ts';
import type { MessageLog } from './message-log.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Sockets } from './sockets.ts';
import type { Triggers } from './triggers.ts';
import type { Views } from './views.ts';
import type { Fields } from './wire-values.ts';

/** What only one person sees. */
export interface Ephemeral {
  readonly channel: string;
  readonly user: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly text: string;
  readonly blocks: readonly Fields[];
  readonly attachments: readonly Fields[];
}

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  title: string;
  content: Buffer | undefined;
  /** Where it was posted. */
  shares: readonly { readonly channel: string; readonly ts: string }[];
}

export interface Backend {
  readonly clock: SimulatedClock;
  readonly mint: Mint;
  readonly identity: Identity;
  readonly manifest: SlackManifest;
  readonly directory: Directory;
  readonly channels: Channels;
  readonly log: MessageLog;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly files: Map<string, UploadedFile>;
  readonly canvases: Map<string, Canvas>;
  readonly events: EventStream;
  readonly feed: Feed;
  readonly limits: RateLimits;
  readonly sockets: Sockets;
  readonly push: Push;
  ephemerals: readonly Ephemeral[];
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly origin: () => string;
}
