/** Which channels are watched, for which team, and whose messages count there (A-05, A-12, O-07). */

import type { Alert } from '../domain/alert.ts';
import type { PagerIncident } from '../domain/pager-incident.ts';
import type { Team } from '../domain/team.ts';
import type { PostAuthor } from '../ports/chat.ts';
import type { MentionRule } from './coverage.ts';
import type { RemindRules } from './reminders/due.ts';

export interface WatchedChannel {
  readonly team: Team;
  /** App or bot ids whose posts count. */
  readonly apps: 'any' | readonly string[];
  readonly ignoreApps: readonly string[];
  readonly remind: RemindRules;
  readonly mention: MentionRule;
  /** Absent: those of the whole bot. */
  readonly features?: AlertFeatures;
}

export interface AlertFeatures {
  readonly mentions: boolean;
  readonly runbooks: boolean;
}

export interface Watch {
  /** By Slack channel id. */
  channel(id: string): WatchedChannel | undefined;
  /** Where an alert of the team goes that no message brought. */
  home(team: string): string | undefined;
  team(key: string): Team | undefined;
  /** The PagerDuty services to ask for; empty = all, where a policy may cover services that no team names. */
  services(): readonly string[];
  /** The team that answers for a PagerDuty incident: by service first, then by escalation policy. */
  teamOf(incident: PagerIncident): Team | undefined;
}

/** What is on in a channel: switched on for the bot, and not off there (O-05). */
export function featuresIn(channel: string, of: { watch: Watch; features: AlertFeatures }): AlertFeatures {
  const own = of.watch.channel(channel)?.features;
  return {
    mentions: of.features.mentions && own?.mentions !== false,
    runbooks: of.features.runbooks && own?.runbooks !== false,
  };
}

/** Whether anybody is called for the alert where it stands; whoever was paged by hand is called anywhere. */
export function callsFor(alert: Pick<Alert, 'channel' | 'reading'>, of: { watch: Watch; features: AlertFeatures }) {
  return alert.reading.calledBy !== undefined || featuresIn(alert.channel, of).mentions;
}

export function counts(author: PostAuthor, watched: WatchedChannel): boolean {
  if (author.kind !== 'app') return false;
  const ids = [author.appId, author.botId].filter((id) => id !== undefined);
  if (ids.some((id) => watched.ignoreApps.includes(id))) return false;
  return watched.apps === 'any' || ids.some((id) => watched.apps.includes(id));
}
