/** Faults that a test or the demo asks for: errors, limits, slowness and lost connections, per method and a number of times. */
import type { Fields } from './wire-values.ts';

type FaultKind = 'error' | 'http500' | 'rate_limited' | 'slow' | 'hang' | 'lost_answer' | 'refuse';

export interface Fault {
  /** A Web API method, `response_url` or `*`. */
  readonly method: string;
  readonly kind: FaultKind;
  /** For `error`: the code that Slack answers. */
  readonly error?: string;
  /** For `rate_limited`: seconds, default 1. */
  readonly retryAfter?: number;
  /** For `slow`: milliseconds of the clock, default 1000. */
  readonly delayMs?: number;
  /** How many calls it strikes, default 1. */
  readonly times?: number;
  readonly when?: (args: Fields) => boolean;
}

export class Faults {
  #armed: { readonly fault: Fault; left: number }[] = [];

  /** Returns what disarms it. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? 1 };
    this.#armed.push(entry);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The fault that strikes this call, counted. */
  strike(method: string, args: Fields): Fault | undefined {
    const entry = this.#armed.find(
      ({ fault, left }) =>
        left > 0 && (fault.method === '*' || fault.method === method) && (fault.when?.(args) ?? true),
    );
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}
