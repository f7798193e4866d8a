/** What can happen in the demo: alerts of several tools, and the incident that PagerDuty opens for them. */

import { CHANNELS, PAGER } from './cast.ts';
import type { PagerDutyWorld } from './pagerduty/pagerduty-world.ts';
import type { SlackWorld } from './slack/slack-world.ts';
import { alertmanager, cloudwatch, datadog, grafana, newRelic } from './tool-posts.ts';
import type { Scene } from './tool-posts.ts';

const otherTools: readonly Scene[] = [
  alertmanager('TargetResponseTimeHigh', 'alb-api critical'),
  datadog('ElastiCache memory usage is high', 'DatabaseMemoryUsagePercentage was 91.2 % in the last 5 minutes.'),
  newRelic("Memory Used % over 90 for 2 minutes on 'api-web'"),
];

const scenesJa: readonly [Scene, ...Scene[]] = [
  cloudwatch(
    'prod-aurora-AuroraReplicaLag',
    'Threshold Crossed: 3 datapoints [31820.0] were greater than the threshold (30000.0).',
    PAGER.service,
  ),
  grafana(
    'ジョブ送信キューの滞留 (sqs-backlog)',
    ' - alertname = SqsBacklog\n - severity = critical\n - service = jobs',
    PAGER.service,
    CHANNELS.alerts,
  ),
  grafana(
    'HTTP 5xx error rate payments',
    ' - alertname = Http5xxErrorRate\n - severity = critical\n - service = payments',
    PAGER.payService,
    CHANNELS.alertsPay,
  ),
  cloudwatch(
    'prod-widget-mystery-gauge',
    'Threshold Crossed: 1 datapoint [7.0] was less than the threshold (9.0).',
    PAGER.service,
  ),
  ...otherTools,
];

const scenesEn: readonly [Scene, ...Scene[]] = [
  grafana(
    'DiskUsageHigh db-3 /var 91%',
    ' - alertname = DiskUsageHigh\n - severity = critical\n - instance = db-3',
    PAGER.service,
    CHANNELS.alerts,
  ),
  ...scenesJa.slice(2),
];

/** In the order in which the demo shows them; the first has a runbook in that language. */
export const SCENES = { ja: scenesJa, en: scenesEn } as const;

export interface FiredScene {
  readonly scene: Scene;
  readonly ts: string;
  readonly incident: string;
}

/** The tool tells PagerDuty and Slack at once, as teams set it up. */
export function fire(scene: Scene, slack: SlackWorld, pagerduty: PagerDutyWorld): FiredScene {
  const incident = pagerduty.trigger({ service: scene.service, title: scene.title });
  return { scene, incident, ts: slack.postAsApp(scene.channel, scene.firing) };
}

/** One cause, many alerts at once. */
export function storm(count: number, slack: SlackWorld, pagerduty: PagerDutyWorld): void {
  for (let host = 1; host <= count; host++) {
    const name = `TargetDown web-${String(host).padStart(2, '0')}`;
    const labels = ` - alertname = TargetDown\n - severity = critical\n - instance = web-${host}`;
    fire(grafana(name, labels, PAGER.service, CHANNELS.alerts), slack, pagerduty);
  }
}

/** And so it does when it is over. */
export function recover({ scene, incident }: FiredScene, slack: SlackWorld, pagerduty: PagerDutyWorld): void {
  if (pagerduty.incident(incident).status !== 'resolved') pagerduty.resolve(incident);
  slack.postAsApp(scene.channel, scene.recovered);
}
