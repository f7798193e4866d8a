/** The bot's metrics in Prometheus' text form. */

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../ports/metrics.ts';

const COUNTERS = {
  toban_alerts_total: { help: 'Alerts received, by tool and by what became of them', labels: ['tool', 'outcome'] },
  toban_posts_total: { help: 'Messages that stand in Slack', labels: ['outcome'] },
  toban_post_failures_total: { help: 'Slack calls of the outbox that failed, by code', labels: ['code'] },
  toban_pagerduty_requests_total: { help: 'Requests to PagerDuty', labels: ['method', 'outcome'] },
  toban_webhooks_total: { help: 'PagerDuty webhooks, by what became of them', labels: ['outcome'] },
  toban_runbook_suggestions_total: { help: 'Alerts with and without a matching runbook', labels: ['outcome'] },
  toban_runbook_feedback_total: { help: 'Verdicts on suggested runbooks', labels: ['verdict'] },
} as const;

const GAUGES = {
  toban_ailing: { help: 'How many of its own vital signs are bad, 0 while all is well', labels: [] },
  toban_outbox_waiting: { help: 'Messages and edits that wait to go out', labels: [] },
  toban_slack_connected: { help: '1 while the line to Slack stands', labels: [] },
  toban_roster_age_seconds: { help: 'Age of the last answer on who is on call', labels: ['team'] },
} as const;

export function createPrometheus(): Metrics & { text(): Promise<{ contentType: string; text: string }> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const counters = new Map(
    Object.entries(COUNTERS).map(([name, { help, labels }]) => [
      name,
      new Counter({ name, help, labelNames: [...labels], registers }),
    ]),
  );
  const gauges = new Map(
    Object.entries(GAUGES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers }),
    ]),
  );
  const mention = new Histogram({
    name: 'toban_mention_seconds',
    help: 'From an alert being received to its mention standing in Slack',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
    registers,
  });
  return {
    count: (name, labels) => counters.get(name)?.inc(labels ?? {}),
    gauge: (name, value, labels) => gauges.get(name)?.set(labels ?? {}, value),
    observe: (_name, seconds) => mention.observe(seconds),
    text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
