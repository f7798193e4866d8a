/** What Slack sends to an app, whichever way it travels, and what came back. */
import type { Fields } from './wire-values.ts';

export interface Envelope {
  readonly type: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Fields;
  readonly retry?: { readonly attempt: number; readonly reason: string };
}

export type Receipt =
  | { readonly kind: 'acked'; readonly afterMs: number; readonly payload: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable'; readonly why: string };

/** An app has three seconds to acknowledge, over a socket as over HTTP. */
export const ACK_DEADLINE_MS = 3000;

export type Push = (envelope: Envelope) => Promise<Receipt>;
