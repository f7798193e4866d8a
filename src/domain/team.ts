/** A team as the features need it: whose on-call it is, and where its alerts arrive. */

export interface Team {
  readonly key: string;
  readonly name: string;
  /** PagerDuty ids. At least one of the two is set. */
  readonly escalationPolicy?: string;
  readonly schedule?: string;
  /** PagerDuty service id: incidents of it belong to the team. */
  readonly service?: string;
  /** Slack user group of the whole team. */
  readonly userGroup?: string;
}
