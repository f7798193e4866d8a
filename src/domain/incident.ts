/** The human response that Toban keeps: what is wrong, how bad, who leads, where people talk, and how far it has come. */

/** SEV1 is the worst; when unsure the higher one is chosen (I-07). */
export const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 検知 → 確認 → 調査 → 対応 → 終息宣言 → 完了 (I-06). */
export const STATES = ['detected', 'confirmed', 'investigating', 'mitigating', 'cleared', 'completed'] as const;
export type IncidentState = (typeof STATES)[number];

/** How the harm is being stopped: 切り戻し, 緩和, その他. */
export const MITIGATIONS = ['rollback', 'relief', 'other'] as const;
export type Mitigation = (typeof MITIGATIONS)[number];

export const ROLES = ['commander', 'deputy', 'scribe', 'liaison'] as const;
export type Role = (typeof ROLES)[number];

/** Whether users are affected. */
export const IMPACTS = ['yes', 'no', 'unknown'] as const;
export type Impact = (typeof IMPACTS)[number];

/** Where people work on it; `failed`: a private room that could not be made, and nothing instead of it. */
export type Room =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening' }
  | { readonly kind: 'channel'; readonly channel: string; readonly name: string }
  | { readonly kind: 'thread'; readonly channel: string; readonly threadTs: string }
  | { readonly kind: 'failed'; readonly code: string };

/** The message that it was declared from. */
export interface Source {
  readonly channel: string;
  readonly ts: string;
  /** Where that message is a reply. */
  readonly threadTs?: string;
  readonly permalink?: string;
}

export interface Task {
  /** Counts from 1 within the incident. */
  readonly id: number;
  readonly who: string;
  readonly text: string;
  readonly startedAt: number;
  readonly doneAt?: number;
}

/** Its PagerDuty incident, or why it has none. */
export type PagerLink =
  | { readonly kind: 'none' }
  /** To be linked or created in the name of `by`. */
  | { readonly kind: 'wanted'; readonly by: string }
  | {
      readonly kind: 'linked';
      readonly id: string;
      readonly number: number;
      readonly url: string;
      readonly created: boolean;
    }
  | { readonly kind: 'refused'; readonly why: PagerRefusal };

export type PagerRefusal = 'no_account' | 'not_allowed' | 'no_service' | 'no_answer' | 'refused';

/** PagerDuty incidents that Toban opens for its own carry a dedup key that begins so: no alert is made of them. */
export const OWN_DEDUP_KEY = 'toban:incident:';

/** Times are epoch ms, people are Slack ids. */
export interface Incident {
  /** The row's own; in action values and keys. */
  readonly id: number;
  /** Shown to people; counts up for ever, skips numbers whose channel name is taken. */
  readonly number: number;
  readonly title: string;
  readonly severity: Severity;
  readonly state: IncidentState;
  readonly mitigation?: Mitigation;
  readonly impact: Impact;
  /** A sentence on who or what is affected. */
  readonly impactText?: string;
  readonly team: string;
  readonly drill: boolean;
  readonly private: boolean;
  readonly declaredBy: string;
  readonly declaredAt: number;
  readonly source?: Source;
  /** The channel that it was declared in, where it was not from a message. */
  readonly declaredIn?: string;
  readonly alertId?: string;
  readonly room: Room;
  readonly pager: PagerLink;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  readonly tasks: readonly Task[];
  /** Whom level 1 was last known to be, to notice a hand-over (I-13). */
  readonly onCall: readonly string[];
  /** When the next announcement was promised. */
  readonly nextUpdateAt?: number;
  readonly clearedAt?: number;
  readonly completedAt?: number;
}

export function isOpen({ state }: Incident): boolean {
  return state !== 'cleared' && state !== 'completed';
}

/** `inc-20261124-0007`: ASCII whatever the title (I-05). `day` is YYYY-MM-DD in the configured zone. */
export function roomName(prefix: string, day: string, number: number): string {
  return `${prefix}-${day.replaceAll('-', '')}-${String(number).padStart(4, '0')}`;
}

/** Where messages of the incident go; undefined while there is no room. */
export function placeOf({ room }: Incident): { channel: string; threadTs?: string } | undefined {
  if (room.kind === 'channel') return { channel: room.channel };
  if (room.kind === 'thread') return { channel: room.channel, threadTs: room.threadTs };
  return undefined;
}
