/** What the doctor knows before it looks anywhere: the configuration as far as it can be read. */

import type { TimeStyle } from '../domain/local-time.ts';
import type { SecretKind, SecretName } from '../ports/probes.ts';
import type { Features } from '../ports/rights.ts';

export interface ChannelUse {
  /** A name or an id, as toban.yml has it. */
  readonly channel: string;
  readonly use: 'alerts' | 'handover' | 'announcements' | 'topic' | 'changes';
}

export interface TeamSetup {
  readonly key: string;
  readonly name: string;
  readonly schedule?: string;
  readonly escalationPolicy?: string;
  readonly service?: string;
  readonly oncallGroup?: string;
  readonly topicChannel?: string;
}

export interface Setup {
  readonly style: TimeStyle;
  readonly faults: readonly { readonly where: string; readonly message: string }[];
  /** Which parts can be used at all. */
  readonly usable: {
    readonly slack: boolean;
    readonly line: boolean;
    readonly pagerduty: boolean;
    readonly file: boolean;
  };
  readonly secrets: Readonly<Record<SecretName, SecretKind>>;
  readonly mode: 'socket' | 'http';
  readonly features: Features;
  readonly teams: readonly TeamSetup[];
  readonly channels: readonly ChannelUse[];
  readonly admins: readonly string[];
  /** Lower-cased PagerDuty e-mail → Slack id. */
  readonly people: Readonly<Record<string, string>>;
  readonly pagerFrom?: string;
  /** Whether the webhook route is to be on, and where. */
  readonly webhook?: { readonly host: string; readonly port: number };
  readonly databaseUrl: string;
  readonly runbooksDir: string;
}
