/** Alerts looked back on: counts and short lists over a span of time, for every team at once. */

export interface AlertLine {
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  readonly ts?: string;
  readonly title: string;
  /** Epoch ms. */
  readonly firedAt: number;
}

export interface AlertCounts {
  readonly team: string;
  readonly fired: number;
  /** Those whose mention called somebody. */
  readonly called: number;
  readonly unacknowledged: number;
}

export interface NoisyAlert {
  readonly team: string;
  readonly title: string;
  /** How often it fired, repeats counted. */
  readonly times: number;
}

/** `since` and `until` are epoch ms; lists are newest first. */
export interface AlertDigest {
  counts(since: number, until: number): Promise<readonly AlertCounts[]>;
  /** When each alert fired. */
  times(since: number, until: number): Promise<readonly { readonly team: string; readonly firedAt: number }[]>;
  unacknowledged(since: number, until: number, limit: number): Promise<readonly AlertLine[]>;
  /** Not resolved, and fired at `since` or later. */
  open(since: number, limit: number): Promise<readonly AlertLine[]>;
  /** Not resolved, neither themselves nor their PagerDuty incident, however old. */
  paging(limit: number): Promise<readonly AlertLine[]>;
  /** Of low urgency in PagerDuty. */
  lowUrgency(since: number, until: number, limit: number): Promise<readonly AlertLine[]>;
  /** The alert of each team that fired most often. */
  noisiest(since: number, until: number): Promise<readonly NoisyAlert[]>;
}
