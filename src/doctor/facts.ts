/** What the doctor saw; a part is absent where it could not be looked at. */

import type { Responder } from '../domain/responder.ts';
import type { RunbookFault } from '../domain/runbook.ts';
import type { OnCallEntry } from '../ports/pager.ts';
import type { BotSeen, ChannelSeen, DatabaseSeen, PolicySeen, Probe } from '../ports/probes.ts';

/** Whether a person whose shift comes can be mentioned. */
export interface PersonSeen {
  readonly responder: Responder;
  /** Epoch ms; the start of their first shift from now on. */
  readonly from: number;
  readonly linked: 'yes' | 'no' | 'gone' | 'unasked';
}

export interface Facts {
  /** Epoch ms. */
  readonly now: number;
  readonly slack: {
    readonly bot?: Probe<BotSeen>;
    readonly line?: Probe<void>;
    readonly channels?: Probe<readonly ChannelSeen[]>;
    readonly time?: Probe<number>;
    /** Absent where no team keeps one. */
    readonly groups?: Probe<readonly string[]>;
    /** The admins of toban.yml whom Slack does not know. */
    readonly unknownAdmins?: readonly string[];
  };
  readonly pager: {
    readonly abilities?: Probe<readonly string[]>;
    readonly people?: Probe<readonly Responder[]>;
    /** By id. */
    readonly schedules: ReadonlyMap<string, Probe<string | undefined>>;
    readonly policies: ReadonlyMap<string, Probe<PolicySeen | undefined>>;
    readonly services: ReadonlyMap<string, Probe<{ readonly name: string; readonly policyId: string } | undefined>>;
    readonly onCalls?: Probe<readonly OnCallEntry[]>;
  };
  /** Absent where either side could not be asked. */
  readonly people?: readonly PersonSeen[];
  readonly host: {
    readonly node: string;
    readonly database: DatabaseSeen;
    readonly webhook?: Probe<number>;
    /** Absent where the feature is off. */
    readonly runbooks?: { readonly pages: number; readonly faults: readonly RunbookFault[] };
  };
}

/** How far ahead the doctor looks for gaps and for people. */
export const AHEAD_MS = 14 * 24 * 3_600_000;
