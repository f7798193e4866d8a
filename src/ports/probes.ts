/** What the doctor asks of the outside: each probe looks, changes nothing, and never rejects. */

import type { Responder } from '../domain/responder.ts';
import type { OnCallEntry, OnCallQuery } from './pager.ts';

export type Probe<T> =
  | { readonly kind: 'answered'; readonly value: T }
  /** The other side said no; `code` is its own word, `detail` what it added. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail?: string }
  /** Nobody answered, or not now. */
  | { readonly kind: 'silent'; readonly reason: string };

export interface BotSeen {
  readonly userId: string;
  readonly name: string;
  readonly team: string;
  /** Undefined where Slack did not say. */
  readonly scopes: readonly string[] | undefined;
}

export interface ChannelSeen {
  readonly id: string;
  readonly name: string;
  readonly isMember: boolean;
}

export interface SlackProbe {
  whoAmI(): Promise<Probe<BotSeen>>;
  /** Asks for a line of Socket Mode and opens none. */
  line(): Promise<Probe<void>>;
  /** Public ones, and the private ones that the bot is in; without archived ones. */
  channels(): Promise<Probe<readonly ChannelSeen[]>>;
  /** The active person of that e-mail; undefined where Slack knows none. */
  personByEmail(email: string): Promise<Probe<string | undefined>>;
  /** Whether there is an active person of that id. */
  isPerson(slackId: string): Promise<Probe<boolean>>;
  /** The ids of the active user groups. */
  userGroups(): Promise<Probe<readonly string[]>>;
  /** Slack's own time, epoch ms. */
  time(): Promise<Probe<number>>;
}

export interface PolicySeen {
  readonly name: string;
  /** How many targets each level has, level 1 first. */
  readonly targets: readonly number[];
}

export interface PagerProbe {
  /** What the account's plan can do. */
  abilities(): Promise<Probe<readonly string[]>>;
  people(): Promise<Probe<readonly Responder[]>>;
  /** The name; undefined where PagerDuty has no such thing. */
  schedule(id: string): Promise<Probe<string | undefined>>;
  policy(id: string): Promise<Probe<PolicySeen | undefined>>;
  service(id: string): Promise<Probe<{ readonly name: string; readonly policyId: string } | undefined>>;
  onCalls(query: OnCallQuery): Promise<Probe<readonly OnCallEntry[]>>;
}

export type DatabaseSeen =
  /** `fresh`: there is none yet, and one can be made. */
  | { readonly kind: 'fresh' | 'sound'; readonly freeBytes: number }
  | { readonly kind: 'unwritable'; readonly code: string }
  /** Made by a newer version. */
  | { readonly kind: 'newer'; readonly migration: string }
  | { readonly kind: 'damaged'; readonly detail: string };

export interface HostProbe {
  /** `24.21.0` */
  readonly node: string;
  database(): Promise<DatabaseSeen>;
  /** The status that an unsigned call to the webhook route gets. */
  webhook(): Promise<Probe<number>>;
}

export type SecretName = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET' | 'PAGERDUTY_TOKEN';

/** What a value looks like, whatever it was meant to be. */
export type SecretKind = 'missing' | 'bot' | 'app' | 'person' | 'rotating' | 'other_slack' | 'plain';
