/** What goes over the wire between the bot and both services, one short line each. */

import type { WorldEvent as PagerEvent } from '../pagerduty/pagerduty-world.ts';
import type { WorldEvent as SlackEvent } from '../slack/feed.ts';
import { fieldsOf, textOf } from '../slack/wire-values.ts';

export interface WireLine {
  readonly at: number;
  readonly from: 'slack' | 'pagerduty' | 'toban';
  readonly to: 'slack' | 'pagerduty' | 'toban';
  readonly what: string;
  readonly outcome: string;
}

export function slackLine(event: SlackEvent, at: number): WireLine | undefined {
  switch (event.kind) {
    case 'call': {
      const call = fieldsOf(event.call);
      return { at, from: 'toban', to: 'slack', what: textOf(call['method']), outcome: textOf(call['outcome']) };
    }
    case 'delivery':
      return { at, from: 'slack', to: 'toban', what: event.type, outcome: event.outcome };
    case 'socket':
      return { at, from: 'slack', to: 'toban', what: 'socket', outcome: event.open ? 'open' : 'closed' };
    default:
      return undefined;
  }
}

export function pagerLine(event: PagerEvent, at: number): WireLine | undefined {
  if (event.kind === 'call') {
    const { method, path, status } = event.call;
    return { at, from: 'toban', to: 'pagerduty', what: `${method} ${path}`, outcome: String(status ?? '') };
  }
  if (event.kind === 'webhook') {
    return { at, from: 'pagerduty', to: 'toban', what: event.webhook.eventType, outcome: event.webhook.state };
  }
  return undefined;
}
