/** Where a declaration comes from: a message, an alert, or a command; and what is known of it without asking PagerDuty. */

import type { Alert } from '../../domain/alert.ts';
import type { Source } from '../../domain/incident.ts';
import type { Team } from '../../domain/team.ts';
import { ChatError } from '../../ports/chat.ts';
import type { IncidentDeps } from '../deps.ts';

export interface Origin {
  readonly channel: string;
  /** The message that was chosen, or that carries the button's alert. */
  readonly ts?: string;
  readonly threadTs?: string;
  readonly alertId?: string;
  /** What the title is filled with. */
  readonly title?: string;
}

/** Rides in the modal. */
export interface FormFacts {
  readonly channel: string;
  readonly source?: Source;
  readonly alertId?: string;
  readonly team?: string;
}

export interface Surroundings {
  readonly facts: FormFacts;
  readonly alert: Alert | undefined;
  readonly team: Team | undefined;
  readonly title: string;
  /** Under these the incident is known: whoever declares the same finds it. */
  readonly keys: readonly string[];
}

const LONGEST_TITLE = 150;

export async function lookAround(origin: Origin, deps: IncidentDeps): Promise<Surroundings> {
  const post = origin.ts ? { channel: origin.channel, ts: origin.threadTs ?? origin.ts } : undefined;
  const alert = origin.alertId
    ? await deps.alerts.byId(origin.alertId)
    : post && ((await deps.alerts.byPost({ ...post, ts: origin.ts ?? '' })) ?? (await deps.alerts.byPost(post)));
  const source = await sourceOf(origin, alert, deps);
  const team = deps.teams.find(({ key }) => key === alert?.team) ?? deps.teamOfChannel(origin.channel);
  const only = deps.teams.length === 1 ? deps.teams[0] : undefined;
  const typed = origin.title === undefined ? '' : titleFrom(origin.title);
  return {
    facts: {
      channel: origin.channel,
      ...(source ? { source } : {}),
      ...(alert ? { alertId: alert.id } : {}),
      ...((team ?? only) ? { team: (team ?? only)?.key ?? '' } : {}),
    },
    alert,
    team: team ?? only,
    title: (alert ? titleFrom(alert.reading.title) : '') || typed,
    keys: keysOf(source, alert),
  };
}

export function keysOf(source: Source | undefined, alert: Alert | undefined): readonly string[] {
  return [
    ...(alert ? [`alert:${alert.id}`] : []),
    ...(alert?.pagerIncidentId ? [`pager:${alert.pagerIncidentId}`] : []),
    ...(source ? [`post:${source.channel}:${source.ts}`] : []),
  ];
}

/** An alert's own message is the source whichever message of its thread was pressed. */
async function sourceOf(origin: Origin, alert: Alert | undefined, deps: IncidentDeps): Promise<Source | undefined> {
  const ts = alert ? await deps.alerts.threadOf(alert) : origin.ts;
  const channel = alert?.channel ?? origin.channel;
  if (!ts) return undefined;
  const isReply = !alert && origin.threadTs !== undefined && origin.threadTs !== ts;
  const permalink = await permalinkOf(channel, ts, deps);
  return { channel, ts, ...(isReply ? { threadTs: origin.threadTs } : {}), ...(permalink ? { permalink } : {}) };
}

/** A message in a channel without Toban has no link for it. */
async function permalinkOf(channel: string, ts: string, deps: IncidentDeps): Promise<string | undefined> {
  try {
    return await deps.chat.permalink(channel, ts);
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    return undefined;
  }
}

/** One readable line of a Slack message: its encoding undone, its marks and mentions dropped. */
export function titleFrom(text: string): string {
  const readable = text
    .replace(/<(?:https?|mailto)[^|>]*\|([^>]*)>/g, '$1')
    .replace(/<[@!#][^>|]*\|([^>]*)>/g, '$1')
    .replace(/<[@!#][^>]*>/g, '')
    .replace(/<([^>]*)>/g, '$1')
    .replace(/[*_~`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  const line = readable.split('\n').find((one) => one.trim() !== '') ?? '';
  return line
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_TITLE)
    .replace(/[\ud800-\udbff]$/, '');
}
