/** The refusals of the local Slack: an error code in a 200 answer, or a 429. */
import type { Fields } from './wire-values.ts';

export class Refusal extends Error {
  readonly code: string;
  readonly extra: Fields;

  /** `extra` is merged into the answer, e.g. `{ needed, provided }` or `{ response_metadata }`. */
  constructor(code: string, extra: Fields = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

export class RateLimited extends Refusal {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super('ratelimited');
    this.retryAfter = retryAfter;
  }
}

/** Says what is wrong as Slack does, in `response_metadata.messages`. */
export function refusalWithMessages(code: string, messages: readonly string[]): Refusal {
  return new Refusal(code, { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } });
}
