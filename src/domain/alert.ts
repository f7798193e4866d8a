/** One signal from monitoring: what an alert says, and what Toban keeps of it. */

/** `unknown` counts as firing: a message that cannot be read must not be dropped. */
export type AlertState = 'firing' | 'resolved' | 'acknowledged';

/** As the monitoring tool rates it; `unknown` where the message does not say. */
export type AlertSeverity = 'critical' | 'error' | 'warning' | 'info' | 'unknown';

export type AlertTool =
  'pagerduty' | 'grafana' | 'alertmanager' | 'cloudwatch' | 'new-relic' | 'datadog' | 'sentry' | 'other';

export interface AlertLink {
  readonly url: string;
  readonly label: string;
}

/** What the text of an alert message says, read without asking anybody. */
export interface AlertReading {
  readonly tool: AlertTool;
  readonly state: AlertState;
  readonly title: string;
  readonly severity: AlertSeverity;
  /** The service, application or namespace that the message names; absent where it names none. */
  readonly service?: string;
  readonly links: readonly AlertLink[];
  /** Runbook addresses or ids that the alert itself names. */
  readonly runbookRefs: readonly string[];
  /** PagerDuty incident ids or numbers that the message links to. */
  readonly pagerRefs: readonly string[];
  /** What the tool itself calls this alert, to compare with a PagerDuty dedup key. */
  readonly dedupKeys: readonly string[];
  /** Equal for every re-fire and for the recovery of the same alert. */
  readonly fingerprint: string;
  /** The Slack id of whoever paged people by hand; absent for what monitoring told. */
  readonly calledBy?: string;
  /** Everything readable in the message, plain text, for the runbook matcher. */
  readonly text: string;
}

/** How an alert came to be tied to its PagerDuty incident; `hand`: somebody corrected the tie, and nothing else changes it. */
export type JoinReason = 'link' | 'dedup-key' | 'title' | 'hand';

/** An alert as Toban keeps it. */
export interface Alert {
  /** `CHANNEL:TS` of the message that brought it, or `pagerduty:INCIDENT` where no message did. */
  readonly id: string;
  readonly team: string;
  readonly channel: string;
  /** The message's Slack timestamp; absent until a message that Toban posts itself has been sent. */
  readonly ts?: string;
  readonly reading: AlertReading;
  /** Epoch ms. */
  readonly firedAt: number;
  readonly refires: number;
  /** Epoch ms. */
  readonly lastFiredAt: number;
  readonly pagerIncidentId?: string;
  readonly joinedBy?: JoinReason;
  readonly acknowledgedAt?: number;
  /** Slack mrkdwn-safe display of who acknowledged: a Slack id where known, else a plain name. */
  readonly acknowledgedBy?: Person;
  /** True where the acknowledgement was recorded by Toban alone, there being no PagerDuty incident. */
  readonly acknowledgedHereOnly?: boolean;
  readonly resolvedAt?: number;
  /** The level that was last mentioned; 0 where nobody could be. */
  readonly level: number;
  /** Whom the first mention called. */
  readonly mention: Mention;
  /** When that mention was made, epoch ms. */
  readonly mentionedAt: number;
  /** The storm in whose message it is listed instead of a mention of its own. */
  readonly stormId?: string;
}

/** Whom a message calls, and why not somebody else. */
export interface Mention {
  readonly targets: readonly MentionTarget[];
  /** The escalation level that the targets stand on; 0 where it is the team's group or nobody. */
  readonly level: number;
  /**
   * Set where its urgency is low: `low` is told without a reminder, and nobody or the team's group is called; `quiet` has a
   * reaction only.
   */
  readonly hush?: 'low' | 'quiet';
  /** True where nobody at all is on call on the first level (H-15). */
  readonly firstLevelEmpty?: boolean;
  /** People of lower levels who cannot be mentioned in Slack. */
  readonly passedOver: readonly { readonly level: number; readonly name: string }[];
}

export type MentionTarget =
  | { readonly kind: 'person'; readonly slackId: string; readonly name: string }
  | { readonly kind: 'group'; readonly groupId: string };

/** Somebody to show in a message: by Slack id where there is one, else by name. */
export interface Person {
  readonly slackId?: string;
  readonly name: string;
}

/** One word for a set of people: equal where the same ones are called. */
export function calleesOf(mention: Mention): string {
  return mention.targets
    .map((target) => (target.kind === 'person' ? target.slackId : target.groupId))
    .toSorted()
    .join(' ');
}

const RANK: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, error: 2, unknown: 2, critical: 3 };

/** Higher is graver; an alert that does not say counts as an error. */
export function severityRank(severity: AlertSeverity): number {
  return RANK[severity];
}
