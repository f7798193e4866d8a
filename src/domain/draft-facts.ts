/** What is known of an incident when its draft is written; whatever is absent is left for people to fill in (P-02). */

/** One row of the timeline, in words. */
export interface FactRow {
  readonly state: string;
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly note: string;
}

/** Everything is plain text: the draft makes it safe. */
export interface DraftFacts {
  readonly title: string;
  readonly severity?: string;
  readonly happenedAt?: string;
  readonly foundAt?: string;
  readonly recoveredAt?: string;
  readonly closedAt?: string;
  readonly duration?: string;
  readonly timeToFind?: string;
  readonly timeToAcknowledge?: string;
  readonly timeToRecover?: string;
  readonly commander?: string;
  readonly responders?: readonly string[];
  readonly owner?: string;
  readonly room?: Link;
  readonly pagerduty?: Link;
  readonly impact?: string;
  /** How it was noticed: the alert and who took it. */
  readonly detection?: readonly FactRow[];
  /** What was done to end it. */
  readonly mitigations?: readonly FactRow[];
  readonly timeline?: readonly FactRow[];
  readonly drill?: boolean;
}

export interface Link {
  readonly label: string;
  readonly url?: string;
}
