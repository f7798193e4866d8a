/** What the bot counts of its own work. */

export interface Metrics {
  count(name: MetricName, labels?: Readonly<Record<string, string>>): void;
  observe(name: 'toban_mention_seconds', seconds: number): void;
  gauge(name: GaugeName, value: number, labels?: Readonly<Record<string, string>>): void;
}

export type MetricName =
  | 'toban_alerts_total'
  | 'toban_posts_total'
  | 'toban_post_failures_total'
  | 'toban_pagerduty_requests_total'
  | 'toban_webhooks_total'
  | 'toban_runbook_suggestions_total'
  | 'toban_runbook_feedback_total';

export type GaugeName = 'toban_ailing' | 'toban_outbox_waiting' | 'toban_slack_connected' | 'toban_roster_age_seconds';

export const silentMetrics: Metrics = { count: () => {}, observe: () => {}, gauge: () => {} };
