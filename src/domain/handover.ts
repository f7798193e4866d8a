/** A handover: what the incoming person must know at the moment at which the pager changes hands. */

import type { DayOff } from './calendar.ts';

/** A person as a message shows them; without a Slack id they cannot be mentioned. */
export interface Holder {
  /** PagerDuty user id. */
  readonly id: string;
  readonly name: string;
  readonly slackId?: string;
}

/** What happens to a team's pager: it changes hands, it stays, nobody takes it, or nobody knows. */
export type TurnKind = 'changed' | 'same' | 'gap' | 'unknown';

/** An alert or an incident in a line of the post. */
export interface Item {
  readonly title: string;
  readonly url?: string;
  /** A channel to point at: a war room. */
  readonly channel?: string;
}

export interface Counted {
  readonly count: number;
  /** The newest of them. */
  readonly items: readonly Item[];
}

/** Everything since the last handover. */
export interface Digest {
  readonly fired: number;
  /** Alerts that called somebody. */
  readonly called: number;
  /** Fired between 22:00 and 5:00. */
  readonly atNight: number;
  readonly unacknowledged: Counted;
  readonly open: Counted;
  /** Of low urgency, fired outside business hours: nobody was called for them. */
  readonly quiet: Counted;
  readonly noisiest?: { readonly title: string; readonly times: number };
}

/** Who answers between two moments of the day: the whole team, or whoever holds the pager. Epoch ms. */
export interface Cover {
  readonly from: number;
  readonly to: number;
  readonly by: 'team' | readonly Holder[];
}

export interface TeamHandover {
  readonly team: string;
  readonly name: string;
  readonly kind: TurnKind;
  readonly incoming: readonly Holder[];
  /** Whoever has the pager when the post is made, where a late one finds other people. */
  readonly now?: readonly Holder[];
  readonly outgoing: readonly Holder[];
  /** Level 2 and above, lowest first. */
  readonly levels: readonly { readonly level: number; readonly people: readonly Holder[] }[];
  /** When the incoming people's time ends, epoch ms; null where they are always on call. */
  readonly until: number | null;
  readonly next?: { readonly at: number; readonly people: readonly Holder[] };
  /** One piece on a day that is the on-call's as a whole. */
  readonly coverage: readonly Cover[];
  /** Why the whole day is the on-call's, where business hours would be the team's. */
  readonly dayOff?: DayOff;
  /** Hours without anybody on the first level in the next seven days, epoch ms. */
  readonly gaps: readonly { readonly from: number; readonly to: number }[];
  readonly digest: Digest;
  /** When PagerDuty last confirmed it, epoch ms; set where that is long ago. */
  readonly confirmedAt?: number;
}

/** Whom a handover calls, and who confirms it: whoever has the pager. */
export function takersOf({ incoming, now }: Pick<TeamHandover, 'incoming' | 'now'>): readonly Holder[] {
  return now ?? incoming;
}

/** One post: of every team, or of one that has its own place or time. */
export interface Handover {
  /** `YYYY-MM-DD` in the configured zone. */
  readonly day: string;
  /** `*` for the one of all teams, or the key of the team. */
  readonly post: string;
  readonly channel: string;
  /** When the pager changes hands, and until when the post speaks; epoch ms. */
  readonly at: number;
  readonly until: number;
  /** When the handover before was posted; absent at the first. */
  readonly since?: number;
  readonly postedAt: number;
  readonly teams: readonly TeamHandover[];
}

/** The incoming person said that they have it. */
export interface Confirmation {
  readonly team: string;
  readonly slackId: string;
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What somebody leaves for whoever comes next; `nothing` says that there is nothing to know. */
export interface HandoverNote {
  readonly id: string;
  readonly team: string;
  readonly kind: 'note' | 'nothing';
  readonly text: string;
  readonly slackId: string;
  readonly name: string;
  /** Epoch ms. */
  readonly writtenAt: number;
}
