/** Who is paged, in which order and after how long: PagerDuty's escalation policy. */

export interface EscalationPolicy {
  /** PagerDuty id. */
  readonly id: string;
  readonly name: string;
  /** How often it begins again from the first level. */
  readonly repeats: number;
  /** Lowest level first. */
  readonly levels: readonly PolicyLevel[];
}

export interface PolicyLevel {
  readonly level: number;
  /** Minutes without an acknowledgement until the next level is paged. */
  readonly timeoutMinutes: number;
  readonly targets: readonly PolicyTarget[];
}

export interface PolicyTarget {
  readonly kind: 'person' | 'schedule';
  readonly id: string;
  readonly name: string;
}
