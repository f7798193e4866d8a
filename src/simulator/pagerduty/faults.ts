/** Misfortunes that a scenario lays in the way of chosen requests. */

export interface Fault {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** The path itself, or a pattern for it; `query` is no part of it. */
  readonly path: RegExp | string;
  readonly kind:
    /** `status` (400) with `body`, or with a plain error. */
    | 'error'
    | 'http500'
    /** 429 with headers (`resetSeconds`, 30) and body. */
    | 'rate_limited'
    /** 429 without either, which PagerDuty says may happen. */
    | 'rate_limited_bare'
    /** Answered as usual, `delayMs` of the simulated clock (3000) later. */
    | 'slow'
    /** Never answered, nothing done. */
    | 'hang'
    /** Done, but the connection breaks before the answer. */
    | 'lost_answer'
    /** The connection breaks, nothing done. */
    | 'refuse'
    /** 200 with a page of HTML, nothing done. */
    | 'not_json';
  readonly status?: number;
  readonly body?: unknown;
  readonly delayMs?: number;
  readonly resetSeconds?: number;
  /** How many requests it meets; all of them when absent. */
  readonly times?: number;
}

export class Faults {
  #laid: { readonly fault: Fault; left: number }[] = [];

  /** Returns what takes it away again. The first one laid that fits a request meets it. */
  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#laid.push(entry);
    return () => {
      this.#laid = this.#laid.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#laid = [];
  }

  /** The fault that meets this request, used up by one. */
  meet(method: string, path: string): Fault | undefined {
    const entry = this.#laid.find(({ fault, left }) => {
      if (left <= 0 || (fault.method !== undefined && fault.method !== method)) return false;
      return typeof fault.path === 'string' ? fault.path === path : fault.path.test(path);
    });
    if (entry) entry.left -= 1;
    return entry?.fault;
  }
}
