/** What can happen in the demo: alerts of several tools, as their posts look, and the incident that PagerDuty opens for them. */

import { CHANNELS, PAGER } from './cast.ts';
import type { PagerDutyWorld } from './pagerduty/pagerduty-world.ts';
import type { AppPost } from './slack/app-posts.ts';
import type { SlackWorld } from './slack/slack-world.ts';

export interface Scene {
  readonly channel: string;
  readonly service: string;
  readonly title: string;
  readonly firing: AppPost;
  readonly recovered: AppPost;
}

const AWS = { appId: 'AAWS', botId: 'BAWS', username: 'AWS Alarm notification', subtype: 'bot_message' };
const GRAFANA = { appId: 'AGRAF', botId: 'BGRAF', username: 'Grafana', subtype: 'bot_message' };
const console_ = 'https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#alarmsV2:alarm/';

function cloudwatch(alarm: string, detail: string, service: string): Scene {
  const post = (state: string) => ({
    ...AWS,
    text: `The alarm ${alarm} changed state to ${state}: ${detail}\n<${console_}${alarm}|see the alarm>`,
  });
  return { channel: CHANNELS.alerts, service, title: alarm, firing: post('ALARM'), recovered: post('OK') };
}

function grafana(name: string, labels: string, service: string, channel: string): Scene {
  const post = (state: 'FIRING:1' | 'RESOLVED', color: string) => ({
    ...GRAFANA,
    text: '',
    attachments: [
      {
        color,
        title: `[${state}] ${name}`,
        title_link: 'https://grafana.example.com/alerting/list',
        text: `Labels:\n${labels}`,
        fallback: `[${state}] ${name}`,
      },
    ],
  });
  return { channel, service, title: name, firing: post('FIRING:1', 'D63232'), recovered: post('RESOLVED', '36a64f') };
}

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

/** And so it does when it is over. */
export function recover({ scene, incident }: FiredScene, slack: SlackWorld, pagerduty: PagerDutyWorld): void {
  if (pagerduty.incident(incident).status !== 'resolved') pagerduty.resolve(incident);
  slack.postAsApp(scene.channel, scene.recovered);
}
