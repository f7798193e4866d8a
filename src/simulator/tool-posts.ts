/** How the posts of monitoring tools look, when they fire and when it is over. */

import { CHANNELS, PAGER } from './cast.ts';
import type { AppPost } from './slack/app-posts.ts';

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

export function cloudwatch(alarm: string, detail: string, service: string): Scene {
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

export function grafana(name: string, labels: string, service: string, channel: string): Scene {
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
export function alertmanager(name: string, labels: string): Scene {
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

export function datadog(name: string, detail: string): Scene {
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

export function newRelic(condition: string): Scene {
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
