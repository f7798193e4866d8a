/** What can happen in the demo: alerts of several tools, as their posts look, and the incident that PagerDuty opens for them. */

import { CHANNELS, PAGER } from './cast.ts';
import type { PagerDutyWorld } from './pagerduty/pagerduty-world.ts';
import type { AppPost } from './slack/app-posts.ts';
import type { SlackWorld } from './slack/slack-world.ts';

export interface Scene {
  /** The monitoring tool that posts. */
  readonly tool: string;
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
  return {
    tool: 'CloudWatch',
    channel: CHANNELS.alerts,
    service,
    title: alarm,
    firing: post('ALARM'),
    recovered: post('OK'),
  };
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
  return {
    tool: 'Grafana',
    channel,
    service,
    title: name,
    firing: post('FIRING:1', 'D63232'),
    recovered: post('RESOLVED', '36a64f'),
  };
}

/** Its default template: a title and nothing else. */
function alertmanager(name: string, labels: string): Scene {
  const post = (state: 'FIRING:1' | 'RESOLVED', color: string) => {
    const title = `[${state}] ${name} (${labels})`;
    const link = 'https://alertmanager.example.com/#/alerts?receiver=slack';
    return {
      appId: 'AAM',
      botId: 'BAM',
      username: 'Alertmanager',
      subtype: 'bot_message',
      attachments: [{ color, title, title_link: link, fallback: `${title} | ${link}` }],
    };
  };
  return {
    tool: 'Alertmanager',
    channel: CHANNELS.alerts,
    service: PAGER.service,
    title: name,
    firing: post('FIRING:1', 'a30200'),
    recovered: post('RESOLVED', '2eb886'),
  };
}

function datadog(name: string, detail: string): Scene {
  const post = (state: 'Triggered' | 'Recovered', color: string) => ({
    appId: 'ADD',
    botId: 'BDD',
    userId: 'UDDBOT',
    attachments: [
      {
        color,
        title: `${state}: ${name}`,
        title_link: 'https://app.datadoghq.com/monitors/1041?link_source=monitor_notif',
        text: `${detail}\n<https://app.datadoghq.com/logs?query=service%3Aapi|View in Log Explorer>`,
        fallback: `${state}: ${name}`,
      },
    ],
    eventExtras: { bot_profile: { id: 'BDD', app_id: 'ADD', name: 'Datadog' } },
  });
  return {
    tool: 'Datadog',
    channel: CHANNELS.alerts,
    service: PAGER.service,
    title: name,
    firing: post('Triggered', 'a30200'),
    recovered: post('Recovered', '2eb886'),
  };
}

function newRelic(condition: string): Scene {
  const issue = '0ea2df1c-adab-45d2-aae0-042b609d2322';
  const link = `https://radar-api.service.newrelic.com/accounts/1/issues/${issue}?notifier=SLACK`;
  const post = (state: 'ACTIVATED' | 'CLOSED', color: string) => ({
    appId: 'ANR',
    botId: 'BNR',
    userId: 'UNRBOT',
    attachments: [
      {
        color,
        fallback: `CRITICAL priority issue is ${state}: ${condition}`,
        blocks: [{ type: 'section', text: { type: 'mrkdwn', text: `*<${link}|${condition}>*` } }],
      },
    ],
    eventExtras: { bot_profile: { id: 'BNR', app_id: 'ANR', name: 'New Relic' } },
  });
  return {
    tool: 'New Relic',
    channel: CHANNELS.alerts,
    service: PAGER.service,
    title: condition,
    firing: post('ACTIVATED', 'df2d24'),
    recovered: post('CLOSED', '2eb886'),
  };
}

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
